"""Every page, from the map of addresses: open to everybody, in light and in dark, on the smallest phone."""

from collections.abc import Callable, Iterator

import pytest

from portal.domain.permissions import Role
from tests.journeys.accessibility import faults_of
from tests.journeys.house import House, open_house
from tests.journeys.people import World, make_world
from tests.journeys.places import VALUES, places
from tests.journeys.screens import SCREENS
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

Sit = Callable[..., Visitor]
NARROWEST = 320
PLANT = """(html) => {
  const style = new CSSStyleSheet();
  style.replaceSync(`.planted { all: unset; color: #ccc; border: 1px solid #eee; outline: none !important;
    display: inline-block; height: 12px !important; min-height: 0 !important; padding: 0 !important }
    .planted-wide { width: 700px }`);
  document.adoptedStyleSheets = [style];
  document.querySelector('main').insertAdjacentHTML('beforeend', html);
}"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A school in the middle of its year."""
    with open_house(tmp_path_factory.mktemp("college")) as house:
        yield make_world(house)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_page_is_open_to_everybody(world: World, sit_at: Sit, role: Role) -> None:
    visitor = sit_at(world.house)
    world.sign_in(visitor, role)
    faults = [
        f"{place.path}: {fault}"
        for place in places(world.house.app, world)
        if place.role is role and is_shown(visitor, place.path)
        for fault in faults_of_screen(visitor)
    ]

    assert not faults, "\n".join(faults)


def is_shown(visitor: Visitor, path: str) -> bool:
    """Open a page; false when it leads elsewhere, for that one is seen at its own address."""
    visitor.page.goto(path)
    return visitor.page.url.removeprefix(visitor.url) == path


def faults_of_screen(visitor: Visitor) -> list[str]:
    """Give what is wrong with what is shown now."""
    return visitor.overflow(NARROWEST) + visitor.overflow(visitor.width) + faults_of(visitor.page)


def test_the_first_page_of_all_is_open_to_everybody(new_house: House, sit_at: Sit) -> None:
    visitor = sit_at(new_house)

    visitor.page.goto("/premiere-installation")
    assert not faults_of_screen(visitor)
    visitor.press("Créer l’établissement")

    assert not faults_of_screen(visitor)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_what_forms_answer_is_open_to_everybody(world: World, sit_at: Sit, role: Role) -> None:
    visitor = sit_at(world.house)
    world.sign_in(visitor, role)
    faults = [
        f"{name}: {fault}"
        for name, screen_role, lead_to in SCREENS
        if screen_role is role
        for _ in lead_to(visitor, world)
        for fault in faults_of_screen(visitor)
    ]

    assert not faults, "\n".join(faults)


def test_every_address_that_asks_for_values_is_one_of_ours(world: World) -> None:
    assert set(VALUES) <= set(world.house.app.view_functions)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<button class=planted>x</button>", "small target"),
        ("<input class=planted aria-label=x>", "pale border"),
        ("<a class=planted href='/'>Accueil de Balise</a>", "focus not seen"),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>", "axe image-alt"),
        ("<p class=planted>Un texte trop pâle</p>", "axe color-contrast"),
        ("<h1>Un autre titre</h1>", "2 h1"),
        ("<div class=planted-wide>Un tableau</div>", "too wide at 320 px"),
    ],
    ids=["small", "pale border", "no outline", "no alternative", "pale text", "two titles", "wide"],
)
def test_a_planted_fault_is_seen(world: World, sit_at: Sit, html: str, fault: str) -> None:
    visitor = sit_at(world.house)
    visitor.page.goto("/connexion/eleve")
    visitor.page.evaluate(PLANT, html)

    assert any(fault in one for one in faults_of_screen(visitor))
