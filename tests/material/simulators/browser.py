"""A scenario in a real Chromium, played with the keyboard alone: Tab, arrows, letters, Space and Enter."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, ElementHandle, Error, Page
from werkzeug.serving import make_server

from portal.material.simulators.scenario import Scenario, Step
from tests.journeys.accessibility import faults_of
from tests.material.simulators.stage import make_stage

NARROWEST = 320
MOST_TABS, MOST_ARROWS, SLOWEST = 250, 60, 20.0
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_HAS_FOCUS = "(one) => one === document.activeElement"
_GROUP_HAS_FOCUS = "(one) => [...one.form.elements[one.name]].includes(document.activeElement)"
# The screen that answers is there: another simulator than the one marked before the gesture.
_NEW = """document.readyState === 'complete' && document.querySelector('#simulateur:not([data-old])')
  && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"""
# The form of a gesture, the one with the fewest fields: its hidden fields say what the step says, the step fills the
# others or leaves them, and one of its buttons may say the rest.
_FORM = """(step) => {
  const asked = Object.keys(step);
  const offers = (form, name) => [...form.elements].some((one) => one.name === name && (
    one.matches('[type=hidden], [type=checkbox], [type=radio], button') ? one.value === step[name]
      : !one.options || [...one.options].some((option) => option.value === step[name])));
  const says = (one) => one.value === (step[one.name] ?? '');
  const forms = [...document.querySelectorAll('#simulateur form')].filter((form) =>
    [...form.querySelectorAll('[type=hidden]:not([name=jeton])')].every(says)
    && asked.every((name) => offers(form, name)));
  return forms.sort((one, other) => one.elements.length - other.elements.length)[0];
}"""
_BUTTON = """(form, step) => [...form.querySelectorAll('button')].filter(
  (one) => !one.name || step[one.name] === one.value)[0]"""


@contextmanager
def sit_down(browser: Browser, scenario: Scenario, width: int, javascript: bool) -> Iterator[Page]:
    """Serve a scenario and open it in a window of this width.

    A script that fails, or a style or a script that the portal's policy refuses, fails the test.
    """
    complaints: list[str] = []
    server = make_server("127.0.0.1", 0, make_stage(scenario), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=javascript, locale="fr-FR"
    )
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"http://127.0.0.1:{server.port}/")
        yield page
    finally:
        context.close()
        server.shutdown()
        server.server_close()
    assert complaints == []


def press_button(page: Page, name: str) -> None:
    """Go to a button with the Tab key, press Enter, and wait for what it brings."""
    _press(page, page.get_by_role("button", name=name, exact=True).first.element_handle())


def do_step(page: Page, step: Step) -> None:
    """Take a step of a scenario with the form that offers it on this screen."""
    told = step.model_dump()
    form = page.evaluate_handle(_FORM, told).as_element()
    if form is None and step.do != "choisir" and "cellule" in told:
        # A file names the cell only; a pupil chooses it, then types.
        do_step(page, Step.model_validate({"do": "choisir", "cellule": told["cellule"]}))
        form = page.evaluate_handle(_FORM, told).as_element()
    assert form, f"nothing on this screen does {told}"
    for summary in form.query_selector_all("xpath=ancestor::details[not(@open)]/summary"):
        _reach(page, summary)
        page.keyboard.press("Enter")
    for field in form.query_selector_all("input:not([type=hidden]):enabled, select, textarea"):
        _fill(page, field, told)
    button = form.evaluate_handle(_BUTTON, told).as_element()
    assert button
    _press(page, button)


def play(page: Page, steps: Sequence[Step], *, looked_at: bool = False) -> str:
    """Play steps, each screen being looked at if asked, and tell where the scenario stands."""
    if looked_at:
        look_at(page)
    for step in steps:
        do_step(page, step)
        if looked_at:
            look_at(page)
    page.reload()
    return page.locator("#standing").get_attribute("data-standing") or ""


def look_at(page: Page) -> None:
    """Fail on what axe or our own rules find, in light and in dark, and on what is wider than the narrowest phone."""
    assert faults_of(page) == []
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate(_OVERFLOW) <= 0, "wider than the narrowest phone"
    page.set_viewport_size(before)


def _reach(page: Page, wanted: ElementHandle, is_reached: str = _HAS_FOCUS) -> None:
    for _ in range(MOST_TABS):
        if wanted.evaluate(is_reached):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {wanted.evaluate('(one) => one.outerHTML')}")


def _press(page: Page, button: ElementHandle) -> None:
    _reach(page, button)
    page.evaluate("document.getElementById('simulateur').dataset.old = ''")
    page.keyboard.press("Enter")
    _wait(page)
    if page.evaluate("Boolean(window.htmx)"):
        assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


def _wait(page: Page) -> None:
    """Wait for the new screen, asking again and again: the policy of the portal stops Playwright's own watch."""
    end = time.monotonic() + SLOWEST
    while time.monotonic() < end:
        # A page that leaves cannot answer.
        with suppress(Error):
            if page.evaluate(_NEW):
                return
        time.sleep(0.02)
    raise AssertionError("no new screen came")


def _fill(page: Page, field: ElementHandle, told: Mapping[str, str]) -> None:
    """Fill a field as the step says; one that it does not name is left as it is, and a box is unticked."""
    name, kind = field.evaluate("(one) => [one.name, one.type]")
    if kind == "checkbox":
        if field.is_checked() != (name in told):
            _reach(page, field)
            page.keyboard.press("Space")
        return
    if name not in told or (kind == "radio" and field.get_attribute("value") != told[name]):
        return
    if kind == "radio":
        # The Tab key reaches the group, the arrows its members.
        _reach(page, field, _GROUP_HAS_FOCUS)
        page.keyboard.press("Space")
        _arrow(page, field, "(one) => one.checked")
        return
    _reach(page, field)
    if kind == "select-one":
        page.keyboard.press("Home")
        _arrow(page, field, "(one, value) => one.value === value", told[name])
        return
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(told[name])


def _arrow(page: Page, field: ElementHandle, is_chosen: str, value: str = "") -> None:
    for _ in range(MOST_ARROWS):
        if field.evaluate(is_chosen, value):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {field.evaluate('(one) => one.outerHTML')[:200]}, {value}")
