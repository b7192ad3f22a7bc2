"""What a page must offer to everybody: axe's rules, and ours for what axe does not see."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALLEST_TARGET = 24
SMALLEST_PUPIL_TARGET = 44
LEAST_BORDER_CONTRAST = 3.0
# The rules whose answer changes with the scheme.
_RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
_AXE_SCRIPT = Axe().axe_script

# Shared by the checks below: what a person sees of an element.
_TOOLS = """
const every = (selector) => [...document.querySelectorAll(selector)];
const FIELDS = 'input:not([type=hidden]), select, textarea';
const ACTIVE = `a[href], button, summary, ${FIELDS}`;
const isShown = (one) => {
  if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && !one.closest('.visually-hidden, .skip-link');
};
const describe = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 110);
"""

_SMALL_TARGETS = (
    "([smallest, pupils]) => {"
    + _TOOLS
    + """
  const isPupilPage = document.body.classList.contains('student');
  // A link in a sentence may be as high as its line.
  const isInText = (one) => one.matches('a:not(.button)') && getComputedStyle(one).display === 'inline';
  const target = (one) => (one.matches('[type=checkbox], [type=radio]') && one.closest('label')) || one;
  const wide = `button, .button, summary, ${FIELDS}`;
  return every(ACTIVE)
    .filter((one) => isShown(target(one)) && !isInText(one))
    .map((one) => {
      const box = target(one).getBoundingClientRect();
      const least = isPupilPage && one.matches(wide) && one.closest('main') ? pupils : smallest;
      return box.height + 0.5 < least || box.width + 0.5 < smallest
        ? `${Math.round(box.width)} × ${Math.round(box.height)} px, ${least} at least: ${describe(one)}` : null;
    })
    .filter(Boolean);
}"""
)

_UNSEEN_FOCUS = (
    "() => {"
    + _TOOLS
    + """
  // A shadow may be of the colour of the page: an outline is asked for.
  const looks = (one) => [one, one.closest('label'), one.nextElementSibling].filter(Boolean).map((it) => {
    const style = getComputedStyle(it);
    return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? '' : style.outline;
  }).join(';');
  const faults = [];
  for (const one of every(ACTIVE).filter((it) => it.checkVisibility() && !it.disabled)) {
    document.activeElement.blur();
    const before = looks(one);
    one.focus({ preventScroll: true });
    if (document.activeElement === one && looks(one) === before) faults.push(describe(one));
  }
  document.activeElement.blur();
  return faults;
}"""
)

_PALE_BORDERS = (
    "(least) => {"
    + _TOOLS
    + """
  // A canvas reads every notation of colour, and gives its bytes.
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const paint = (...colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (bytes) => bytes.map((byte) => byte / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (one) => {
    const layers = [];
    for (let it = one; it; it = it.parentElement) layers.unshift(getComputedStyle(it).backgroundColor);
    return [getComputedStyle(document.documentElement).colorScheme.includes('dark')
      && matchMedia('(prefers-color-scheme: dark)').matches ? '#000' : '#fff', ...layers];
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  return every(FIELDS).filter((one) => !one.matches('[type=file], :checked'))
    .filter(isShown)
    .map((one) => {
      const around = behind(one.parentElement);
      const style = getComputedStyle(one);
      const found = parseFloat(style.borderBottomWidth) < 1 ? 1
        : contrast(paint(...around, style.borderBottomColor), paint(...around));
      return found < least ? `${found.toFixed(2)}: ${describe(one)}` : null;
    })
    .filter(Boolean);
}"""
)


def faults_of(page: Page) -> list[str]:
    """Give what is wrong with the page as it is shown now, in light and in dark."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = axe_faults(page, rules=_RULES_OF_COLOUR) + pale_borders(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    light = axe_faults(page) + pale_borders(page)
    others = small_targets(page) + unseen_focus(page) + headings(page)
    return [f"dark: {fault}" for fault in dark] + light + others


def axe_faults(page: Page, *, rules: Sequence[str] = ()) -> list[str]:
    """Give what axe finds, with all its rules or with these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": [*rules]} if rules else {})
    violations: list[dict[str, Any]] = page.evaluate(
        "(options) => axe.run(options).then((found) => found.violations)", options
    )
    return [
        f"axe {rule['id']}: {rule['help']}: " + " | ".join(node["html"][:160] for node in rule["nodes"][:4])
        for rule in violations
    ]


def small_targets(page: Page) -> list[str]:
    """Give what is hard to touch."""
    found = page.evaluate(_SMALL_TARGETS, [SMALLEST_TARGET, SMALLEST_PUPIL_TARGET])
    return [f"small target, {one}" for one in found]


def unseen_focus(page: Page) -> list[str]:
    """Give what does not show that it has the keyboard's focus."""
    # After a key, browsers show where the focus goes.
    page.keyboard.press("Tab")
    return [f"focus not seen: {one}" for one in page.evaluate(_UNSEEN_FOCUS)]


def pale_borders(page: Page) -> list[str]:
    """Give the fields whose border is hard to see."""
    return [f"pale border, {one}" for one in page.evaluate(_PALE_BORDERS, LEAST_BORDER_CONTRAST)]


def headings(page: Page) -> list[str]:
    """Give what is wrong with the title."""
    count = page.locator("h1").count()
    return [] if count == 1 else [f"{count} h1"]
