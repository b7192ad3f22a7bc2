"""The page of one participant."""

import uuid

import pytest

from portal.domain.campaign import Sending
from portal.extensions import db
from portal.persistence.models import Snapshot
from portal.persistence.transaction import write_tx
from portal.services import campaigns, tutorials
from tests.client import soup, words
from tests.factories import SEPTEMBER, make_campaign
from tests.players import begin_again, knows_nothing, play, skips_all


def url(campaign, public_id):
    return f"/campagnes/{campaign.code}/resultats/{public_id}"


def facts(page):
    return {words(pair.dt): words(pair.dd) for pair in page.select(".facts > div")}


@pytest.fixture
def campaign(cast):
    return make_campaign(cast.solene)


def test_a_sent_try_shows_its_stage_and_its_questions(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    shown = facts(page)
    total = len(campaign.content["skills"])
    assert words(page.h1) == "Durand Lina"
    assert shown["État"] == "Envoyée"
    assert shown["Étape"] == "Très solide"
    assert shown["Taux de réussite"] == "100 %"
    assert shown["Acquis"] == f"{total} sur {total}"
    assert shown["Réponses justes"] == shown["Questions posées"] == shown["Réponses données"]
    assert "Tout est acquis dans ce parcours." in page.text
    assert "Positionnement, pas une note" in page.text


def test_what_is_not_acquired_comes_with_its_tutorial(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_nothing)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    tubes = {skill["tube"] for skill in campaign.content["skills"]}
    links = [link["href"].rpartition("/")[2].split("#") for link in page.select("#to-work-on a")]
    assert {tube for tube, _ in links} == tubes
    assert {section for _, section in links} == {"niveaux-1-et-2"}


def test_staff_read_when_the_pupil_read_the_tutorial(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, knows_nothing)
    tutorials.mark_read(cast.lina.learner_id, "mots-de-passe", is_read=True, at=SEPTEMBER)
    tutorials.mark_read(cast.noe.learner_id, "messages-pieges", is_read=True, at=SEPTEMBER)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    lines = [words(line) for line in page.select("#to-work-on li") if line.select_one(".state")]
    assert len(lines) == 1 and lines[0].startswith("Mots de passe") and lines[0].endswith("Lu le 07/09/2026")


def test_direct_and_deduced_evidence_are_told_apart_by_word_and_shape(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    cells = page.select("td[data-label=Preuve] .state")
    shapes = {words(cell): cell.path["d"] for cell in cells}
    assert set(shapes) == {"Constaté : 1 juste sur 1", "Déduit d’autres réponses"}
    assert len(set(shapes.values())) == 2


def test_every_subject_shows_the_level_reached_against_the_one_aimed_at(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    gauges = [
        words(gauge.span) for gauge in page.select("tbody > tr:first-child > th[scope=rowgroup] .gauge")
    ]
    titles = list(
        dict.fromkeys(" ".join(skill["tube_title"].split()) for skill in campaign.content["skills"])
    )
    assert gauges == [f"{title} : niveau 2 sur 2, visé 2" for title in titles]


def test_an_unfinished_try_is_provisional_with_its_progress(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, questions=1)
    log_in("bruno")

    page = soup(client.get(url(campaign, public_id)))

    assert "Résultat provisoire" in words(page.select_one(".notice-warning"))
    assert facts(page)["Progression"] in words(page.select_one(".notice-warning"))
    assert {"Non évalué", "Acquis"} <= {
        words(cell) for cell in page.select("td[data-label=Conclusion] .state")
    }


def test_skipped_questions_are_counted_apart(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, skips_all, questions=3)
    log_in("bruno")

    shown = facts(soup(client.get(url(campaign, public_id))))

    assert (shown["Questions posées"], shown["Réponses données"]) == ("4", "0")
    assert (shown["Questions passées"], shown["Réponses justes"]) == ("3", "0")


def test_an_unsent_try_keeps_its_results_where_the_pupil_sends(client, cast, log_in):
    campaign = make_campaign(cast.solene, sending=Sending.EXPLICIT)
    public_id = play(cast.lina, campaign)
    log_in("solene")

    page = soup(client.get(url(campaign, public_id)))

    assert facts(page)["État"] == "Terminée, non envoyée"
    assert not page.select("#knowledge, .mastery")
    assert "Ils ne sont pas encore envoyés." in page.text


def test_a_try_without_answer_says_so(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, questions=0)
    log_in("solene")

    page = soup(client.get(url(campaign, public_id)))

    assert "Aucune réponse" in page.text
    assert not page.select("#knowledge")


def test_a_try_cut_short_by_the_archiving_says_so(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign, questions=1)
    campaigns.archive(campaign, at=SEPTEMBER)
    db.session.refresh(campaign)
    play(cast.lina, campaign, questions=1)
    log_in("solene")

    page = soup(client.get(url(campaign, public_id)))

    assert facts(page)["État"] == "Interrompue par l’archivage"
    assert page.select("#knowledge")


def test_what_was_sent_is_read_from_the_snapshot(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    with write_tx() as session:
        snapshot = session.execute(db.select(Snapshot)).scalar_one()
        changed = [{**one, "is_acquired": False} for one in snapshot.content["verdicts"]]
        snapshot.content = {**snapshot.content, "verdicts": changed}
    log_in("solene")

    assert facts(soup(client.get(url(campaign, public_id))))["Taux de réussite"] == "0 %"


def test_every_try_is_listed(client, cast, campaign, log_in):
    first = play(cast.lina, campaign)
    second = begin_again(first)
    log_in("bruno")

    page = soup(client.get(url(campaign, first)))
    tries = [words(line) for line in page.select("section.no-print li")]

    assert tries[0].startswith("Essai 1 (cette page)") and tries[0].endswith("Envoyée 100 %")
    assert tries[1].startswith("Essai 2") and tries[1].endswith("En cours")
    assert page.find("a", href=url(campaign, second))


def test_another_school_sees_nothing(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    log_in("dora")

    assert client.get(url(campaign, public_id)).status_code == 404
    own = make_campaign(cast.dora)
    assert client.get(url(own, public_id)).status_code == 404


def test_a_try_of_another_campaign_is_not_found(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    other = make_campaign(cast.solene)
    log_in("solene")

    assert client.get(url(other, public_id)).status_code == 404
    assert client.get(url(campaign, uuid.uuid4())).status_code == 404


def test_a_pupil_may_not_look(client, cast, campaign, log_in):
    public_id = play(cast.lina, campaign)
    log_in("lina")

    assert client.get(url(campaign, public_id)).status_code == 403
