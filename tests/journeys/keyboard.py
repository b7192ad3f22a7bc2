"""A pupil without mouse: Tab, the arrows, Space, letters and Enter."""

from playwright.sync_api import Page

from portal.domain.referential import CHOSEN, Kind
from portal.material.simulators.scenario import Step
from portal.services.exercises import Exercise
from tests.answering import RIGHT, gestures, given_by, ranks, ticked
from tests.journeys.answers import exercise_on, places_of
from tests.journeys.visitor import Visitor
from tests.material.simulators.browser import do_step


def answer_by_keyboard(visitor: Visitor, exercise: Exercise | None = None) -> None:
    """Answer right with Tab, the arrows, Space, letters and Enter; `exercise`, when it is not of the bank."""
    page = visitor.page
    exercise = exercise or exercise_on(page)
    challenge = exercise.challenge
    for step in gestures(exercise, RIGHT):
        do_step(page, Step.model_validate(step))
    given = given_by(challenge, RIGHT)
    assert given is not None
    if challenge.kind in CHOSEN:
        _tick(page, places_of(page, ticked(challenge, given)))
    elif challenge.kind is Kind.ORDERING:
        rank = ranks(challenge, given)
        for place, text in enumerate(page.locator(".ordering-item label").all_text_contents()):
            _tab_to(page, f"#place-{place}")
            _arrow_down(page, rank[text])
    for index, (entry, text) in enumerate(zip(challenge.entries, given.texts, strict=False)):
        _tab_to(page, f"#champ-{index}")
        if entry.options:
            _choose(page, text)
        else:
            page.keyboard.type(text)
    _tab_to(page, ".answer-actions button:not([name])")
    with visitor.arriving():
        page.keyboard.press("Enter")


def _tick(page: Page, places: list[int]) -> None:
    if page.locator("input[name=choix][type=radio]").count():
        # Tab reaches the group, the arrows its members.
        _tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        _arrow_down(page, places[0])
        return
    for place in places:
        value = page.locator("input[name=choix]").nth(place).get_attribute("value")
        _tab_to(page, f"input[name=choix][value='{value}']")
        page.keyboard.press("Space")


def _choose(page: Page, text: str) -> None:
    options = page.evaluate("[...document.activeElement.options].map((one) => one.text.trim())")
    _arrow_down(page, options.index(text))


def _arrow_down(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("ArrowDown")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(40):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def focused(page: Page) -> str:
    """Name the element that has the focus."""
    return str(page.evaluate("document.activeElement.tagName"))
