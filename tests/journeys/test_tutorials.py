"""A pupil learns: finds a page, tries questions under it, marks it, and finds it again."""

import pytest

from tests.journeys.accessibility import faults_of
from tests.journeys.house import House
from tests.journeys.scenes import set_scene
from tests.journeys.visitor import Visitor, words

pytestmark = pytest.mark.browser

SECTION = "#essai-niveaux-1-et-2"


def act(visitor: Visitor, place: str, then: str) -> None:
    """Click, and wait for what it brings."""
    visitor.page.locator(place).click()
    visitor.wait_until(lambda: then in visitor.text, f"« {then} » never came")
    visitor.settle()
    visitor.check()


def faults(visitor: Visitor) -> list[str]:
    """Give what axe says; it needs JavaScript."""
    return faults_of(visitor.page) if visitor.javascript else []


def focused(visitor: Visitor) -> str:
    """Give the id of what has the focus."""
    return str(visitor.page.evaluate("document.activeElement.id"))


def test_a_pupil_reads_tries_and_marks_a_page(shared_house: House, visitor: Visitor) -> None:
    scene = set_scene(shared_house)
    scene.sign_in(visitor)
    visitor.go("/")
    visitor.follow("Tous les tutoriels")
    visitor.follow("Lire l’adresse d’un site")

    act(visitor, f"{SECTION} a", "Je valide")
    first = words(visitor.page.locator("#consigne"))
    assert visitor.page.locator("#consigne").count() == 1
    assert faults(visitor) == []
    act(visitor, f"{SECTION} button:not([name])", "Donnez une réponse")
    act(visitor, f"{SECTION} [name=passer]", "Réponse attendue")
    assert not visitor.javascript or focused(visitor) == "essai-niveaux-1-et-2-titre"
    assert visitor.overflow(320) + visitor.overflow(visitor.width) + faults(visitor) == []
    act(visitor, f"{SECTION} p > a.button", "Je valide")
    assert words(visitor.page.locator("#consigne")) != first
    act(visitor, "#essai-niveau-5 a.button", "Je valide")
    assert visitor.page.locator("#consigne").count() == 1

    act(visitor, "#marque-lu", "Lu le")
    assert not visitor.javascript or focused(visitor) == "marque-lu"
    act(visitor, "#marque-garde", "Ne plus garder")
    act(visitor, "#avis-partly", "Votre avis : un peu")
    if visitor.javascript:
        assert visitor.page.locator("#lecture-dit").inner_text() == "Merci, votre avis est gardé."
    assert faults(visitor) == []
    visitor.go("/")
    assert words(visitor.page.locator("#kept")) == "Lire l’adresse d’un site"
    assert scene.answers() == []
