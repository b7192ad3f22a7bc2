"""The key of the bank, for a simulated pupil: recognises a question on the screen and fills it in."""

from functools import cache

from bs4 import BeautifulSoup
from playwright.sync_api import Page

from portal.bank.loader import load_bank
from portal.domain.referential import CHOICES, Challenge, Kind
from portal.markup import render_markdown
from portal.settings import CONTENT


def _folded(text: str) -> str:
    return "".join(text.split())


@cache
def _by_instruction() -> dict[str, Challenge]:
    bank = load_bank(CONTENT)
    return {
        _folded(BeautifulSoup(render_markdown(challenge.instruction), "html.parser").get_text()): challenge
        for _, challenge in bank.every_challenge()
    }


def on_screen(page: Page) -> Challenge:
    """Recognise the question that the page asks."""
    return _by_instruction()[_folded(page.locator("#consigne").text_content() or "")]


def right_texts(challenge: Challenge) -> list[str]:
    """Give what to type in each field."""
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        return [group[0] for group in challenge.groups][: len(challenge.entries)]
    return [entry.solutions[0] for entry in challenge.entries]


def wrong_texts(challenge: Challenge) -> list[str]:
    """Give what to type in each field so that the answer is wrong, and yet may be sent."""
    return [
        next((option for option in entry.options if option not in entry.solutions), "")
        if entry.options
        else "987654"
        if entry.is_number
        else "xyzzyx"
        for entry in challenge.entries
    ]


def choices(challenge: Challenge, *, right: bool) -> list[str]:
    """Give the proposals to tick."""
    good = [one.text for one in challenge.proposals if one.right]
    bad = [one.text for one in challenge.proposals if not one.right]
    if right:
        return good
    return bad[:1] if challenge.kind is Kind.SINGLE_CHOICE else [*bad[:1], *good[:1]]


def fill_in(page: Page, *, right: bool = True) -> Challenge:
    """Fill the question on the screen in, without sending it."""
    challenge = on_screen(page)
    if challenge.kind in CHOICES:
        for text in choices(challenge, right=right):
            page.locator(".choices label").filter(has=page.get_by_text(text, exact=True)).click()
        return challenge
    texts = right_texts(challenge) if right else wrong_texts(challenge)
    for index, (entry, text) in enumerate(zip(challenge.entries, texts, strict=True)):
        place = page.locator(f"#champ-{index}")
        if entry.options:
            place.select_option(label=text)
        else:
            place.fill(text)
    return challenge
