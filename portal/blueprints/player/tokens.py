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


def sign_answer(token: QuestionToken, given: Given | None) -> str:
    """Sign an answer typed in a session that had expired, until its author signs in again."""
    content = mapping.given_to_json(given) if given else None
    return sign("player:answer", [token.learner_id, token.participation.hex, token.question.hex, content])


def read_answer(token: str) -> tuple[QuestionToken, Given | None]:
    """Read an answer kept while its author signs in.

    Raises: StaleForm.
    """
    learner_id, participation, question, content = read("player:answer", token)
    given = mapping.given_from_json(content) if content else None
    return QuestionToken(learner_id, uuid.UUID(participation), uuid.UUID(question)), given
