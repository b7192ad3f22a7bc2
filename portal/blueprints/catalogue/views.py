"""The parcours of the bank: which there are, and what each asks."""

from dataclasses import dataclass

from flask import Response, request, url_for
from markupsafe import Markup

from portal import htmx, samples
from portal.access import current_viewer, open_to
from portal.bank.loader import Bank
from portal.bank_store import current_bank
from portal.blueprints.catalogue import bp
from portal.blueprints.catalogue.filters import read_filters
from portal.domain.analysis import natural_order
from portal.domain.catalogue import Periods, Summary, matches, summarise
from portal.domain.errors import NotFound
from portal.domain.forecast import Ease, Length
from portal.domain.pathway import Category, Pathway
from portal.domain.permissions import Action
from portal.domain.referential import Challenge, Kind, Tube
from portal.domain.school import Grade
from portal.labels import LABELS
from portal.markup import render_markdown
from portal.persistence.queries import forecasts as queries
from portal.services import forecasts


@dataclass(frozen=True, slots=True)
class Line:
    """A parcours of the list; `about` counts its subjects on the theme that is looked for."""

    summary: Summary
    length: Length | None
    about: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One question of a subject, as some pupil meets it, with its key."""

    challenge: Challenge
    instruction: Markup
    picture: str | None
    answers: list[str]
    explanation: Markup
    is_played: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a parcours: its levels, and one of its questions."""

    tube: Tube
    levels: tuple[int, ...]
    has_tutorial: bool
    sample: Sample | None


@bp.get("/catalogue")
@open_to(Action.READ_SCHOOL)
def index() -> Response:
    """List the parcours of the bank, by family."""
    bank = current_bank()
    filters = read_filters(request.args, bank.referential)
    wanted = filters.wanted()
    lengths = queries.lengths(bank.pathways)
    every = [summarise(one, bank.tubes, bank.referential) for one in bank.pathways.values()]
    found = [
        Line(one, length, one.topics.get(filters.topic, 0))
        for one in sorted(every, key=lambda one: natural_order(one.pathway.id))
        if matches(one, wanted, length := lengths.get(one.pathway.id, {}).get(Ease.USUAL))
    ]
    families = [(kind, [one for one in found if one.summary.pathway.category is kind]) for kind in Category]
    return htmx.render(
        "catalogue/index.html",
        fragment="catalogue/_list.html",
        oob=["catalogue/_counts.html"],
        filters=filters,
        families=[(kind, lines) for kind, lines in families if lines],
        count=len(found),
        has_lengths=bool(lengths),
        topic=next((one.title for one in bank.referential.topics if one.id == filters.topic), ""),
        options=_options(bank, every),
    )


def _options(bank: Bank, every: list[Summary]) -> dict[str, list[tuple[str, str]]]:
    """Offer what some parcours has."""
    topics = {topic for one in every for topic in one.topics}
    competences = {one for summary in every for one in summary.competences}
    areas = {area for one in every for area in one.areas}
    referential = bank.referential
    return {
        "grades": [(grade.value, LABELS[grade]) for grade in Grade],
        "areas": [(one.id, f"{one.id}. {one.title}") for one in referential.areas if one.id in areas],
        "competences": [
            (one.id, f"{one.id} {one.title}") for one in referential.competences() if one.id in competences
        ],
        "topics": [(one.id, one.title) for one in referential.topics if one.id in topics],
        "periods": [(one.value, LABELS[one]) for one in Periods],
    }


@bp.get("/catalogue/<pathway_id>")
@open_to(Action.READ_SCHOOL)
def pathway(pathway_id: str) -> Response:
    """Show what a parcours asks, how long it takes and what is learnt; made to be printed too."""
    bank = current_bank()
    chosen = bank.pathways.get(pathway_id)
    if chosen is None:
        raise NotFound
    return htmx.render(
        "catalogue/pathway.html",
        pathway=chosen,
        summary=summarise(chosen, bank.tubes, bank.referential),
        lengths=queries.lengths([chosen.id]).get(chosen.id),
        measured=forecasts.measured(chosen.id, current_viewer().school_id),
        competences=_competences(chosen, bank),
        before=[bank.pathways[name] for name in chosen.prerequisites],
        is_for_pupils=chosen.category is not Category.STAFF,
    )


def _competences(chosen: Pathway, bank: Bank) -> list[tuple[str, list[Subject]]]:
    """List the subjects under the title of their competence, in the order of the framework."""
    subjects = [_subject(bank.tubes[name], maximum, bank) for name, maximum in chosen.tubes]
    groups = [
        (f"{one.id} {one.title}", [subject for subject in subjects if subject.tube.competence == one.id])
        for one in bank.referential.competences()
    ]
    return [(title, mine) for title, mine in groups if mine]


def _subject(tube: Tube, maximum: int, bank: Bank) -> Subject:
    skills = [skill for skill in tube.skills if skill.level <= maximum]
    # Neither the easiest nor the hardest.
    middle = skills[len(skills) // 2] if skills else None
    return Subject(
        tube,
        tuple(skill.level for skill in skills),
        has_tutorial=tube.id in bank.tutorials,
        sample=_sample(bank.challenges[middle.id][0]) if middle else None,
    )


def _sample(challenge: Challenge) -> Sample:
    exercise = samples.exercise_of(challenge)
    shown = exercise.challenge
    is_played = shown.kind is Kind.SIMULATOR
    return Sample(
        challenge=shown,
        instruction=render_markdown(shown.instruction),
        picture=samples.picture_of(shown, url_for("catalogue.picture", key=challenge.id)),
        answers=[] if is_played else samples.answers_of(exercise),
        explanation=render_markdown(shown.explanation),
        is_played=is_played,
    )
