"""A simulated pupil at a screen: recognises the question that it asks, and fills it in with the mouse."""

from playwright.sync_api import Page

from portal.domain.referential import CHOSEN, Challenge, Kind
from portal.material.simulators.scenario import Step
from portal.services.exercises import Exercise
from tests.answering import RIGHT, WRONG, answer_book, gestures, given_by, ranks, ticked
from tests.material.simulators.browser import do_step

# What each box or button to choose says, in the order of the page; a place, what it says to whom cannot see it.
_CHOICES = """() => [...document.querySelectorAll('input[name=choix]')].map((one) => {
  const label = one.closest('label');
  return (label.querySelector('.visually-hidden') ?? label).textContent.replace(/^\\s*: /, '');
})"""


def exercise_on(page: Page) -> Exercise:
    """Recognise the question that the page asks, a timed one being begun: nothing of it is shown before."""
    begin = page.locator("form[action$='/debut'] button")
    if begin.count():
        begin.click()
        page.locator("#consigne").wait_for()
    token = page.locator("form[action$='/reponses'] [name=jeton]").get_attribute("value")
    return answer_book().exercise(page.locator("#consigne").inner_html(), token or "")


def on_screen(page: Page) -> Challenge:
    """Recognise the question that the page asks."""
    return exercise_on(page).challenge


def places_of(page: Page, texts: list[str]) -> list[int]:
    """Find these proposals among those shown."""
    shown: list[str] = page.evaluate(_CHOICES)
    return sorted(shown.index(text) for text in texts)


def fill_in(page: Page, *, right: bool = True, exercise: Exercise | None = None) -> Challenge:
    """Fill the question on the screen in, without sending it; `exercise`, when it is not of the bank."""
    exercise = exercise or exercise_on(page)
    challenge, how = exercise.challenge, RIGHT if right else WRONG
    for step in gestures(exercise, how):
        do_step(page, Step.model_validate(step))
    given = given_by(challenge, how)
    assert given is not None
    if challenge.kind in CHOSEN:
        for place in places_of(page, ticked(challenge, given)):
            page.locator("label:has(input[name=choix])").nth(place).click()
    elif challenge.kind is Kind.ORDERING:
        for text, rank in ranks(challenge, given).items():
            page.get_by_label(text, exact=True).select_option(str(rank))
    else:
        for index, (entry, text) in enumerate(zip(challenge.entries, given.texts, strict=True)):
            place = page.locator(f"#champ-{index}")
            if entry.options:
                place.select_option(label=text)
            else:
                place.fill(text)
    return challenge
