"""Pictures: there, used, described, and made of nothing but drawing."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree
from rapidfuzz import fuzz

from portal.bank.checks.places import every_challenge
from portal.bank.checks.tutorials import pictures_of
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.domain.referential import Challenge

HEAVIEST_SVG = 12 * 1024
HEAVIEST_PHOTO = 200 * 1024
# Of 100: « dossiers-1a.svg » for « dossiers-1b.svg ».
NEAR_NAMES = 80
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = {
    "svg", "g", "defs", "use", "symbol", "title", "desc", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "marker", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern",
}  # fmt: skip
SIGNATURES = {".png": (b"\x89PNG\r\n",), ".webp": (b"RIFF",)}


def problems(bank: Bank, content: Path) -> list[Problem]:
    """Check that pictures and their uses agree, then each file."""
    folder = content / "medias"
    present = sorted(path.name for path in folder.glob("*") if path.is_file())
    shown = (challenge.media for _, challenge in bank.every_challenge())
    used = {media.file for media in shown if media and media.file}
    used.update(name for page in bank.tutorials.values() for name, _ in pictures_of(page))
    unused = [name for name in present if name not in used]
    missing = used - set(present)
    found = list(uses(bank, content, unused))
    for name in present:
        found += file_problems(folder / name)
    # An unused picture whose name is nearly one that is missing has been told of there.
    found += [
        Problem(Place(f"medias/{name}"), "cette image ne sert nulle part, retirez-la.")
        for name in unused
        if not any(_is_near(name, other) for other in missing)
    ]
    return found


def uses(bank: Bank, content: Path, unused: Sequence[str] = ()) -> Iterator[Problem]:
    """Check that questions have the pictures they need; `unused`: those among which a missing one is looked for."""
    for place, _, challenge in every_challenge(bank):
        if challenge.media and challenge.media.parts:
            continue
        if challenge.media and challenge.media.parts:
            continue
        if challenge.media:
            path = content / "medias" / challenge.media.file
            if path.is_file():
                yield from _places(place, challenge, path)
            else:
                yield Problem(place.at("media", "file"), not_there(challenge.media.file, unused))
        elif challenge.doing and not (challenge.recipe or challenge.scenario or challenge.table):
            yield Problem(place.at("doing"), "« doing » sans image, fichier, tableau ni simulateur.")


def not_there(name: str, unused: Sequence[str]) -> str:
    """Say that a picture is missing, and which one was perhaps meant."""
    near = next((other for other in unused if _is_near(other, name)), None)
    meant = f" : est-ce {near}, qui ne sert nulle part ?" if near else ", ajoutez-la."
    return f"l’image medias/{name} n’existe pas{meant}"


def _is_near(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= NEAR_NAMES


def _places(place: Place, challenge: Challenge, path: Path) -> Iterator[Problem]:
    """Check that the places to find are on the picture."""
    if challenge.size is None:
        return
    width, height = challenge.size
    drawn = _view_box(path)
    if drawn and drawn != (0, 0, width, height):
        box = " ".join(f"{number:g}" for number in drawn)
        yield Problem(
            place.at("size"), f"le viewBox de {path.name} est « {box} », pas « 0 0 {width:g} {height:g} »."
        )
        return
    for at, one in enumerate(challenge.proposals):
        left, top, across, down = one.zone or (0, 0, 1, 1)
        inside = min(left, top) >= 0 and left + across <= width and top + down <= height
        if not inside or min(across, down) <= 0:
            yield Problem(
                place.at("places", at), f"« {one.text} » sort de l’image, de {width:g} sur {height:g}."
            )


def _view_box(path: Path) -> tuple[float, ...] | None:
    """Read the frame of a drawing; None for a photo, or when it has none, which is told elsewhere."""
    found = re.search(rb'viewBox="([-\d. ]+)"', path.read_bytes()) if path.suffix == ".svg" else None
    return tuple(float(number) for number in found[1].split()) if found else None


def file_problems(path: Path) -> list[Problem]:
    """Check one picture."""
    return [Problem(Place(f"medias/{path.name}"), problem) for problem in _file_problems(path)]


def _file_problems(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if path.suffix == ".svg":
        yield from _svg_problems(data)
    elif path.suffix not in SIGNATURES or not data.startswith(SIGNATURES[path.suffix]):
        yield "ce n’est pas un fichier SVG, PNG ou WebP."
    elif len(data) > HEAVIEST_PHOTO:
        yield f"{len(data) // 1024} Kio, {HEAVIEST_PHOTO // 1024} au plus."


def _svg_problems(data: bytes) -> Iterator[str]:
    if len(data) > HEAVIEST_SVG:
        yield f"{len(data) / 1024:.1f} Kio, {HEAVIEST_SVG // 1024} au plus."
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"le fichier ne se lit pas ({error})."
        return
    if root.tag != f"{SVG}svg" or not root.get("viewBox"):
        yield "l’élément <svg> n’a pas de viewBox."
    if b"<!DOCTYPE" in data or b"<?xml-" in data:
        yield "ni DOCTYPE ni feuille de style dans une image."
    for node in root.iter():
        yield from _node_problems(node)


def _node_problems(node: etree._Element) -> Iterator[str]:
    if not isinstance(node.tag, str):
        if not isinstance(node, etree._Comment):
            yield "instruction de traitement refusée."
        return
    name = node.tag.removeprefix(SVG)
    if name not in DRAWING:
        yield f"l’élément <{name}> n’est pas un dessin : ni script, ni style, ni image incorporée."
    for attribute, value in node.attrib.items():
        key, value = etree.QName(str(attribute)).localname, str(value)
        if key == "style" or key.startswith("on"):
            yield f"attribut {key} refusé, employez fill, stroke…"
        target = value if key == "href" else value.partition("url(")[2].strip("'\" ")
        if target and not target.startswith("#"):
            yield f"référence extérieure refusée ({target})."
