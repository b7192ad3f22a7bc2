"""Time what people do by hand: a new pupil from the code to the first question, a teacher creating a campaign.

A real Chromium on a real server. Each character typed takes a third of a second, each click one second.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from portal.domain.permissions import Role
from tests.journeys.house import open_house
from tests.journeys.people import NEW_PUPIL_BORN_ON, World, make_world
from tests.journeys.visitor import Visitor, launch

CHARACTERS_A_SECOND = 3.0
SECONDS_A_CLICK = 1.0
PUPIL_GOAL, CAMPAIGN_GOAL = 40.0, 60.0


class Hand:
    """Someone who types and clicks at a pupil's speed."""

    def __init__(self, visitor: Visitor) -> None:
        """Sit at a browser."""
        self.visitor = visitor
        self.characters = self.clicks = 0

    @property
    def page(self) -> Page:
        """Give the page on the screen."""
        return self.visitor.page

    def type(self, label: str, text: str) -> None:
        """Type in a field, character by character; the one that has the focus asks for no click."""
        field = self.page.get_by_label(label, exact=True)
        if not field.evaluate("(one) => one === document.activeElement"):
            self._click(field.click)
        self.page.keyboard.press("Control+A")
        self.characters += len(text)
        self.page.keyboard.type(text, delay=1000 / CHARACTERS_A_SECOND)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list: one click to open it, one to choose."""
        self._click(lambda: None)
        self._click(lambda: self.visitor.choose(label, option))
        self.visitor.settle()

    def press(self, name: str) -> None:
        """Press a button and wait for what comes."""
        self._click(lambda: self.visitor.press(name))

    def follow(self, name: str) -> None:
        """Follow a link and wait for what comes."""
        self._click(lambda: self.visitor.follow(name))

    def _click(self, act: Callable[[], None]) -> None:
        self.clicks += 1
        time.sleep(SECONDS_A_CLICK)
        act()


def join(hand: Hand, world: World) -> None:
    """Go from the front page to the first question."""
    hand.type("Code de la campagne", world.campaign.code.lower())
    hand.press("Je rejoins")
    hand.follow("Je commence")
    hand.type("Prénom", "rose")
    hand.type("Nom de famille", "martin")
    hand.type("Date de naissance", f"{NEW_PUPIL_BORN_ON:%d/%m/%Y}")
    hand.press("C’est moi")
    hand.press("Oui, c’est moi")
    hand.press("C’est noté, je commence")
    assert hand.visitor.title == "Question 1"


def create(hand: Hand, world: World) -> None:
    """Go from the list of campaigns to the code of a new one, under a name of one's own."""
    hand.follow("Nouvelle campagne")
    hand.choose("Parcours", "Protection et sécurité")
    hand.type("Nom de la campagne", "Rentrée des sixièmes en salle 12")
    hand.press("Créer la campagne")
    assert hand.page.locator("p.code").first.is_visible()


def measure(
    browser: Browser, world: World, role: Role, path: str, do: Callable[[Hand, World], None]
) -> tuple[float, Hand]:
    """Time one journey, from the page shown to the last one."""
    visitor = Visitor(browser, world.house.url)
    world.sign_in(visitor, role)
    visitor.go(path)
    hand = Hand(visitor)
    begun = time.perf_counter()
    do(hand, world)
    elapsed = time.perf_counter() - begun
    visitor.close()
    return elapsed, hand


def report(title: str, elapsed: float, hand: Hand, goal: float) -> bool:
    """Print one line, and tell whether the goal is reached."""
    by_hand = hand.characters / CHARACTERS_A_SECOND + hand.clicks * SECONDS_A_CLICK
    seconds = f"{elapsed:.1f}".replace(".", ",")
    machine = f"{elapsed - by_hand:.1f}".replace(".", ",")
    print(
        f"{title} : {seconds} s (but : moins de {goal:.0f} s), {hand.characters} caractères, "
        f"{hand.clicks} clics, {machine} s de machine"
    )
    return elapsed < goal


def main() -> int:
    """Run both journeys."""
    argparse.ArgumentParser(prog="bench journeys", description=__doc__).parse_args()
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        open_house(Path(folder)) as house,
    ):
        browser, world = launch(playwright), make_world(house)
        pupil = measure(browser, world, Role.ANONYMOUS, "/", join)
        staff = measure(browser, world, Role.MEMBER, "/campagnes", create)
        browser.close()
    are_reached = [
        report("Du code à la première question", *pupil, PUPIL_GOAL),
        report("De la liste à une nouvelle campagne", *staff, CAMPAIGN_GOAL),
    ]
    return 0 if all(are_reached) else 1


if __name__ == "__main__":
    sys.exit(main())
