"""Questions without stakes under the sections of a page."""

import time
from dataclasses import replace

import pytest
from itsdangerous import TimestampSigner

from portal import clock
from portal.bank_store import current_bank
from portal.services import turns
from tests import factories
from tests.answering import RIGHT, WRONG, given_by
from tests.client import HTMX, main, soup, swap, words
from tests.factories import PASSPHRASE, PASSWORD
from tests.players import play
from tests.queries import counted_queries

URL = "/tutoriels/adresse-d-un-site"
WRITES = ("INSERT", "UPDATE", "DELETE")


def found(trial):
    return next(one for _, one in current_bank().every_challenge() if one.id == trial.challenge)


def fields(challenge, how):
    return {f"champ-{at}": text for at, text in enumerate(given_by(challenge, how).texts)}


@pytest.mark.parametrize("person", ["lina", "bruno"])
def test_a_question_opens_under_its_section_only(client, log_in, trial, person):
    log_in(person)
    client.get(URL)
    assert client.page.select_one("#essai-jeton") is None
    links = client.page.find_all("a", string="Essayer une question")
    assert len(links) == 3

    client.get(links[1]["href"])

    bank = current_bank()
    asked = {
        one.id
        for skill in bank.tubes["adresse-d-un-site"].skills
        for one in bank.challenges[skill.id]
        if skill.tutorial == "niveaux-3-et-4"
    }
    assert trial().section == "niveaux-3-et-4" and trial().challenge in asked
    assert client.page.select_one("#essai-niveaux-3-et-4 #essai-jeton")


def test_a_visitor_is_asked_to_sign_in_and_sees_no_question(client):
    client.get(f"{URL}?essai=niveau-5")
    assert client.page.select_one(".trial") is None

    response = client.post(URL, data={"jeton": "x"})
    assert response.headers["Location"].startswith("/connexion/eleve")


def open_typed(client, trial):
    """Open questions one after the other, up to one that is typed or selected."""
    client.get(f"{URL}?essai=niveaux-1-et-2")
    while not given_by(found(trial()), RIGHT).texts:
        client.submit("#essai-niveaux-1-et-2", passer="1")
        client.get(client.page.find("a", string="Une autre question")["href"])
    return found(trial())


def test_an_answer_is_corrected_at_once_and_nothing_is_written(client, log_in, trial):
    log_in("lina")
    challenge = open_typed(client, trial)

    with counted_queries() as statements:
        client.submit("#essai-niveaux-1-et-2", **fields(challenge, RIGHT))

    panel = client.page.select_one("#essai-niveaux-1-et-2")
    assert panel.select_one(".state").text == "Juste" and "Réponse attendue" not in panel.text
    assert panel.find("a", string="Une autre question")
    assert [one for one in statements if one.startswith(WRITES)] == []


def test_a_wrong_answer_comes_with_what_was_expected_and_why(client, log_in, trial):
    log_in("lina")
    challenge = open_typed(client, trial)

    client.submit("#essai-niveaux-1-et-2", **fields(challenge, WRONG))

    panel = words(client.page.select_one("#essai-niveaux-1-et-2"))
    assert "À revoir" in panel and "Votre réponse" in panel and "Réponse attendue" in panel
    assert words(soup(challenge.explanation.strip().split(". ")[-1])) in panel


def test_an_empty_answer_is_refused_beside_the_question(client, log_in, trial):
    log_in("lina")
    before = open_typed(client, trial)

    response = client.submit("#essai-niveaux-1-et-2")

    assert response.status_code == 422 and "Donnez une réponse" in client.page.select_one("[role=alert]").text
    assert found(trial()) == before


def test_every_question_of_a_section_comes_before_the_first_again(client, log_in, trial):
    log_in("lina")
    bank = current_bank()
    expected = {
        one.id for skill in bank.tubes["adresse-d-un-site"].skills[:2] for one in bank.challenges[skill.id]
    }
    seen = []
    for turn in range(len(expected) + 1):
        client.get(f"{URL}?essai=niveaux-1-et-2&tour={turn}")
        seen.append(trial().challenge)

    assert set(seen[:-1]) == expected and seen[-1] == seen[0]


@pytest.mark.parametrize("query", ["essai=inconnu", "essai=%3Cscript%3E"])
def test_an_unknown_section_is_not_found(client, log_in, query):
    log_in("lina")

    assert client.get(f"{URL}?{query}").status_code == 404


def bare(page):
    """Give the main content without what is drawn at each load."""
    for field in page.select("input[name=jeton]"):
        field.decompose()
    return main(page)


def test_the_fragment_is_what_a_fresh_page_shows_and_closes_the_other_question(client, log_in):
    log_in("lina")
    client.get(f"{URL}?essai=niveaux-1-et-2")
    page = client.page

    fragment = client.get(f"{URL}?essai=niveau-5", headers=HTMX)

    swapped = swap(page, fragment, "#essai-niveau-5")
    assert bare(swapped) == bare(soup(client.get(f"{URL}?essai=niveau-5")))


def test_the_correction_is_the_same_in_place_and_on_a_page(client, log_in, trial):
    log_in("lina")
    open_typed(client, trial)
    page, data = client.page, {"jeton": client.page.select_one("#essai-jeton")["value"], "passer": "1"}

    fragment = client.post(URL, data=data, headers=HTMX)

    assert bare(swap(page, fragment, "#essai-niveaux-1-et-2")) == bare(soup(client.post(URL, data=data)))


def test_the_question_of_somebody_else_or_of_another_page_is_refused(client, log_in):
    log_in("lina")
    client.get(f"{URL}?essai=niveau-5")
    data = {"jeton": client.page.select_one("#essai-jeton")["value"], "passer": "1"}
    assert client.post("/tutoriels/mots-de-passe", data=data).status_code == 404
    client.get("/")
    client.submit("/deconnexion")
    log_in("noe")

    assert client.post(URL, data=data).status_code == 409
    assert client.post(URL, data=data | {"jeton": "x"}).status_code == 422


@pytest.mark.parametrize("questions", [0, 1])
def test_a_question_opened_before_a_try_that_may_ask_it_is_not_corrected(
    client, cast, log_in, trial, questions
):
    log_in("lina")
    url = "/tutoriels/mots-de-passe"
    client.get(f"{url}?essai=niveaux-1-et-2")
    opened = trial().challenge
    campaign = factories.make_campaign(cast.solene)
    public_id = play(cast.lina, campaign, at=clock.now(), questions=questions)
    answered = turns.load(public_id, cast.lina.learner_id).questions[:questions]

    client.submit("#essai-niveaux-1-et-2", passer="1")

    panel = words(client.page.select_one("#essai-niveaux-1-et-2"))
    if opened in {one.challenge for one in answered}:
        assert "Passée" in panel
        return
    assert "Passée" not in panel and "Réponse attendue" not in panel
    if client.page.select_one("#essai-jeton"):
        assert "En voici une autre." in panel and trial().challenge != opened
    else:
        assert "Celles de cette partie peuvent encore vous être posées" in panel


def test_a_section_whose_questions_are_all_kept_says_so_in_place_too(client, cast, log_in):
    play(cast.lina, factories.make_campaign(cast.solene), at=clock.now(), questions=0)
    log_in("lina")
    url = "/tutoriels/mots-de-passe?essai=niveaux-1-et-2"
    client.get(url.partition("?")[0])
    page = client.page
    assert "Pas de question d’essai pour l’instant." in page.main.text

    fragment = client.get(url, headers=HTMX)

    assert bare(swap(page, fragment, "#essai-niveaux-1-et-2")) == bare(soup(client.get(url)))


def test_a_section_that_teaches_no_skill_has_no_question(app, client, log_in, monkeypatch):
    bank = current_bank()
    page = bank.tutorials["adresse-d-un-site"] + "\n\n## Pour finir\n\nUn mot de plus.\n"
    pages = {**bank.tutorials, "adresse-d-un-site": page}
    monkeypatch.setitem(app.extensions, "bank", replace(bank, tutorials=pages))
    log_in("lina")

    client.get(URL)
    assert client.page.find("h2", id="pour-finir")
    assert client.get(f"{URL}?essai=pour-finir").status_code == 404


@pytest.mark.parametrize(("person", "sign_in"), [("lina", "/connexion/eleve"), ("bruno", "/connexion")])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
@pytest.mark.parametrize("hours", [0, 13])
def test_an_answer_after_the_session_ended_leads_to_one_s_own_sign_in_page_and_back(
    client, cast, log_in, trial, monkeypatch, person, sign_in, htmx, hours
):
    log_in(person)
    client.get(f"{URL}?essai=niveaux-1-et-2&tour=1")
    opened, data = trial(), {"jeton": client.page.select_one("#essai-jeton")["value"], "passer": "1"}
    client.submit("/deconnexion")
    later = time.time() + 3600 * hours
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(later))

    response = client.post(URL, data=data, headers=HTMX if htmx else {})

    where = response.headers["HX-Redirect" if htmx else "Location"]
    assert response.status_code == (401 if htmx else 303) and where.startswith(f"{sign_in}?suite=/tutoriels/")
    client.get(where)
    someone = getattr(cast, person)
    typed = (
        {"email": someone.account.email, "password": PASSWORD}
        if person == "bruno"
        else {"username": someone.learner.username, "secret": PASSPHRASE}
    )
    client.submit(**typed)
    assert (trial().section, trial().turn, trial().challenge) == (opened.section, 1, opened.challenge)


@pytest.mark.parametrize(("person", "sign_in"), [("lina", "/connexion/eleve?"), ("bruno", "/connexion?")])
def test_a_question_that_a_member_opens_after_the_session_ended_leads_to_the_team_s_page(
    client, log_in, person, sign_in
):
    log_in(person)
    client.get(URL)
    link = client.page.find_all("a", string="Essayer une question")[-1]["hx-get"]
    client.submit("/deconnexion")

    response = client.get(link, headers=HTMX)

    assert response.headers["HX-Redirect"].startswith(sign_in)
    client.get(link)
    assert client.page.select_one(f'main a[href^="{sign_in}"]'), "the page of a visitor leads there too"


def test_an_unknown_section_is_no_way_back(client):
    client.get(f"{URL}?essai=inconnu")

    assert client.page.select_one(f'main a[href="/connexion/eleve?suite={URL}"]')


def test_a_question_opened_after_the_session_ended_leads_to_the_sign_in_page(client):
    response = client.get(f"{URL}?essai=niveau-5", headers=HTMX)

    assert response.status_code == 401 and response.text == ""
    assert response.headers["HX-Redirect"].startswith("/connexion/eleve?suite=/tutoriels/adresse-d-un-site")
