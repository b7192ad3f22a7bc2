"""Questions of every kind, tried under the sections of a page: files, pictures and simulators too."""

from dataclasses import replace

import pytest

from portal.domain.referential import Entry, Kind, Media
from tests.client import HTMX, swap
from tests.exercises import CHOSEN, EVERY, MAILBOX, SPREADSHEET, picture, question
from tests.queries import counted_queries

URL = "/tutoriels/adresse-d-un-site"
PICTURE = picture("adresse-d-un-site-1a.svg", (640, 360))
WINDOW = {"window": {"title": "Documents", "files": [{"name": "photo.jpg"}]}}
DRAWN = question(
    Kind.TEXT,
    media=Media("", "Une fenêtre et une photo.", (WINDOW,)),
    entries=(Entry("Nom", ("photo.jpg",)),),
)
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.mark.parametrize(
    "challenge", [*EVERY, PICTURE], ids=lambda one: f"{one.kind}-{one.timer or one.focus or one.answer}"
)
def test_every_kind_is_asked_without_clock_and_corrected(client, log_in, put, challenge):
    log_in("lina")
    client.get(put(challenge))
    assert client.page.select_one("[role=timer]") is None

    client.submit("#essai-niveau-5", passer="1")

    panel = client.page.select_one("#essai-niveau-5")
    assert panel.select_one(".state").text == "Passée"
    assert "Voici comment faire, pas à pas." in panel.text
    assert panel.find("a", string="Refaire la question")


def test_a_file_is_one_s_own_and_its_answer_is_in_it(client, log_in, put, trial):
    url = put(SPREADSHEET, CHOSEN)
    log_in("lina")
    client.get(url)
    if trial().challenge != SPREADSHEET.id:
        client.get(f"{url}&tour=1")
    link = client.page.select_one("a[download]")["href"]
    mine = client.get(link)
    assert mine.headers["Content-Disposition"].endswith('.ods"') and mine.data[:2] == b"PK"
    assert client.get(link).data == mine.data

    client.submit("/deconnexion")
    log_in("noe")
    assert client.get(link).status_code == 404


def test_a_file_of_nothing_is_not_found(client, log_in, put):
    url = put(MAILBOX)
    log_in("lina")
    client.get(url)
    token = client.page.select_one("#essai-jeton")["value"]

    assert client.get(f"{URL}/fichiers/{token}").status_code == 404
    assert client.get(f"{URL}/fichiers/inconnu").status_code == 404


def act(client, htmx, **gesture):
    """Do one thing in the simulator, as one of its buttons does."""
    data = {"jeton": client.page.select_one("#simulateur [name=jeton]")["value"], **gesture}
    if not htmx:
        return client.post(URL, data=data)
    page, fragment = client.page, client.post(URL, data=data, headers=HTMX)
    client.page = swap(page, fragment, "#simulateur")
    return fragment


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
def test_a_simulator_keeps_in_the_form_where_it_was_left(client, log_in, put, htmx):
    log_in("lina")
    client.get(put(MAILBOX))
    client.submit("#essai-niveau-5")
    assert "Donnez une réponse" in client.page.select_one("[role=alert]").text

    with counted_queries() as statements:
        act(client, htmx, do="ouvrir", message="colis")
        assert client.page.select_one("#simulateur h3").text == "Votre colis est bloqué"
        act(client, htmx, do="signaler", message="colis")
        client.submit("#essai-niveau-5")

    assert client.page.select_one("#essai-niveau-5 .state").text == "Juste"
    assert [one for one in statements if one.startswith(WRITES)] == []


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
def test_a_gesture_that_cannot_be_is_refused_in_the_simulator(client, log_in, put, htmx):
    log_in("lina")
    client.get(put(MAILBOX))

    response = act(client, htmx, do="danser")

    assert response.status_code == 422
    assert client.page.select_one("#simulateur [role=alert]").text == "Ce geste n’existe pas ici."


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
def test_a_simulator_whose_question_changed_begins_afresh_and_says_so(client, log_in, put, trial, htmx):
    log_in("lina")
    client.get(put(MAILBOX))
    act(client, htmx, do="ouvrir", message="colis")
    assert trial().state

    put(replace(MAILBOX, explanation="Voici comment faire autrement."))
    data = {"jeton": client.page.select_one("#essai-jeton")["value"], "do": "signaler", "message": "colis"}
    page, answer = client.page, client.post(URL, data=data, headers=HTMX if htmx else {})

    if htmx:
        # The gesture was sent for the simulator: what comes back is the whole panel.
        assert answer.headers["HX-Retarget"] == "#essai-niveau-5"
        client.page = swap(page, answer, "#essai-niveau-5")
    assert "Cette question a changé" in client.page.select_one("#essai-niveau-5 .notice").text
    assert trial().state is None and client.page.select_one("#simulateur h3").text == "Réception"
    act(client, htmx, do="ouvrir", message="colis")
    assert client.page.select_one("#simulateur h3").text == "Votre colis est bloqué"


def test_an_answer_to_a_question_that_changed_is_not_corrected_but_asked_again(client, log_in, put, trial):
    log_in("lina")
    client.get(put(DRAWN))
    put(replace(DRAWN, entries=(Entry("Nom", ("image.jpg",)),)))

    client.submit("#essai-niveau-5", **{"champ-0": "photo.jpg"})

    panel = client.page.select_one("#essai-niveau-5")
    assert "Cette question a changé" in panel.text and panel.select_one(".state") is None
    client.submit("#essai-niveau-5", **{"champ-0": "image.jpg"})
    assert client.page.select_one("#essai-niveau-5 .state").text == "Juste"


def test_a_question_that_left_the_bank_gives_way_to_another_one(client, log_in, put, trial):
    log_in("lina")
    client.get(put(DRAWN))
    put(CHOSEN)

    client.submit("#essai-niveau-5", passer="1")

    assert "Cette question n’est plus proposée." in client.page.select_one("#essai-niveau-5 .notice").text
    assert trial().challenge == CHOSEN.id


def test_the_file_of_a_question_that_changed_is_not_given_for_the_old_one(client, log_in, put):
    log_in("lina")
    client.get(put(SPREADSHEET))
    link = client.page.select_one("a[download]")["href"]
    assert client.get(link).status_code == 200

    put(replace(SPREADSHEET, recipe={"generator": "depenses", "format": "csv"}))

    assert client.get(link).status_code == 404


def test_a_gesture_where_there_is_no_simulator_is_refused(client, log_in, put):
    log_in("lina")
    client.get(put(SPREADSHEET))
    token = client.page.select_one("#essai-jeton")["value"]

    assert client.post(URL, data={"jeton": token, "do": "ouvrir"}).status_code == 422


def test_a_picture_is_drawn_for_the_question_and_its_correction(client, log_in, put):
    log_in("lina")
    client.get(put(DRAWN))
    source = client.page.select_one("#essai-niveau-5 figure img")["src"]

    client.submit("#essai-niveau-5", **{"champ-0": "photo.jpg"})

    assert client.page.select_one("#essai-niveau-5 .state").text == "Juste"
    assert client.page.select_one("#essai-niveau-5 figure img")["alt"] == "Une fenêtre et une photo."
    answer = client.get(source)
    assert answer.mimetype == "image/svg+xml" and b"photo.jpg" in answer.data
    assert client.get(source.replace("/images/", "/fichiers/")).status_code == 404


def test_a_question_without_drawing_has_none(client, log_in, put):
    log_in("lina")
    client.get(put(SPREADSHEET))
    link = client.page.select_one("a[download]")["href"]

    assert client.get(link.replace("/fichiers/", "/images/")).status_code == 404
