"""How a try went: each question in its order, and why it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from portal.domain.adaptive import Reason, Rule
from portal.domain.marking import Outcome
from portal.domain.mastery import SURE_FROM, TO_CONFIRM_FROM, whole_percent
from portal.domain.referential import Skill
from portal.labels import counted, label
from portal.persistence import mapping
from portal.persistence.queries import calibration

_SHAPES = {Outcome.OK: "ok", Outcome.KO: "ko", Outcome.SKIPPED: "skipped", Outcome.TIMED_OUT: "late"}


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A question of a try.

    `kind` is a shape of macros/states.html; `exits` is empty unless the page was left where staying was asked;
    `reason` is empty when it was not kept.
    """

    number: int
    subject: str
    skill: str
    kind: str
    outcome: str
    exits: str
    reason: str


def course_of(
    questions: Sequence[Row[Any]], skills: Mapping[str, Skill], *, sent_at: datetime | None
) -> tuple[CourseLine, ...]:
    """Tell each question; in a sent try, those count that counted when it was sent."""
    if sent_at is None:
        return tuple(_line(one, skills[one.skill], is_void=bool(one.is_void)) for one in questions)
    out = calibration.out_of_draw(sent_at)
    return tuple(
        _line(one, skills[one.skill], is_void=(one.challenge, one.version) in out) for one in questions
    )


def _line(question: Row[Any], skill: Skill, *, is_void: bool) -> CourseLine:
    outcome = Outcome(question.outcome) if question.outcome else None
    kind, word = ("pending", "Attend une réponse") if outcome is None else (_SHAPES[outcome], label(outcome))
    if is_void:
        kind, word = "disabled", "Question retirée, ne compte pas"
    reason = mapping.reason_from_json(question.reason)
    return CourseLine(
        number=question.position,
        subject=skill.tube_title,
        skill=skill.description,
        kind=kind,
        outcome=word,
        exits=f"A quitté la page {counted(question.exits, 'fois', 'fois')}." if question.exits else "",
        reason=sentence_of(reason) if reason else "",
    )


def sentence_of(reason: Reason) -> str:
    """Say why a question was chosen, in one sentence that a teacher reads."""
    success, acquired = _chances(reason.probability), _chances(reason.acquired)
    match reason.rule:
        case Rule.FIRST_QUESTION:
            return (
                f"Choisie facile, pour commencer en confiance\u00a0: l’élève avait {success} de la réussir."
            )
        case Rule.BEST_GAIN:
            return (
                f"Choisie parce que la réponse en apprend le plus\u00a0: l’acquis paraissait "
                f"{_impression(reason.acquired)} ({acquired}) et il renseigne sur ses voisins."
            )
        case Rule.AFTER_LOSSES:
            return (
                "Choisie plus facile, après deux questions de suite sans réussite\u00a0: l’élève avait "
                f"{success} de la réussir."
            )
        case Rule.NEW_COMPETENCE:
            return (
                "Choisie parce qu’aucune question n’avait encore porté sur cette compétence\u00a0; l’acquis "
                f"paraissait {_impression(reason.acquired)} ({acquired})."
            )
        case Rule.ASKED_AGAIN:
            return (
                "Choisie pour revoir un acquis qui ne l’était pas à l’essai d’avant, avec une autre question "
                f"si possible\u00a0; il paraissait {_impression(reason.acquired)} ({acquired})."
            )
        case Rule.SKIPPED_AGAIN:
            return (
                "Choisie pour donner une seconde chance à un acquis dont l’élève avait passé la question\u00a0; "
                f"il paraissait {_impression(reason.acquired)} ({acquired})."
            )


def _chances(probability: float) -> str:
    return f"{whole_percent(probability)}\u00a0% de chances"


def _impression(acquired: float) -> str:
    if acquired >= SURE_FROM:
        return "probable"
    return "incertain" if acquired >= TO_CONFIRM_FROM else "peu probable"
