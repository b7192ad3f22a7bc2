"""A tutorial for each subject, a section for each skill, and links that stay inside the portal."""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it.token import Token

from portal.bank.checks.places import every_challenge, instruction_place, skill_place, tutorial_file
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.bank.tutorial import headings, parse
from portal.domain.referential import Tube

MEDIAS = "medias/"
_LEVELS = re.compile(r"niveaux?-(\d)(?:-(?:et|a)-(\d))?")


def pictures_of(markdown: str) -> list[tuple[str, str]]:
    """List the pictures of a page: (file name in medias/, or the whole address; alternative)."""
    return [
        (str(token.attrGet("src")).removeprefix(MEDIAS), token.content)
        for token in _inline(markdown)
        if token.type == "image"
    ]


def problems(bank: Bank, content: Path) -> list[Problem]:
    """Check the pages, then the links that questions hold."""
    found = [*pages(bank, content), *in_questions(bank)]
    for name in bank.tutorials:
        if name not in bank.tubes:
            file = next(path for path in content.glob(f"tutoriels/*/{name}.md"))
            place = Place(file.relative_to(content).as_posix())
            found.append(Problem(place, "aucun sujet ne porte ce nom."))
    return found


def pages(bank: Bank, content: Path) -> Iterator[Problem]:
    """Check the page of each subject."""
    known = {competence.id for competence in bank.referential.competences()}
    for tube in bank.tubes.values():
        if tube.competence not in known:
            # Where its page should be is not known either.
            continue
        place = Place(tutorial_file(tube))
        if tube.id not in bank.tutorials or not (content / place.file).is_file():
            yield Problem(place, "ce tutoriel manque, écrivez-le.")
            continue
        page = bank.tutorials[tube.id]
        yield from _page_problems(place, page, content)
        yield from _sections(tube, page)


def in_questions(bank: Bank) -> Iterator[Problem]:
    """Check the links and pictures that questions hold."""
    for place, _, challenge in every_challenge(bank):
        told = {
            instruction_place(place, challenge): challenge.instruction,
            place.at("explanation"): challenge.explanation,
            place.at("alternative_instruction"): challenge.alternative_instruction or "",
        }
        for here, text in told.items():
            yield from _links(here, text, anchors=set())
            if pictures_of(text):
                yield Problem(here, "une image se met dans « picture » ou « media », pas dans le texte.")


def _anchors(page: str) -> set[str]:
    """List where a link may lead: the page shows its first line, the title, apart."""
    return {slug for slug, _ in headings(page.partition("\n")[2])}


def _sections(tube: Tube, page: str) -> Iterator[Problem]:
    anchors = _anchors(page)
    for skill in tube.skills:
        place = skill_place(tube, skill).at("tutorial")
        if skill.tutorial not in anchors:
            yield Problem(place, f"le tutoriel n’a pas de titre « {skill.tutorial} ».")
        elif levels := _LEVELS.fullmatch(skill.tutorial):
            first, last = int(levels[1]), int(levels[2] or levels[1])
            if not first <= skill.level <= last:
                why = f"la section « {skill.tutorial} » ne parle pas du niveau {skill.level}."
                yield Problem(place, why)


def _empty_sections(place: Place, page: str) -> Iterator[Problem]:
    """Find the headings that nothing follows before another of the same rank, or the end."""
    tokens = parse(page)
    for at, token in enumerate(tokens):
        if token.type == "heading_close" and token.tag != "h1":
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is None or (following.type == "heading_open" and following.tag <= token.tag):
                title = tokens[at - 1].content
                yield Problem(place.near(f"{token.markup} {title}"), f"section vide : « {title} ».")


def _page_problems(place: Place, page: str, content: Path) -> Iterator[Problem]:
    titles = [token for token in parse(page) if token.type == "heading_open" and token.tag == "h1"]
    if len(titles) != 1 or not page.startswith("# "):
        yield Problem(place, "une page commence par son seul titre de premier rang (#).")
    else:
        yield from _empty_sections(place, page)
    yield from _links(place, page, anchors=_anchors(page))
    for name, alternative in pictures_of(page):
        here = place.near(name)
        if "/" in name or not (content / MEDIAS / name).is_file():
            yield Problem(here, f"l’image « {name} » n’est pas dans medias/.")
        if not alternative.strip():
            yield Problem(here, f"l’image « {name} » n’a pas de texte de remplacement.")


def _links(place: Place, markdown: str, anchors: set[str]) -> Iterator[Problem]:
    for token in _inline(markdown):
        if token.type != "link_open":
            continue
        target = str(token.attrGet("href"))
        if target.startswith("#"):
            if target[1:] not in anchors:
                yield Problem(place.near(target), f"le lien « {target} » ne mène à aucun titre de la page.")
        elif not target.startswith("/") or target.startswith("//"):
            yield Problem(place.near(target), f"le lien « {target} » sort du portail.")


def _inline(markdown: str) -> Iterator[Token]:
    for block in parse(markdown):
        yield from block.children or ()
