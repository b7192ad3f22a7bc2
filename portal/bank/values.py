"""From what the files hold to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from portal.bank import kinds, scenarios, schema
from portal.bank.challenge import ChallengeBase
from portal.domain.mastery import Stage
from portal.domain.pathway import Category, Pathway
from portal.domain.referential import (
    Area,
    Challenge,
    Competence,
    Entry,
    Kind,
    Media,
    Proposal,
    Referential,
    Skill,
    Source,
    Topic,
    Tube,
)
from portal.material.pictures.library import compose


def _entries(challenge: Any) -> tuple[Entry, ...]:
    """Give the fields of a typed or selected challenge; choices have none."""
    match challenge:
        case kinds.Text():
            typed = Entry(
                challenge.label,
                challenge.solutions,
                treatments=challenge.treatments,
                answer=challenge.answer,
            )
            return (typed,)
        case kinds.Number():
            solutions = () if challenge.solution is None else (str(challenge.solution),)
            number = Entry(
                challenge.label, solutions, is_number=True, unit=challenge.unit, answer=challenge.answer
            )
            return (number,)
        case kinds.InterchangeableFields():
            return tuple(Entry(label, treatments=challenge.treatments) for label in challenge.labels)
        case kinds.Fields() | kinds.Select():
            return tuple(
                Entry(
                    field.label,
                    field.solutions,
                    field.options,
                    field.format == "number",
                    field.treatments,
                    answer=field.answer,
                )
                for field in challenge.fields
            )
        case kinds.Matching():
            options = tuple(dict.fromkeys([*(pair.right for pair in challenge.pairs), *challenge.extra]))
            return tuple(Entry(pair.left, (pair.right,), options) for pair in challenge.pairs)
    return ()


def _proposals(challenge: Any) -> tuple[Proposal, ...]:
    """Give the proposals of a choice, the steps of an order, the places of a picture or table."""
    match challenge:
        case kinds.Ordering():
            return tuple(Proposal(step, right=True) for step in challenge.steps)
        case kinds.Hotspot() if challenge.places:
            return tuple(
                Proposal(one.text, one.right, zone=one.zone, part=one.part) for one in challenge.places
            )
        case kinds.Hotspot():
            headings, *rows = challenge.table
            return tuple(
                Proposal(
                    f"{row[0]}, {heading}\u00a0: {text}",
                    right=(at + 1, column + 1) in challenge.right,
                    cell=(at, column),
                )
                for at, row in enumerate(rows)
                for column, (heading, text) in enumerate(zip(headings[1:], row[1:], strict=True))
            )
    return tuple(Proposal(one.text, one.right) for one in getattr(challenge, "proposals", ()))


def _media(part: ChallengeBase, scenario: scenarios.Content | None) -> Media | None:
    drawn = part.model_dump(include={"picture", "alternative"}) if scenario is None else scenario
    if drawn.get("picture"):
        alternative = drawn.get("alternative") or compose(drawn["picture"], is_strict=False).alternative
        return Media("", alternative, tuple(drawn["picture"]))
    return Media(part.media.file, part.media.alternative) if part.media else None


def challenge(part: Any, known: Mapping[str, scenarios.Content]) -> Challenge:
    """Give a question; that of a simulator says what its scenario says."""
    scenario = known.get(part.scenario) if isinstance(part, kinds.Simulator) else None
    return Challenge(
        id=part.id,
        kind=Kind(part.kind),
        instruction=part.instruction if scenario is None else scenario["instruction"],
        explanation=part.explanation,
        seconds=part.seconds,
        proposals=_proposals(part),
        entries=_entries(part),
        groups=getattr(part, "groups", ()),
        alternative_instruction=part.alternative_instruction,
        media=_media(part, scenario),
        source=Source(part.source.text, part.source.read_on) if part.source else None,
        doing=part.doing,
        phone_friendly=part.phone_friendly,
        shuffle=getattr(part, "shuffle", False),
        size=getattr(part, "size", None),
        table=getattr(part, "table", ()),
        recipe=part.material,
        answer=getattr(part, "answer", None) if isinstance(part, kinds.SingleChoice) else None,
        scenario=scenario,
        timer=part.timer,
        focus=part.focus,
    )


def tube(part: schema.Tube) -> Tube:
    """Give a subject with its skills."""
    skills = tuple(
        Skill(
            one.id, part.id, part.title, part.competence, one.level, one.description, one.hint, one.tutorial
        )
        for one in part.skills
    )
    return Tube(
        part.id, part.competence, part.title, part.description, part.phone_friendly, skills, part.topics
    )


def pathway(part: schema.Pathway) -> Pathway:
    """Give a parcours."""
    return Pathway(
        id=part.id,
        title=part.title,
        category=Category(part.category),
        description=part.description,
        learned=part.learned,
        grades=part.grades,
        tubes=tuple((one.tube, one.maximum) for one in part.tubes),
        stages=tuple(Stage(one.threshold, one.title, one.message) for one in part.stages),
        prerequisites=part.prerequisites,
        is_locked=part.locked,
    )


def referential(part: schema.Referential) -> Referential:
    """Give the framework."""
    return Referential(
        tuple(
            Area(
                area.id, area.title, tuple(Competence(one.id, one.title, area.id) for one in area.competences)
            )
            for area in part.areas
        ),
        tuple(Topic(one.id, one.title) for one in part.topics),
    )
