"""The page of a campaign."""

import pytest

from portal.domain.campaign import Sending, spaced_code
from portal.services import campaigns as services
from tests.client import soup, words
from tests.factories import SEPTEMBER, make_campaign, make_class, make_student
from tests.players import play
from tests.queries import counted_queries


@pytest.fixture
def campaign(cast):
    return make_campaign(cast.bruno, sending=Sending.EXPLICIT)


def url(campaign):
    return f"/campagnes/{campaign.code}"


def test_the_page_gives_the_code_the_link_and_its_picture(client, campaign, log_in):
    log_in("ines")

    page = soup(client.get(url(campaign)))

    assert page.select_one(".panel .code").get_text() == spaced_code(campaign.code)
    assert page.select_one("[data-copy]")["data-copy"] == f"http://localhost/rejoindre/{campaign.code}"
    picture = page.select_one(".panel .qr svg")
    assert picture["viewbox"] and words(picture.title) == "Lien vers la campagne Rentrée 5e"


def test_the_name_of_a_campaign_cannot_break_the_picture(client, cast, log_in):
    campaign = make_campaign(cast.bruno, name="<script>Eh</script> & co")
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert words(page.h1) == "<script>Eh</script> & co"
    assert page.select_one("main script") is None


def test_the_first_line_says_how_many_sent_and_how_many_are_awaited(client, campaign, cast, log_in):
    make_student(cast.school, first_name="Zoé", class_group=cast.class_5eb)
    play(cast.lina, campaign, share=True)
    play(cast.noe, campaign, questions=1)
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert words(page.select_one(".lead")) == "1 élève sur 2 a envoyé ses résultats ; 1 n’a pas commencé."
    assert "1 autre élève participe" in words(page.main)
    assert {f"{url(campaign)}/activite", f"{url(campaign)}/resultats"} <= {
        link["href"] for link in page.select("main a")
    }


def test_a_campaign_that_expects_nobody_says_so(client, cast, log_in):
    empty = make_class(cast.school, name="4eA", grade=None)
    campaign = make_campaign(cast.bruno, grades=(), classes=(empty.id,))
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert words(page.select_one(".lead")) == "Aucun élève n’est attendu pour le moment."


def test_the_subjects_are_those_frozen_with_the_campaign(client, campaign, log_in):
    log_in("bruno")

    section = soup(client.get(url(campaign))).select_one("section[aria-labelledby=subjects-title]")

    frozen = {" ".join(skill["tube_title"].split()) for skill in campaign.content["skills"]}
    assert {words(item) for item in section.select("li")} == frozen
    assert "4.1 Sécuriser l’environnement numérique" in words(section)


def test_the_printed_page_is_a_poster_in_three_steps(client, campaign, log_in):
    log_in("bruno")

    poster = soup(client.get(url(campaign))).select_one(".poster.print-only")

    assert "Collège des Tilleuls" in words(poster) and "Rentrée 5e" in words(poster)
    assert poster.select_one(".code").get_text() == spaced_code(campaign.code)
    assert len(poster.select(".steps li")) == 3 and poster.select_one("svg")
    assert "localhost" in words(poster.select_one(".steps li"))


def test_only_those_who_may_change_a_campaign_are_offered_to(client, campaign, log_in):
    for name, is_editor in (("bruno", True), ("solene", True), ("ines", False)):
        client.delete_cookie("balise")
        log_in(name)
        page = soup(client.get(url(campaign)))
        actions = {form["action"] for form in page.select("main form")}
        assert (f"{url(campaign)}/archiver" in actions) is is_editor
        assert bool(page.select(f"a[href='{url(campaign)}/modifier']")) is is_editor


def test_an_archived_campaign_says_what_that_means(client, campaign, log_in):
    services.archive(campaign, at=SEPTEMBER)
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert "archivée depuis le 07/09/2026" in words(page.select_one(".notice-info"))
    assert f"{url(campaign)}/desarchiver" in {form["action"] for form in page.select("main form")}


@pytest.mark.parametrize("path", ["", "/modifier"])
def test_dora_and_unknown_codes_get_not_found(client, campaign, log_in, path):
    log_in("dora")

    assert client.get(url(campaign) + path).status_code == 404
    assert client.get(f"/campagnes/ZZZZZZ999{path}").status_code == 404


def test_visitors_and_pupils_do_not_read_it(client, campaign, log_in):
    assert client.get(url(campaign)).status_code == 303
    log_in("lina")
    assert client.get(url(campaign)).status_code == 403


def test_the_page_costs_as_many_queries_for_a_whole_grade_as_for_a_pupil(client, campaign, cast, log_in):
    log_in("bruno")
    client.get(url(campaign))
    with counted_queries() as few:
        client.get(url(campaign))
    for number in range(30):
        make_student(
            cast.school, first_name=f"É{number}", class_group=make_class(cast.school, name=f"5e{number}")
        )

    with counted_queries() as many:
        client.get(url(campaign))

    assert len(few) == len(many)
