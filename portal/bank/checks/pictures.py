"""Pictures: there, used, described, and made of nothing but drawing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from portal.bank.checks.places import every_challenge
from portal.bank.checks.tutorials import pictures_of
from portal.bank.loader import Bank

HEAVIEST_SVG = 12 * 1024
HEAVIEST_PHOTO = 200 * 1024
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = {
    "svg", "g", "defs", "use", "symbol", "title", "desc", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "marker", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern",
}  # fmt: skip
SIGNATURES = {".png": (b"\x89PNG\r\n",), ".webp": (b"RIFF",)}


def problems(bank: Bank, content: Path) -> list[str]:
    """Check that pictures and their uses agree, then each file."""
    folder = content / "medias"
    present = {path.name for path in folder.glob("*") if path.is_file()}
    found = list(_uses(bank, present))
    for name in sorted(present):
        found += [f"medias/{name} : {problem}" for problem in _file_problems(folder / name)]
    return found


def _uses(bank: Bank, present: set[str]) -> Iterator[str]:
    used = Counter[str]()
    for place, _, challenge in every_challenge(bank):
        if challenge.media and challenge.media.parts:
            continue
        if challenge.media:
            used[challenge.media.file] += 1
            if challenge.media.file not in present:
                yield f"{place} : l’image medias/{challenge.media.file} n’existe pas."
        elif challenge.doing and not (challenge.recipe or challenge.scenario or challenge.table):
            yield f"{place} : « doing » sans image, fichier, tableau ni simulateur."
    for page in bank.tutorials.values():
        used.update(name for name, _ in pictures_of(page))
    for name in sorted(present - set(used)):
        yield f"medias/{name} : cette image ne sert nulle part."


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
