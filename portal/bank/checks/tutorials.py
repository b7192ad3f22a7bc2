"""A tutorial for each subject, a section for each skill, and links that stay inside the portal."""

from collections.abc import Iterator
from pathlib import Path

from markdown_it.token import Token

from portal.bank.checks.places import every_challenge, tube_file
from portal.bank.loader import Bank
from portal.bank.tutorial import headings, parse
from portal.domain.referential import Tube

MEDIAS = "medias/"


def pictures_of(markdown: str) -> list[tuple[str, str]]:
    """List the pictures of a page: (file name in medias/, or the whole address; alternative)."""
    return [
        (str(token.attrGet("src")).removeprefix(MEDIAS), token.content)
        for token in _inline(markdown)
        if token.type == "image"
    ]


def problems(bank: Bank, content: Path) -> list[str]:
    """Check the pages, then the links that questions hold."""
    found = []
    for tube in bank.tubes.values():
        name = f"tutoriels/{tube.competence}/{tube.id}.md"
        if tube.id not in bank.tutorials or not (content / name).is_file():
            found.append(f"{name} : ce tutoriel manque.")
            continue
        page = bank.tutorials[tube.id]
        found += [f"{name} : {problem}" for problem in _page_problems(page, content)]
        found += _sections(tube, page)
    orphans = [name for name in bank.tutorials if name not in bank.tubes]
    found += [f"tutoriel {name}.md : aucun sujet ne porte ce nom." for name in orphans]
    for place, _, challenge in every_challenge(bank):
        for text in (challenge.instruction, challenge.explanation):
            found += [f"{place} : {problem}" for problem in _links(text, anchors=set())]
            if pictures_of(text):
                found.append(f"{place} : une image se met dans « picture » ou « media », pas dans le texte.")
    return found


def _anchors(page: str) -> set[str]:
    """List where a link may lead: the page shows its first line, the title, apart."""
    return {slug for slug, _ in headings(page.partition("\n")[2])}


def _sections(tube: Tube, page: str) -> Iterator[str]:
    anchors = _anchors(page)
    for skill in tube.skills:
        if skill.tutorial not in anchors:
            yield f"{tube_file(tube)}, acquis {skill.id} : le tutoriel n’a pas de titre « {skill.tutorial} »."


def _page_problems(page: str, content: Path) -> Iterator[str]:
    titles = [token for token in parse(page) if token.type == "heading_open" and token.tag == "h1"]
    if len(titles) != 1 or not page.startswith("# "):
        yield "une page commence par son seul titre de premier rang (#)."
    yield from _links(page, anchors=_anchors(page))
    for name, alternative in pictures_of(page):
        if "/" in name or not (content / MEDIAS / name).is_file():
            yield f"l’image « {name} » n’est pas dans medias/."
        if not alternative.strip():
            yield f"l’image « {name} » n’a pas de texte de remplacement."


def _links(markdown: str, anchors: set[str]) -> Iterator[str]:
    for token in _inline(markdown):
        if token.type != "link_open":
            continue
        target = str(token.attrGet("href"))
        if target.startswith("#"):
            if target[1:] not in anchors:
                yield f"le lien « {target} » ne mène à aucun titre de la page."
        elif not target.startswith("/") or target.startswith("//"):
            yield f"le lien « {target} » sort du portail."


def _inline(markdown: str) -> Iterator[Token]:
    for block in parse(markdown):
        yield from block.children or ()
