"""The page that teaches a subject."""

import pytest

from portal.bank_store import current_bank
from tests.client import words


def folded(text):
    return " ".join(text.split())


@pytest.mark.parametrize("person", [None, "lina", "bruno"])
def test_every_tutorial_is_a_page_for_everybody(app, client, log_in, person):
    if person:
        log_in(person)
    for tube in current_bank().tutorials:
        page = client.get(f"/tutoriels/{tube}")
        assert page.status_code == 200
        assert all(image["src"].startswith("/statique/medias/") for image in client.page.main.find_all("img"))


@pytest.mark.parametrize("name", ["inconnu", "README"])
def test_an_unknown_tutorial_is_not_found(client, name):
    assert client.get(f"/tutoriels/{name}").status_code == 404


def test_a_page_says_what_is_learnt_in_each_section(client):
    client.get("/tutoriels/adresse-d-un-site")

    page, bank = client.page.main, current_bank()
    assert page.h1.text == "Lire l’adresse d’un site"
    assert words(page.select_one(".lead")).startswith("1.1 ")
    for skill in bank.tubes["adresse-d-un-site"].skills:
        section = page.find("h2", id=skill.tutorial)
        assert folded(skill.description) in words(section.find_next("div", class_="learnt"))
    assert [link["href"] for link in page.select(".contents a")] == [
        f"#{one['id']}" for one in page.select("h2")
    ]


def test_every_skill_leads_to_a_section_of_its_page(client):
    for tube in current_bank().tubes.values():
        client.get(f"/tutoriels/{tube.id}")
        found = words(client.page.main)
        assert all(client.page.find(id=skill.tutorial) for skill in tube.skills)
        assert all(folded(skill.description) in found for skill in tube.skills)


def test_only_a_pupil_has_something_to_mark(client, log_in):
    client.get("/tutoriels/mots-de-passe")
    assert client.page.select_one("#lecture") is None
    assert client.page.find("a", string=lambda text: text and text.startswith("Se connecter pour essayer"))

    log_in("bruno")
    client.get("/tutoriels/mots-de-passe")
    assert client.page.select_one("#lecture") is None
