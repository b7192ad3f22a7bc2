"""A composed picture is drawn for the pupil who was asked the question, and for no other."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
import yaml

from portal.domain.referential import Entry, Kind, Media, Proposal
from portal.services import exercises
from tests import factories
from tests.exercises import COLIS, ask, outcome_of, question
from tests.players import play

WINDOW = {"window": {"title": "Documents", "files": [{"name": "photo.jpg"}]}}
MEDIA = Media("", "Une fenêtre et une photo.", (WINDOW,))
SHOWN = question(Kind.TEXT, media=MEDIA, entries=(Entry("Nom", ("photo.jpg",)),))
TIMED = question(Kind.TEXT, media=MEDIA, timer=60, entries=(Entry("Nom", ("photo.jpg",)),))
RIGHT = Proposal("la croix", right=True, part="window.close")
WRONG = Proposal("le titre", right=False, part="window.title")
PLACES = question(
    Kind.HOTSPOT,
    media=MEDIA,
    proposals=(RIGHT, WRONG),
)
UNKNOWN_PLACE = replace(PLACES, proposals=(RIGHT, replace(WRONG, part="window.gone")))
UNKNOWN_PART = replace(PLACES, media=replace(MEDIA, parts=({"gone": {"title": "Documents"}},)))
UNKNOWN_OPTION = replace(SHOWN, media=replace(MEDIA, parts=({"window": {"title": "Documents", "gone": 1}},)))
OWN = question(
    Kind.NUMBER,
    media=Media(
        "", "Combien pour {categorie}\u00a0?", ({"message": {"text": "Combien pour {categorie}\u00a0?"}},)
    ),
    entries=(Entry("Total", is_number=True, answer="total_categorie"),),
    recipe={"generator": "depenses"},
)
STORY = yaml.safe_load(COLIS.read_text("utf-8"))
SCENARIO = question(
    Kind.SIMULATOR,
    scenario={
        **STORY,
        "draw": {**STORY["draw"], "nom": ["Rives" for _ in next(iter(STORY["draw"].values()))]},
        "picture": [{"text": {"text": "Ville de {nom}"}}],
    },
)


def review(client, public_id):
    """Skip what follows the first answer, up to its correction."""
    for _ in range(4):
        client.get(f"/participations/{public_id}/question")
        client.submit("/reponses", passer="1")
    client.get(f"/participations/{public_id}/etapes/1")


def test_a_picture_is_shown_with_its_words_and_opens_in_a_tab(client, public_id, meet):
    meet(SHOWN)
    image = client.page.select_one("figure img")
    assert image["alt"] == "Une fenêtre et une photo."
    assert client.page.select_one("figcaption a")["href"] == image["src"]

    answer = client.get(image["src"])
    assert answer.mimetype == "image/svg+xml" and b"photo.jpg" in answer.data
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.get(image["src"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_a_small_screen_has_a_drawing_of_its_own(client, public_id, meet):
    meet(SHOWN)
    frame = client.page.select_one("figure .picture-frame")
    assert frame["tabindex"] == "0" and frame["aria-label"]
    narrow, usual = client.get(frame.source["srcset"]), client.get(frame.img["src"])

    assert b'viewBox="0 0 640 ' in usual.data and b'viewBox="0 0 352 ' in narrow.data
    assert b"photo.jpg" in narrow.data


def test_its_style_is_the_only_thing_its_policy_lets_in(client, meet):
    meet(SHOWN)
    answer = client.get(client.page.select_one("figure img")["src"])
    style = re.search(r"<style>(.*?)</style>", answer.text)[1]
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{allowed}'; frame-ancestors 'none'"
    )


def test_a_picture_is_drawn_for_whom_it_is(client, cast, public_id, meet):
    meet(SHOWN)
    other_try = play(cast.noe, factories.make_campaign(cast.solene), questions=0)
    ask(other_try, SHOWN)

    assert client.get(f"/participations/{other_try}/images/1").status_code == 404
    assert client.get(f"/participations/{public_id}/images/9").status_code == 404


def test_a_question_without_picture_has_none_to_draw(client, public_id, meet):
    meet(question(Kind.TEXT, entries=(Entry("Mot", ("balise",)),)))
    assert client.get(f"/participations/{public_id}/images/1").status_code == 404


def test_the_picture_of_a_timed_question_waits_for_its_time(client, public_id, meet):
    meet(TIMED)
    assert client.get(f"/participations/{public_id}/images/1").status_code == 404
    client.get(f"/participations/{public_id}/question")
    client.submit("/debut")
    assert client.get(f"/participations/{public_id}/images/1").status_code == 200


def test_a_place_is_pointed_at_where_it_is_drawn(client, public_id, meet):
    row = meet(PLACES)
    drawn = exercises.picture_of(PLACES)
    zones = {
        tuple(float(one[key]) for key in ("x", "y", "width", "height"))
        for one in client.page.select(".hotspot-zone rect")
    }
    assert zones == {drawn.zones["window.close"], drawn.zones["window.title"]}
    image = client.page.select_one(".hotspot-picture image")["href"]
    width, height = (
        float(one) for one in client.page.select_one(".hotspot-picture svg")["viewbox"].split()[2:]
    )
    # Where the places are drawn is where they are pointed at, whatever the screen.
    assert f'viewBox="0 0 {width:.0f} {height:.0f}"' in client.get(image).text

    label = next(one for one in client.page.select(".choices label") if "la croix" in one.get_text())
    client.submit("/reponses", choix=label.input["value"])
    assert outcome_of(row.id) == "ok"


@pytest.mark.parametrize("lost", [UNKNOWN_PLACE, UNKNOWN_PART], ids=["place", "part"])
def test_places_that_are_drawn_no_more_are_chosen_by_their_words(client, public_id, meet, lost):
    row = meet(lost)
    assert client.page.select_one("figure img")["alt"] == "Une fenêtre et une photo."
    labels = {one.get_text(strip=True): one.input["value"] for one in client.page.select(".choices label")}
    assert labels.keys() == {"la croix", "le titre"}

    client.submit("/reponses", choix=labels["la croix"])
    assert outcome_of(row.id) == "ok"
    review(client, public_id)
    assert "la croix" in client.page.select_one(".review").get_text()


def test_a_picture_that_is_drawn_no_more_leaves_its_words(client, public_id, meet):
    meet(UNKNOWN_OPTION)
    image = client.page.select_one("figure img")
    assert image["alt"] == "Une fenêtre et une photo."
    assert client.get(image["src"]).status_code == 404


def test_a_pupil_s_own_words_are_in_the_picture(client, public_id, meet):
    row = meet(OWN)
    category = row.work["values"]["categorie"]
    image = client.page.select_one("figure img")
    assert image["alt"] == f"Combien pour {category}\u00a0?"
    assert category in client.get(image["src"]).text


@pytest.mark.parametrize("challenge", [SHOWN, OWN], ids=["same for all", "own"])
def test_the_picture_is_shown_again_with_the_correction(client, public_id, meet, challenge):
    meet(challenge)
    client.submit("/reponses", passer="1")
    review(client, public_id)

    image = client.page.select_one(".review img.drawn")
    assert image["alt"] and client.get(image["src"]).status_code == 200


def test_the_picture_of_a_scenario_is_above_its_simulator(client, meet):
    meet(SCENARIO)
    image = client.page.select_one("figure img")
    assert image["alt"] == "«\u00a0Ville de Rives\u00a0»."
    assert "Ville de Rives" in client.get(image["src"]).text
