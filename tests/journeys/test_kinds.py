"""Questions that are done rather than read, in a real browser: at a phone and at a desk, by everybody."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.domain.referential import Challenge, Media, Proposal
from tests import exercises
from tests.journeys.accessibility import faults_of
from tests.journeys.answers import fill_in
from tests.journeys.house import House
from tests.journeys.keyboard import answer_by_keyboard, focused
from tests.journeys.scenes import Scene, set_scene
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

Sit = Callable[..., Visitor]
NARROWEST = 320
PICTURE = exercises.picture("adresse-d-un-site-1a.svg", (640, 360))
EVERY = {f"{number}-{one.kind.value}": one for number, one in enumerate((*exercises.EVERY, PICTURE))}


@pytest.fixture
def meet(shared_house: House, sit_at: Sit) -> Callable[..., tuple[Visitor, Scene]]:
    """Sit a pupil down before a question."""

    def meet(challenge: Challenge, *, width: int = 1280, javascript: bool = True) -> tuple[Visitor, Scene]:
        scene = set_scene(shared_house)
        with shared_house.app.app_context():
            exercises.ask(scene.public_id, challenge)
        visitor = sit_at(shared_house, width=width, javascript=javascript)
        scene.sign_in(visitor)
        return visitor, scene

    return meet


@pytest.mark.parametrize("name", EVERY)
def test_each_kind_is_open_to_everybody(meet, name: str) -> None:
    visitor, _ = meet(EVERY[name], width=360)
    faults = faults_of(visitor.page)
    if EVERY[name].timer:
        visitor.press("Je commence")
        faults += faults_of(visitor.page)

    assert visitor.overflow(NARROWEST) + visitor.overflow(360) + faults == []


@pytest.mark.parametrize("name", EVERY)
def test_each_kind_is_answered_with_the_keyboard_alone(meet, name: str) -> None:
    visitor, scene = meet(EVERY[name])
    if EVERY[name].timer:
        visitor.press("Je commence")

    answer_by_keyboard(visitor, scene.exercise())

    assert visitor.title == "Question 2"
    assert focused(visitor.page) == "H1", "the new question is not announced"
    assert scene.answers() == [(1, "ok")]


@pytest.mark.parametrize("name", EVERY)
def test_each_kind_is_answered_on_a_phone_without_javascript(meet, name: str) -> None:
    visitor, scene = meet(EVERY[name], width=360, javascript=False)
    if EVERY[name].timer:
        visitor.press("Je commence")

    fill_in(visitor.page, right=False, exercise=scene.exercise())
    visitor.press("Je valide")

    assert visitor.title == "Question 2"
    assert scene.answers() == [(1, "ko")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_simulator_is_played_to_the_end_on_the_page_of_its_question(meet, javascript: bool) -> None:
    visitor, scene = meet(exercises.MAILBOX, javascript=javascript)

    visitor.page.get_by_role("button", name="Service des colis").first.click()
    visitor.settle()
    assert visitor.page.locator("#simulateur h3").inner_text() == "Votre colis est bloqué"
    visitor.page.reload()
    visitor.page.get_by_role("button", name="Signaler", exact=True).click()
    visitor.settle()
    visitor.press("Je valide")

    assert scene.answers() == [(1, "ok")]


def test_the_focus_goes_where_the_simulator_changed(meet) -> None:
    visitor, _ = meet(exercises.MAILBOX)
    button = visitor.page.get_by_role("button", name="Service des colis").first
    button.focus()
    visitor.page.keyboard.press("Enter")
    visitor.settle()

    assert visitor.page.evaluate("document.activeElement.textContent") == "Votre colis est bloqué"


def test_a_place_of_a_picture_can_be_clicked_or_chosen_below(meet) -> None:
    visitor, scene = meet(PICTURE)
    box = visitor.page.locator(".hotspot-zone rect[x='10'][y='10']")
    box.click()
    assert visitor.page.locator(".choices input:checked").count() == 1
    visitor.press("Je valide")

    assert scene.answers() == [(1, "ok")]


def test_time_that_runs_out_hands_in_what_is_written(meet) -> None:
    visitor, scene = meet(exercises.question(exercises.Kind.TEXT, timer=5, entries=exercises.TIMED.entries))
    visitor.press("Je commence")
    assert "Il vous reste" in visitor.page.locator("[role=timer]").inner_text()
    visitor.page.locator("#champ-0").fill("balise")
    visitor.wait_until(lambda: scene.answers() == [(1, "ok")], "nothing is handed in at the end of the time")


def test_a_gesture_gives_no_time_back(meet) -> None:
    visitor, _ = meet(replace(exercises.MAILBOX, id="essai-chrono", timer=60))
    visitor.press("Je commence")
    visitor.page.wait_for_timeout(2500)
    visitor.page.get_by_role("button", name="Service des colis").first.click()
    visitor.settle()
    visitor.page.wait_for_timeout(1200)

    # More than three seconds are gone; a slow machine only makes it more.
    said = visitor.page.locator("[role=timer]").inner_text()
    assert int("".join(filter(str.isdigit, said))) <= 57, said


def test_a_timed_simulator_is_announced_by_the_title_of_its_question(meet) -> None:
    visitor, _ = meet(replace(exercises.MAILBOX, id="essai-chrono", timer=60))
    visitor.press("Je commence")

    assert visitor.page.evaluate("document.activeElement.textContent") == "Question 1"


def test_a_file_is_downloaded_under_its_name(meet) -> None:
    visitor, _ = meet(exercises.SPREADSHEET)
    with visitor.page.expect_download() as waited:
        visitor.page.get_by_role("link", name="Télécharger mon fichier").click()

    assert waited.value.suggested_filename.endswith(".ods")


# How many pixels high the smallest letters of the picture are, where a unit of its drawing is so many pixels.
_LETTERS = """async () => {
  const shown = document.querySelector('.picture-frame :is(img, svg)');
  const image = shown.querySelector('image');
  const svg = await (await fetch(image ? image.href.baseVal : shown.currentSrc)).text();
  const sizes = [...svg.matchAll(/font-size="([\\d.]+)"/g)].map((found) => Number(found[1]));
  return Math.min(...sizes) * shown.getBoundingClientRect().width / Number(svg.match(/viewBox="0 0 ([\\d.]+)/)[1]);
}"""
WINDOW = {
    "window": {"title": "Documents", "files": [{"name": "photo.jpg", "size": "2 Mo", "date": "3 mars"}]}
}
LOG = {"code": {"lines": ["17:48:20  wifi  tablette-lou : mot de passe refusé"]}}
COMPOSED = {
    "read": exercises.question(
        exercises.Kind.TEXT,
        media=Media("", "Une fenêtre, puis un journal.", (WINDOW, LOG)),
        entries=exercises.TIMED.entries,
    ),
    "pointed at": exercises.question(
        exercises.Kind.HOTSPOT,
        media=Media("", "Une fenêtre, puis un journal.", (WINDOW, LOG)),
        proposals=(
            Proposal("la croix", right=True, part="window.close"),
            Proposal("le journal", right=False, part="code"),
        ),
    ),
}


@pytest.mark.parametrize("name", COMPOSED)
def test_a_composed_picture_is_readable_on_a_phone(meet, name: str) -> None:
    visitor, _ = meet(COMPOSED[name], width=360)

    for width in (NARROWEST, 360, 560, 600, 1280):
        visitor.page.set_viewport_size({"width": width, "height": 800})
        visitor.page.wait_for_load_state("networkidle")
        assert visitor.page.evaluate(_LETTERS) >= 12, width
    assert visitor.overflow(NARROWEST) + faults_of(visitor.page) == []


@pytest.mark.parametrize("name", COMPOSED)
def test_what_is_broader_than_the_phone_scrolls_with_the_keyboard(meet, name: str) -> None:
    visitor, _ = meet(COMPOSED[name], width=NARROWEST)
    frame = visitor.page.locator(".picture-frame")
    frame.evaluate("(one) => one.focus()")
    visitor.page.keyboard.press("ArrowRight")

    visitor.wait_until(lambda: frame.evaluate("(one) => one.scrollLeft") > 0, "the picture does not scroll")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_place_of_a_composed_picture_is_found_on_a_phone(meet, javascript: bool) -> None:
    visitor, scene = meet(COMPOSED["pointed at"], width=360, javascript=javascript)
    if javascript:
        visitor.page.locator(".hotspot-zone").filter(has_text=_letter_of(visitor, "la croix")).click()
    else:
        visitor.page.get_by_label("la croix").check()
    visitor.press("Je valide")

    assert scene.answers() == [(1, "ok")]


def _letter_of(visitor: Visitor, place: str) -> str:
    label = visitor.page.locator(".choices label").filter(has_text=place)
    return label.locator("span").first.inner_text()[0]
