"""The first page of each."""

from datetime import timedelta

from portal import clock
from portal.services import campaigns, tutorials
from tests import factories, players
from tests.client import CheckingClient, words
from tests.queries import counted_queries


def test_a_portal_without_school_leads_to_the_first_run(app):
    response = CheckingClient(app).get("/")

    assert (response.status_code, response.headers["Location"]) == (303, "/premiere-installation")


def test_a_visitor_is_asked_for_a_code(client):
    client.get("/")

    assert client.page.h1.text == "Entrez le code"


def test_a_pupil_finds_the_parcours_under_way_and_finished(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene, name="Rentrée")
    other = factories.make_campaign(cast.solene, name="Recherche", pathway="t-05")
    players.play(cast.lina, campaign, at=clock.now())
    players.play(cast.lina, other, at=clock.now(), questions=2)

    log_in("lina")

    text = words(client.page.main)
    assert "Recherche En cours Je reprends" in text
    assert "Rentrée Envoyé Voir mon résultat" in text


def test_an_administrator_sees_the_first_steps_until_they_are_done(client, cast, log_in):
    log_in("solene")
    assert "Créer une campagne" in words(client.page.select_one(".steps"))

    factories.make_campaign(cast.solene)
    client.get("/")

    assert client.page.select_one(".steps") is None
    assert "1 élève n’a pas encore commencé" in words(client.page.main).replace("\u00a0", " ")


def test_a_member_sees_what_awaits_and_no_steps(client, cast, log_in):
    log_in("bruno")

    assert "Aucune campagne n’est ouverte." in client.page.main.text
    assert client.page.select_one(".steps") is None


def test_health_is_told_in_one_word(client):
    assert client.get("/healthz").text == "ok\n"


def test_a_try_cut_short_is_taken_up_again_when_the_campaign_is_open_again(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    players.play(cast.lina, campaign, at=clock.now(), questions=2)
    campaigns.archive(campaign, at=clock.now())
    log_in("lina")
    client.get(client.page.find("a", class_="button")["href"], follow_redirects=True)
    client.submit("/reponses", passer="1")
    client.get("/")
    assert "Campagne fermée" in client.page.main.text

    campaigns.unarchive(campaign)
    client.get("/")
    client.get(client.page.find("a", class_="button")["href"])
    client.submit("/commencer")

    assert client.page.h1.text == "Question 4"


def test_a_pupil_finds_what_to_read_and_what_is_kept(client, cast, log_in):
    learner = cast.lina.learner_id
    players.play(cast.lina, factories.make_campaign(cast.solene), players.knows_nothing, at=clock.now())
    for tube in ("mon-image", "traces-en-ligne", "ecrans-et-sante", "faire-une-veille"):
        tutorials.keep(learner, tube, is_kept=True, at=clock.now())

    log_in("lina")

    advice, kept = client.page.select("#advice a"), client.page.select("#kept a")
    assert len(advice) == len(kept) == 3
    assert all(link["href"].endswith("#niveaux-1-et-2") for link in advice)
    assert words(client.page.find("a", href="/tutoriels")).endswith("dont 4 gardés")
    first = advice[0]["href"].partition("#")[0]
    tomorrow = clock.now() + timedelta(days=1)
    tutorials.mark_read(learner, first.rpartition("/")[2], is_read=True, at=tomorrow)
    client.get("/")
    assert first not in {link["href"].partition("#")[0] for link in client.page.select("#advice a")}


def test_a_pupil_with_nothing_to_read_has_one_link(client, log_in):
    log_in("lina")

    assert "À lire" not in client.page.main.text
    assert words(client.page.find("a", href="/tutoriels")) == "Tous les tutoriels"


def test_the_home_of_a_pupil_asks_as_many_queries_whatever_was_sent(client, cast, log_in):
    log_in("lina")
    with counted_queries() as few:
        client.get("/")
    for _ in range(7):
        campaign = factories.make_campaign(cast.solene)
        players.play(cast.lina, campaign, players.knows_nothing, at=clock.now())
    tutorials.keep(cast.lina.learner_id, "mon-image", is_kept=True, at=clock.now())

    with counted_queries() as many:
        client.get("/")

    assert len(many) == len(few)
