"""Why each question was chosen, the words for what is known, and what is only provisional."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.blueprints.results.course import sentence_of
from portal.domain.adaptive import Reason, Rule
from portal.extensions import db
from portal.persistence.models import Participation, Question, Snapshot, Withdrawal
from portal.persistence.transaction import write_tx
from tests.client import soup, words
from tests.factories import SEPTEMBER, make_campaign
from tests.players import knows_nothing, knows_up_to, play, skips_all


def url(campaign, public_id):
    return f"/campagnes/{campaign.code}/resultats/{public_id}"


@pytest.fixture
def campaign(cast):
    return make_campaign(cast.solene)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_is_one_sentence_with_whole_percents(rule):
    sentence = sentence_of(Reason(rule, probability=0.8, gain=0.25, acquired=0.484))

    assert sentence.startswith("Choisie ") and sentence.endswith(".")
    assert sentence.count(".") == 1
    assert re.search(r"\b(80|48)\u00a0% de chances", sentence)


def test_the_sentence_says_how_the_skill_looked():
    def sentence(acquired):
        return sentence_of(Reason(Rule.BEST_GAIN, 0.5, 0.2, acquired))

    assert sentence(0.48) == (
        "Choisie parce que la réponse en apprend le plus\u00a0: l’acquis paraissait incertain (48\u00a0% de "
        "chances) et il renseigne sur ses voisins."
    )
    assert "peu probable (10\u00a0%" in sentence(0.1) and "probable (90\u00a0%" in sentence(0.9)


def course(page):
    return [[words(cell) for cell in line.select("td")] for line in page.select("#course tbody tr")]


def test_who_left_a_page_that_asked_to_stay_is_told_at_that_question(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_up_to(1))
    with write_tx() as session:
        session.execute(update(Question).where(Question.position == 2).values(exits=2))
    log_in("bruno")

    lines = course(soup(client.get(url(campaign, public_id))))

    assert lines[1][2].endswith(" A quitté la page 2 fois.")
    assert sum("quitté" in cell for line in lines for cell in line) == 1


def test_the_questions_come_in_order_each_with_its_reason(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_up_to(1))
    log_in("bruno")

    lines = course(soup(client.get(url(campaign, public_id))))

    assert [line[0] for line in lines] == [str(rank + 1) for rank in range(len(lines))]
    assert {line[2] for line in lines} <= {"Juste", "À revoir"}
    assert all(line[3].startswith("Choisie ") for line in lines)
    assert lines[0][3].startswith("Choisie facile, pour commencer")
    descriptions = {" ".join(one["description"].split()) for one in campaign.content["skills"]}
    assert all(any(line[1].endswith(one) for one in descriptions) for line in lines)


def withdrawal(**more):
    """The first question that was asked, out of the draw."""
    first = db.session.scalars(db.select(Question).where(Question.position == 1)).first()
    return Withdrawal(challenge=first.challenge, version=first.version, reason="Corrigé faux", **more)


@pytest.mark.parametrize(
    ("begun", "ended", "is_void"),
    [
        (timedelta(hours=1), None, False),
        (timedelta(hours=-1), None, True),
        (timedelta(hours=-1), timedelta(hours=1), True),
        (timedelta(hours=-2), timedelta(hours=-1), False),
    ],
)
def test_in_a_sent_try_a_question_counts_as_it_did_when_it_was_sent(
    client, cast, campaign, log_in, begun, ended, is_void
):
    public_id = play(cast.lina, campaign, knows_up_to(1))
    [sent] = db.session.scalars(db.select(Participation.shared_at))
    with write_tx() as session:
        session.add(withdrawal(at=sent + begun, restored_at=sent + ended if ended else None))
    log_in("bruno")

    lines = course(soup(client.get(url(campaign, public_id))))

    assert (lines[0][2] == "Question retirée, ne compte pas") is is_void
    assert not any("retirée" in line[2] for line in lines[1:])


def test_another_version_of_a_withdrawn_question_counts(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_nothing, questions=1)
    with write_tx() as session:
        first = withdrawal(at=SEPTEMBER)
        first.version = "older"
        session.add(first)
    log_in("bruno")

    lines = course(soup(client.get(url(campaign, public_id))))

    assert [line[2] for line in lines] == ["À revoir", "Attend une réponse"]


def test_a_question_that_waits_and_one_that_was_withdrawn_say_so(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_nothing, questions=1)
    with write_tx() as session:
        session.add(withdrawal(at=SEPTEMBER))
    log_in("bruno")

    lines = course(soup(client.get(url(campaign, public_id))))

    assert [line[2] for line in lines] == ["Question retirée, ne compte pas", "Attend une réponse"]


def test_a_question_of_the_first_release_has_no_sentence(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    with write_tx() as session:
        session.execute(
            update(Question).values(reason={"rule": "in_the_dark", "probability": 0.5, "gain": 0.1})
        )
    log_in("bruno")

    assert {line[3] for line in course(soup(client.get(url(campaign, public_id))))} == {"–"}


def test_levels_come_with_their_interval_or_are_not_assessed(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_up_to(1))
    log_in("bruno")

    text = words(soup(client.get(url(campaign, public_id))).select_one("#knowledge"))

    shown = text.count("Niveau dans ce parcours")
    competences = {one["competence"] for one in campaign.content["skills"]}
    assert shown == len(competences)
    intervals = re.findall(r"(\d,\d) \(entre (\d,\d) et (\d,\d), huit chances sur dix\)", text)
    assert len(intervals) + text.count("non évaluée") == shown
    assert all(low <= level <= high for level, low, high in intervals)


def test_a_try_sent_before_levels_were_kept_shows_none(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    with write_tx() as session:
        snapshot = session.execute(db.select(Snapshot)).scalar_one()
        snapshot.content = {key: one for key, one in snapshot.content.items() if key != "levels"}
    log_in("bruno")

    assert "Niveau dans ce parcours" not in client.get(url(campaign, public_id)).text


def test_many_skips_are_flagged_on_the_page_and_in_the_table(client, cast, campaign, log_in):
    flag = "Plus de 30 % de questions passées : résultat provisoire"
    public_id = play(cast.lina, campaign, skips_all)
    log_in("bruno")

    assert flag in words(soup(client.get(url(campaign, public_id))).select_one(".notice-warning"))
    table = f"/campagnes/{campaign.code}/resultats"
    assert flag in words(soup(client.get(table)).select_one("#results table"))
    with write_tx() as session:
        session.execute(update(Participation).values(skipped=0))
    assert flag not in words(soup(client.get(table)).select_one("#results table"))


def test_the_words_come_with_their_shape(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_up_to(1))
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    found = {words(one): one.path["d"] for one in page.select("td[data-label=Conclusion] .state")}
    assert set(found) <= {"Acquis", "À confirmer", "À travailler", "Non évalué"}
    assert len(set(found.values())) == len(found) > 1
