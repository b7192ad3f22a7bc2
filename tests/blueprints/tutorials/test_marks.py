"""What a pupil marks on a page: read, kept for later, useful or not."""

import pytest

from portal.extensions import db
from portal.persistence.models import Reading
from tests.client import HTMX, main, soup, swap, words
from tests.conftest import NOON

URL = "/tutoriels/mots-de-passe"


@pytest.fixture(autouse=True)
def lina(client, log_in, at):
    """Lina, signed in at noon, before a page."""
    log_in("lina")
    at(NOON)
    client.get(URL)


def press(client, name, value, htmx=False):
    """Press a button of the panel; the form must hold it."""
    button = client.page.select_one(f"#lecture button[name={name}][value={value}]")
    assert button is not None, f"no button {name}={value}"
    data = {name: value, "csrf_token": client.csrf()}
    return client.post(f"{URL}/lecture", data=data, headers=HTMX if htmx else {}, follow_redirects=not htmx)


def shown(client):
    return words(client.page.select_one("#lecture"))


def test_a_page_is_marked_as_read_and_back(client):
    assert "Pas encore lu" in shown(client)

    press(client, "lu", "oui")
    assert "Lu le 23/11/2026" in shown(client)

    press(client, "lu", "non")
    assert "Pas encore lu" in shown(client)
    assert db.session.scalars(db.select(Reading)).all() == []


def test_a_page_is_kept_for_later_and_no_more(client):
    press(client, "garde", "oui")
    assert "Gardé pour plus tard" in shown(client)

    press(client, "garde", "non")
    assert "Pas gardé" in shown(client)


def test_an_opinion_can_be_changed(client):
    press(client, "avis", "yes")
    assert client.page.select_one("#avis-yes")["aria-pressed"] == "true"

    press(client, "avis", "partly")
    pressed = [one["id"] for one in client.page.select("#lecture [aria-pressed=true]")]
    assert pressed == ["avis-partly"] and "Votre avis : un peu" in shown(client).replace("\u00a0", " ")


def test_the_panel_is_what_a_fresh_page_shows_and_says_it_aloud(client):
    page = client.page

    fragment = press(client, "lu", "oui", htmx=True)

    said = soup(fragment).select_one("[role=status]").text
    assert said == "Page marquée comme lue."
    swapped = swap(page, fragment, "#lecture")
    swapped.select_one("#lecture-dit").string = ""
    assert main(swapped) == main(soup(client.get(URL)))


@pytest.mark.parametrize("data", [{}, {"avis": "bof"}, {"autre": "oui"}])
def test_what_no_button_sends_is_refused(client, data):
    response = client.post(f"{URL}/lecture", data=data | {"csrf_token": client.csrf()})

    assert response.status_code == 400 and db.session.scalars(db.select(Reading)).all() == []


def test_the_mark_of_an_unknown_page_is_not_found(client):
    response = client.post("/tutoriels/inconnu/lecture", data={"lu": "oui", "csrf_token": client.csrf()})

    assert response.status_code == 404
