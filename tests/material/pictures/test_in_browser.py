"""In a real browser, no text leaves its frame, and no text covers another, whatever the face of letters."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from portal.material.pictures.letters import width_of
from portal.material.pictures.library import Composed, Written, compose, compose_narrow
from portal.material.pictures.palette import SANS
from tests.material.pictures.samples import SAMPLES

WORDS = "Voix ambiguë d’un cœur : 3 × 5 = 15 €, À. Ça ?"
# By text: its box, and that of each frame its beginning or its middle lies in.
MEASURE = """() => {
  const svg = document.querySelector('svg');
  const box = (one) => { const { x, y, width, height } = one.getBBox(); return [x, y, x + width, y + height]; };
  const [, , wide, high] = svg.getAttribute('viewBox').split(' ').map(Number);
  const frames = [[0, 0, wide, high], ...[...svg.querySelectorAll('rect')].map(box)];
  const holds = (frame, x, y) => x >= frame[0] && x <= frame[2] && y >= frame[1] && y <= frame[3];
  const texts = [...svg.querySelectorAll('text')].map((one) => ({ words: one.textContent, box: box(one) }));
  const faults = [];
  for (const { words, box: [left, top, right, bottom] } of texts) {
    const x = (left + right) / 2, y = (top + bottom) / 2;
    for (const frame of frames.filter((frame) => holds(frame, x, y))) {
      if (left < frame[0] - 0.5 || right > frame[2] + 0.5) faults.push(`${words} : sort de son cadre`);
    }
  }
  texts.forEach((one, at) => texts.slice(at + 1).forEach((other) => {
    const across = Math.min(one.box[2], other.box[2]) - Math.max(one.box[0], other.box[0]);
    // The line box is higher than the letters: a third of it is air.
    const along = Math.min(one.box[3], other.box[3]) - Math.max(one.box[1], other.box[1]);
    if (across > 1 && along > 6) faults.push(`${one.words} : couvre ${other.words}`);
  }));
  return faults;
}"""


@pytest.mark.parametrize("face", [SANS, "'DejaVu Sans'"], ids=["usual", "wider"])
@pytest.mark.parametrize("draw", [compose, compose_narrow], ids=["broad", "narrow"])
def test_no_text_leaves_its_frame_or_covers_another(
    browser: Browser, face: str, draw: Callable[[Written], Composed]
) -> None:
    page = browser.new_page()
    faults = {}
    for name, written in SAMPLES.items():
        page.set_content(draw(written).svg.replace(SANS, face))
        faults[name] = page.evaluate(MEASURE)
    page.close()

    assert {name: found for name, found in faults.items() if found} == {}


def test_the_widths_are_those_of_the_letters(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(compose([{"text": {"text": WORDS}}]).svg)
    found = page.evaluate("document.querySelector('text').getComputedTextLength()")
    page.close()

    assert width_of(WORDS, 18) == pytest.approx(found, rel=0.01)
