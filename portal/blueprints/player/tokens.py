"""The signed fields of questions: whose they are, and answers kept while their author signs in."""

import uuid
from dataclasses import dataclass

from portal.domain.marking import Given
from portal.persistence import mapping
from portal.signing import read, sign


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """To whom a question was asked, in which try: no form of another person answers it."""

    learner_id: int
    participation: uuid.UUID
    question: uuid.UUID


def sign_question(token: QuestionToken) -> str:
    """Sign whose question this is."""
    return sign("player:question", [token.learner_id, token.participation.hex, token.question.hex])


def read_question(token: str) -> QuestionToken:
    """Read whose question a form answers.

    Raises: StaleForm.
    """
    learner_id, participation, question = read("player:question", token)
    return QuestionToken(learner_id, uuid.UUID(participation), uuid.UUID(question))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer kept while its author signs in; `report`: the problem and the words filled beside it."""

    token: QuestionToken
    given: Given | None
    report: tuple[str, str] | None = None


def sign_answer(kept: Kept) -> str:
    """Sign an answer typed in a session that had expired, until its author signs in again."""
    token, content = kept.token, mapping.given_to_json(kept.given) if kept.given else None
    names = [token.learner_id, token.participation.hex, token.question.hex]
    return sign("player:answer", [*names, content, *(kept.report or ())])


def read_answer(token: str) -> Kept:
    """Read an answer kept while its author signs in.

    Raises: StaleForm.
    """
    learner_id, participation, question, content, *report = read("player:answer", token)
    given = mapping.given_from_json(content) if content else None
    asked = QuestionToken(learner_id, uuid.UUID(participation), uuid.UUID(question))
    return Kept(asked, given, (report[0], report[1]) if report else None)
