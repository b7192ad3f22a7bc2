"""The screens that only a form leads to, and a picture of every screen: `python -m tests.journeys.screens DIR`."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser, sync_playwright

from portal.domain.permissions import Role
from tests.journeys.answers import fill_in
from tests.journeys.house import open_house
from tests.journeys.people import NEW_PUPIL_BORN_ON, World, make_world
from tests.journeys.places import places
from tests.journeys.scenes import set_scene
from tests.journeys.visitor import Visitor, launch
from tests.tools import siecle

# Leads to one screen after another, and stops at each.
Lead = Callable[[Visitor, World], Iterator[None]]


def _lost(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto(f"/rejoindre/{uuid4()}")
    yield


def _refused_sign_in(visitor: Visitor, world: World) -> Iterator[None]:
    for path, button in (("/connexion", "Se connecter"), ("/connexion/eleve", "Je me connecte")):
        visitor.page.goto(path)
        visitor.press(button)
        yield


def _claim(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/rejoindre")
    visitor.fill("Code de la campagne", "abc")
    visitor.press("Je rejoins")
    yield
    visitor.page.goto(f"/rejoindre/{world.campaign.code}/identite")
    visitor.press("C’est moi")
    yield
    visitor.fill("Prénom", "Rose")
    visitor.fill("Nom de famille", "Martin")
    visitor.fill("Date de naissance", f"{NEW_PUPIL_BORN_ON:%d/%m/%Y}")
    visitor.press("C’est moi")
    yield
    visitor.press("Oui, c’est moi")
    yield
    visitor.page.get_by_text("Choisir un autre mot de passe").click()
    visitor.page.locator("#chosen").fill("court")
    visitor.press("C’est noté, je commence")
    yield


def _question(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto(f"/participations/{world.playing}/question")
    visitor.press("Je valide")
    yield


def _expired(visitor: Visitor, world: World) -> Iterator[None]:
    scene = set_scene(world.house)
    visitor.context.clear_cookies()
    scene.sign_in(visitor)
    fill_in(visitor.page)
    scene.close_sessions()
    visitor.press("Je valide")
    yield
    visitor.press("Je me connecte")
    yield


def _refused_campaign(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/campagnes/nouvelle")
    visitor.press("Créer la campagne")
    yield


def _closed_to_members(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/eleves/import")
    yield


def _new_passphrase(visitor: Visitor, world: World) -> Iterator[None]:
    # Not the pupil who signs in on other screens: the old words are worth nothing any more.
    visitor.page.goto(f"/eleves/{world.helped.public_id}")
    visitor.press("Nouveau mot de passe")
    yield


def _archiving(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto(f"/campagnes/{world.campaign.code}")
    visitor.page.locator("details.confirm summary").first.click()
    yield


def _refused_account(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/mon-compte")
    visitor.press("Changer le mot de passe")
    yield


def _team(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/equipe/invitations")
    visitor.fill("Adresses électroniques", "bruno@ecole.example\nfaux")
    visitor.press("Préparer les invitations")
    yield
    visitor.page.goto(f"/equipe/{world.member.public_id}")
    visitor.press("Préparer le lien")
    yield


def _roster(visitor: Visitor, world: World) -> Iterator[None]:
    visitor.page.goto("/eleves/nouveau")
    visitor.press("Ajouter l’élève")
    yield
    pupils = siecle.draw_pupils(30, ("6eA",))
    for content in (siecle.siecle_xml([*pupils, *pupils]), b"<html>", siecle.siecle_xml(pupils, "0290001U")):
        visitor.page.goto("/eleves/import")
        file = {"name": "eleves.xml", "mimeType": "text/xml", "buffer": content}
        visitor.page.locator("input[type=file]").set_input_files(file)
        visitor.press("Lire le fichier")
        yield


SCREENS: list[tuple[str, Role, Lead]] = [
    ("perdu", Role.ANONYMOUS, _lost),
    ("connexion-refusee", Role.ANONYMOUS, _refused_sign_in),
    ("identite", Role.ANONYMOUS, _claim),
    ("reponse-refusee", Role.PUPIL, _question),
    ("session-terminee", Role.PUPIL, _expired),
    ("campagne-refusee", Role.MEMBER, _refused_campaign),
    ("page-fermee", Role.MEMBER, _closed_to_members),
    ("mot-de-passe-eleve", Role.MEMBER, _new_passphrase),
    ("archivage", Role.MEMBER, _archiving),
    ("compte-refuse", Role.ADMIN, _refused_account),
    ("equipe", Role.ADMIN, _team),
    ("liste", Role.ADMIN, _roster),
]


def main(folder: Path) -> None:
    """Take a picture of every screen, on a phone and at a desk, in light and in dark."""
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as place,
        open_house(Path(place)) as house,
    ):
        browser = launch(playwright)
        world = make_world(house)
        for role in Role:
            _picture_role(browser, world, role, folder)
        browser.close()


def _picture_role(browser: Browser, world: World, role: Role, folder: Path) -> None:
    visitor = Visitor(browser, world.house.url)
    world.sign_in(visitor, role)
    for place in places(world.house.app, world):
        if place.role is role and (role is not Role.ADMIN or Role.MEMBER not in place.roles):
            visitor.page.goto(place.path)
            _picture(visitor, folder / role, place.endpoint)
    for name, screen_role, lead_to in SCREENS:
        if screen_role is role:
            for number, _ in enumerate(lead_to(visitor, world)):
                _picture(visitor, folder / role, f"{name}-{number}")


def _picture(visitor: Visitor, folder: Path, name: str) -> None:
    taken = len([*folder.glob(f"{name}.*-1280-light.png")])
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            path = folder / f"{name}.{taken}-{width}-{scheme}.png"
            visitor.page.screenshot(path=path, full_page=True, caret="initial")
    visitor.page.emulate_media(color_scheme="light")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
