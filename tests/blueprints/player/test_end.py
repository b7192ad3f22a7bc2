"""The end page: what to work on, with the page that teaches it."""

from portal.services import tutorials
from tests import factories
from tests.client import words
from tests.conftest import NOON
from tests.players import knows_nothing, play
from tests.queries import counted_queries


def test_three_subjects_lead_to_the_section_that_is_missing_and_say_what_is_read(client, cast, log_in):
    public_id = play(cast.lina, factories.make_campaign(cast.solene), knows_nothing)
    tutorials.mark_read(cast.lina.learner_id, "mots-de-passe", is_read=True, at=NOON)
    log_in("lina")

    client.get(f"/participations/{public_id}/fin")

    title = client.page.find("h2", string="Ce qu’il faut travailler")
    lines = title.find_next("ul").select("li")
    assert len(lines) == 3
    assert all(line.a["href"].endswith("#niveaux-1-et-2") for line in lines)
    assert [words(line.a) for line in lines if line.select_one(".state")] == ["Mots de passe"]
    for line in lines:
        client.get(line.a["href"])
        assert client.page.find("h2", id="niveaux-1-et-2")


def test_the_end_asks_as_many_queries_whatever_was_read(client, cast, log_in):
    public_id = play(cast.lina, factories.make_campaign(cast.solene), knows_nothing)
    log_in("lina")
    url = f"/participations/{public_id}/fin"
    client.get(url)
    with counted_queries() as few:
        client.get(url)
    for tube in ("mots-de-passe", "mon-image", "messages-pieges"):
        tutorials.mark_read(cast.lina.learner_id, tube, is_read=True, at=NOON)

    with counted_queries() as many:
        client.get(url)

    assert len(many) == len(few)


def test_the_correction_leads_to_the_section_of_its_skill(client, cast, log_in):
    public_id = play(cast.lina, factories.make_campaign(cast.solene), knows_nothing, questions=5)
    log_in("lina")

    client.get(f"/participations/{public_id}/etapes/1")

    links = [link["href"] for link in client.page.select(".review a") if "/tutoriels/" in link["href"]]
    assert len(links) == 5
    for href in links:
        client.get(href)
        assert client.page.find("h2", id=href.partition("#")[2])
