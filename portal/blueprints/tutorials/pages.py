"""What the page of a subject and the list of all pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from portal.assets import asset
from portal.bank.loader import Bank
from portal.domain.errors import NotFound
from portal.domain.referential import Skill, Tube
from portal.domain.tutorials import LEAST_RATINGS, Rating
from portal.markup import render_sections, with_pictures


@dataclass(frozen=True, slots=True)
class Lesson:
    """A section of a page, with the skills that it teaches."""

    anchor: str
    title: str
    body: Markup
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a subject."""

    tube: Tube
    title: str
    competence: str
    introduction: Markup
    lessons: tuple[Lesson, ...]

    def lesson(self, anchor: str) -> Lesson:
        """Find one of its sections.

        Raises: NotFound.
        """
        for one in self.lessons:
            if one.anchor == anchor:
                return one
        raise NotFound


@dataclass(frozen=True, slots=True)
class Marks:
    """What the reader marked."""

    read_at: datetime | None = None
    saved_at: datetime | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """How many pupils read a page; `ratings` is None as long as too few gave their opinion."""

    readers: int
    ratings: tuple[tuple[Rating, int], ...] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A page in the list of all of them; `usage` is for staff."""

    tube: str
    title: str
    marks: Marks
    usage: Usage | None


def page_of(bank: Bank, tube: str) -> Page:
    """Make the page of a subject.

    Raises: NotFound.
    """
    if tube not in bank.tutorials or tube not in bank.tubes:
        raise NotFound
    subject = bank.tubes[tube]
    title, _, body = bank.tutorials[tube].partition("\n")
    introduction, sections = render_sections(body)
    titles = {one.id: f"{one.id} {one.title}" for one in bank.referential.competences()}
    return Page(
        tube=subject,
        title=title.removeprefix("# ").strip(),
        competence=titles[subject.competence],
        introduction=with_pictures(introduction, asset),
        lessons=tuple(
            Lesson(
                one.anchor,
                one.title,
                with_pictures(one.body, asset),
                tuple(skill for skill in subject.skills if skill.tutorial in one.anchors),
            )
            for one in sections
        ),
    )


def marks_of(row: Row[Any] | None) -> Marks:
    """Read what is marked."""
    if row is None:
        return Marks()
    return Marks(row.read_at, row.saved_at, Rating(row.rating) if row.rating else None)


def usage_of(row: Row[Any] | None) -> Usage:
    """Read how a page is used in a school."""
    if row is None:
        return Usage(0, None)
    ratings = tuple((one, int(row._mapping[one.name.lower()])) for one in Rating)
    is_enough = sum(count for _, count in ratings) >= LEAST_RATINGS
    return Usage(row.readers, ratings if is_enough else None)


def lines_of(
    bank: Bank, readings: Mapping[str, Row[Any]], usage: Mapping[str, Row[Any]] | None
) -> list[tuple[str, list[tuple[str, list[Line]]]]]:
    """List the pages by domain and competence; `usage` is None where it is not shown."""
    by_competence: dict[str, list[Line]] = {}
    for tube in bank.tubes.values():
        if tube.id in bank.tutorials:
            used = None if usage is None else usage_of(usage.get(tube.id))
            line = Line(tube.id, tube.title, marks_of(readings.get(tube.id)), used)
            by_competence.setdefault(tube.competence, []).append(line)
    areas = [
        (
            f"{area.id}. {area.title}",
            [
                (f"{one.id} {one.title}", by_competence[one.id])
                for one in area.competences
                if one.id in by_competence
            ],
        )
        for area in bank.referential.areas
    ]
    return [(title, competences) for title, competences in areas if competences]
