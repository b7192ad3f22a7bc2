"""The page of a parcours, and of one question."""

from dataclasses import replace

import pytest

from portal.bank_store import current_bank
from portal.domain.forecast import Ease, Length, Spread
from portal.domain.referential import Media
from portal.persistence import mapping
from portal.persistence.models import ChallengeVersion
from portal.persistence.transaction import write_tx
from portal.services import forecasts
from tests import exercises
from tests.client import soup, words
from tests.factories import SEPTEMBER

URL = "/catalogue/6e-1"
LENGTH = Length(Spread(18, 15, 20), Spread(25, 20, 31))


def text(client, url=URL):
    return " ".join(soup(client.get(url)).main.get_text().split())


def test_it_says_what_is_learnt_asked_and_told_at_the_end(client, log_in):
    log_in("bruno")
    pathway = current_bank().pathways["6e-1"]

    page = soup(client.get(URL))

    shown = words(page.main)
    for sentence in (*pathway.learned, *(stage.message for stage in pathway.stages)):
        assert sentence in shown
    subjects = page.select(".subjects > li")
    assert len(subjects) == len(pathway.tubes)
    assert "niveaux 1, 2" in words(subjects[0])
    assert page.select_one("a[href='/campagnes/nouvelle?parcours=6e-1']")
    assert page.select_one("a[href='/tutoriels/mots-de-passe']")


def test_each_subject_shows_a_question_with_its_key(client, log_in):
    log_in("bruno")

    samples = soup(client.get(URL)).select(".subjects details")

    assert len(samples) == 11
    assert all("Réponse attendue" in words(one) for one in samples)


def test_the_length_is_simulated_until_enough_pupils_of_the_school_sent(client, cast, log_in, monkeypatch):
    log_in("bruno")
    assert "en cours de calcul" in text(client)

    forecasts.refresh(current_bank(), at=SEPTEMBER, play=lambda *_: dict.fromkeys(Ease, LENGTH))
    simulated = text(client)
    assert simulated.count("18 (de 15 à 20)") == simulated.count("25 (de 20 à 31)") == len(Ease)
    assert "élèves simulés" in simulated

    monkeypatch.setattr(forecasts, "measured", lambda *_: forecasts.Measured(34, LENGTH))
    measured = text(client)
    assert "Dans votre établissement : 18 questions (de 15 à 20), 25 minutes (de 20 à 31)." in measured
    assert "34 dernières participations" in measured and "élèves simulés" not in measured


def test_an_unknown_parcours_is_not_found(client, log_in):
    log_in("bruno")

    assert client.get("/catalogue/inconnu").status_code == 404


def test_the_proposal_of_a_campaign_gives_the_same_numbers(client, log_in):
    log_in("bruno")
    assert "environ" in text(client, "/campagnes/nouvelle?parcours=6e-1")

    forecasts.refresh(current_bank(), at=SEPTEMBER, play=lambda *_: dict.fromkeys(Ease, LENGTH))

    proposed = text(client, "/campagnes/nouvelle?parcours=6e-1")
    assert "18 questions (de 15 à 20), 25 minutes (de 20 à 31)" in proposed


def test_a_question_is_shown_as_to_a_pupil_with_its_key(client, log_in):
    log_in("bruno")

    page = soup(client.get("/catalogue/questions/mots-de-passe-1a"))

    assert page.select_one("fieldset[disabled] #card")
    assert "cerise-tuba-58" in words(page.select_one("section[aria-labelledby=key]"))
    assert "Reconnaître un mot de passe" in words(page.main)
    assert client.get("/catalogue/questions/mots-de-passe-1a/fichier").status_code == 404
    assert client.get("/catalogue/questions/inconnue").status_code == 404


@pytest.mark.parametrize("challenge", exercises.EVERY, ids=lambda one: one.kind.value)
def test_every_kind_of_question_can_be_looked_at(client, log_in, monkeypatch, challenge):
    hold(client, monkeypatch, challenge)
    log_in("bruno")

    assert client.get(f"/catalogue/questions/{challenge.id}").status_code == 200
    file = client.get(f"/catalogue/questions/{challenge.id}/fichier")
    again = client.get(f"/catalogue/questions/{challenge.id}/fichier")
    assert file.status_code == (200 if challenge.recipe else 404)
    assert file.data == again.data


def hold(client, monkeypatch, challenge):
    """Put a question in the place of the first one of the bank."""
    bank = current_bank()
    first = next(iter(bank.challenges))
    held = replace(bank, challenges=bank.challenges | {first: (challenge, *bank.challenges[first][1:])})
    monkeypatch.setitem(client.application.extensions, "bank", held)


def test_an_edited_question_shows_its_new_picture_and_its_new_file_at_once(client, log_in, monkeypatch):
    hold(client, monkeypatch, exercises.DRAWN)
    log_in("bruno")
    base = f"/catalogue/questions/{exercises.DRAWN.id}"
    source = soup(client.get(base)).select_one("figure img")["src"]
    held = {url: client.get(url) for url in (source, f"{base}/fichier")}
    for url, answer in held.items():
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert "img-src" not in held[source].headers["Content-Security-Policy"]

    message = {"message": {"text": "Combien en juin ?"}}
    edited = replace(
        exercises.DRAWN,
        media=Media("", "Combien en juin ?", (message,)),
        recipe={"generator": "depenses", "format": "csv"},
    )
    hold(client, monkeypatch, edited)

    assert soup(client.get(base)).select_one("figure img")["src"] == source
    for url, answer in held.items():
        fresh = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert fresh.status_code == 200 and fresh.data != answer.data


def test_an_old_version_is_shown_as_such(client, log_in):
    log_in("bruno")
    old = replace(exercises.TABLE, id="partie-1a", explanation="L’ancien texte.")
    with write_tx() as session:
        content = mapping.challenge_to_json(old)
        session.add(ChallengeVersion(challenge=old.id, version="v1", content=content, loaded_at=SEPTEMBER))

    shown = text(client, "/catalogue/questions/partie-1a?version=v1")

    assert "ancienne version" in shown and "L’ancien texte." in shown
    assert client.get("/catalogue/questions/partie-1a?version=v2").status_code == 404
