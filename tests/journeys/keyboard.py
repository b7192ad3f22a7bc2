"""A pupil without mouse: Tab, the arrows, Space, letters and Enter."""

from playwright.sync_api import Page

from portal.domain.referential import Kind
from tests.journeys.answers import choices, on_screen, right_texts
from tests.journeys.visitor import Visitor


def answer_by_keyboard(visitor: Visitor) -> None:
    """Answer right with Tab, the arrows, Space, letters and Enter."""
    page = visitor.page
    challenge = on_screen(page)
    if challenge.proposals:
        _tick(page, choices(challenge, right=True), single=challenge.kind is Kind.SINGLE_CHOICE)
    else:
        for index, text in enumerate(right_texts(challenge)):
            _tab_to(page, f"#champ-{index}")
            if challenge.entries[index].options:
                _choose(page, text)
            else:
                page.keyboard.type(text)
    _tab_to(page, ".answer-actions button:not([name])")
    with visitor.arriving():
        page.keyboard.press("Enter")


def _tick(page: Page, texts: list[str], *, single: bool) -> None:
    shown = [" ".join(text.split()) for text in page.locator(".choices label").all_inner_texts()]
    places = [shown.index(" ".join(text.split())) for text in texts]
    if single:
        _tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(places[0]):
            page.keyboard.press("ArrowDown")
        return
    for place in sorted(places):
        _tab_to(page, f".choices label:nth-of-type({place + 1}) input")
        page.keyboard.press("Space")


def _choose(page: Page, text: str) -> None:
    options = page.evaluate("[...document.activeElement.options].map((one) => one.text.trim())")
    for _ in range(options.index(text)):
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
