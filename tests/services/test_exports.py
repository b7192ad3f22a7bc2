"""The files staff take away."""

import csv
import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.extensions import db
from portal.persistence.models import Participation
from portal.persistence.queries import results as queries
from portal.persistence.transaction import write_tx
from portal.services.exports import file_name, full_results, moment, plain_file_name, write_csv
from tests.factories import make_campaign, make_student
from tests.players import begin_again, knows_nothing, knows_up_to, play

SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
IDENTITY = [
    "Nom de l'organisation",
    "ID Campagne",
    "Code",
    "Nom de la campagne",
    "Parcours",
    "Nom du Participant",
    "Prénom du Participant",
    "Classe",
    "% de progression",
    "Date et heure de début",
    "Partage (O/N)",
    "Date et heure du partage",
    "Palier obtenu (/4)",
    "% maitrise de l'ensemble des acquis du profil",
]


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def results(campaign, **options):
    """Give the full results as dictionaries, each cell as text."""
    table = full_results(campaign, queries.pupils(campaign), current_bank().referential, **options)
    header, *lines = read(write_csv(table))
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_a_file_opens_in_a_french_spreadsheet():
    content = write_csv([["Nom", "Résultat"], ["Évrard", 64]])

    assert content == b"\xef\xbb\xbf" + '"Nom";"Résultat"\r\n"Évrard";64\r\n'.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_taken_for_a_formula(start):
    cell = f"{start}HYPERLINK(1)"

    [[written]] = read(write_csv([[cell]]))

    assert written == f"'{cell}"


def test_texts_with_separators_quotes_and_lines_come_back_whole():
    row = ['Le "5e"; la suite', "deux\nlignes", "d’ici"]

    assert read(write_csv([row])) == [row]


def test_times_are_those_of_paris():
    assert moment(SUMMER) == "02/07/2026 00:30"
    assert moment(None) == ""


def test_a_file_is_named_after_the_campaign_and_the_hour():
    name = file_name("Resultats", 'Rentrée\r\n "5e"/6e: tous', at=SUMMER)

    assert name == "Resultats-Rentrée 5e 6e tous-2026-07-02-00h30.csv"
    assert plain_file_name(name) == "Resultats-Rentree_5e_6e_tous-2026-07-02-00h30.csv"


def test_the_columns_come_in_the_documented_order(cast):
    campaign = make_campaign(cast.solene)

    header, *lines = full_results(campaign, (), current_bank().referential)

    assert (header[: len(IDENTITY)], lines) == (IDENTITY, [])
    groups = [str(title) for title in header[len(IDENTITY) : -1]]
    assert groups[:3] == [
        "% de maitrise des acquis de la compétence 4.1 Sécuriser l’environnement numérique",
        "Nombre d'acquis de la compétence 4.1 Sécuriser l’environnement numérique",
        "Acquis maitrisés de la compétence 4.1 Sécuriser l’environnement numérique",
    ]
    assert groups[-3] == "% de maitrise des acquis du domaine 4 Protection et sécurité"
    assert header[-1] == "Lecture"


def test_a_sent_try_is_written_from_what_was_sent(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, knows_up_to(1))
    [verdicts] = queries.sent_verdicts(campaign.id).values()
    acquired = sum(one.is_acquired for one in verdicts)

    [line] = results(campaign)

    assert (line["Nom du Participant"], line["Prénom du Participant"], line["Classe"]) == (
        "Durand",
        "Lina",
        "5eB",
    )
    assert (line["Partage (O/N)"], line["% de progression"], line["Code"]) == ("O", "100", campaign.code)
    assert line["% maitrise de l'ensemble des acquis du profil"] == str(round(100 * acquired / len(verdicts)))
    domain = "du domaine 4 Protection et sécurité"
    assert line[f"Acquis maitrisés {domain}"] == str(acquired)
    assert line[f"Nombre d'acquis {domain}"] == str(len(verdicts))
    assert line["Lecture"] == "Positionnement, pas une note"
    parts = [int(line[title]) for title in line if title.startswith("Acquis maitrisés de la compétence")]
    assert sum(parts) == acquired


def test_an_unsent_try_says_na_and_nothing_else(cast):
    campaign = make_campaign(cast.solene, sending=Sending.EXPLICIT)
    play(cast.lina, campaign)

    [line] = results(campaign, with_skills=True)

    assert (line["Partage (O/N)"], line["% de progression"]) == ("N", "100")
    assert line["Date et heure du partage"] == line["Palier obtenu (/4)"] == "NA"
    figures = {value for title, value in line.items() if "maitris" in title or "niveau" in title}
    assert figures == {"NA"}


def test_each_skill_may_have_its_column(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, knows_nothing)
    titles = [f"{one['tube_title']}, niveau {one['level']}" for one in campaign.content["skills"]]

    [line] = results(campaign, with_skills=True)

    [verdicts] = queries.sent_verdicts(campaign.id).values()
    expected = ["Non testé" if one.asked == 0 else "KO" for one in verdicts]
    assert [line[title] for title in titles] == expected
    assert {"KO", "Non testé"} == set(expected)


def test_a_right_answer_reads_ok(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign)

    [line] = results(campaign, with_skills=True)

    assert "OK" in line.values()


def test_every_try_has_its_line_and_a_pupil_without_any_has_none(cast):
    campaign = make_campaign(cast.solene)
    make_student(cast.school, first_name="Zoé", class_group=cast.class_5eb)
    begin_again(play(cast.lina, campaign))

    lines = results(campaign)

    assert [(line["Nom du Participant"], line["Partage (O/N)"]) for line in lines] == [
        ("Durand", "O"),
        ("Durand", "N"),
    ]


def test_a_campaign_without_stages_has_no_such_column(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign)
    with write_tx():
        campaign.content = {**campaign.content, "stages": []}

    [line] = results(campaign)

    assert not [title for title in line if title.startswith("Palier")]


def test_a_try_follows_the_learner_not_the_row_it_began_under(cast):
    campaign = make_campaign(cast.solene)
    public_id = play(cast.noe, campaign, questions=1)
    with write_tx():
        learner, cast.noe.learner_id = cast.noe.learner_id, None
        db.session.flush()
        cast.lina.learner_id = learner

    [owner] = [pupil for pupil in queries.pupils(campaign) if pupil.tries]

    assert (owner.first_name, owner.latest.public_id) == ("Lina", public_id)


def test_a_try_of_nobody_stays_with_its_row_until_somebody_else_claims_it(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, questions=1)
    with write_tx():
        cast.lina.learner_id = None
    [before] = queries.pupils(campaign)
    with write_tx():
        learner, cast.noe.learner_id = cast.noe.learner_id, None
        db.session.flush()
        cast.lina.learner_id = learner

    [after] = queries.pupils(campaign)

    assert (len(before.tries), len(after.tries)) == (1, 0)
    assert db.session.scalar(select(Participation.id)) is not None
