"""Signed fields: what a form carries and nobody can change."""

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.domain.errors import DomainError
from portal.domain.marking import Given
from portal.persistence import mapping

TWELVE_HOURS = 12 * 3600


class StaleForm(DomainError):
    """The form is not one of ours, or was left open for too long."""


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """To whom a question was asked, in which try: no form of another person answers it."""

    learner_id: int
    participation: uuid.UUID
    question: uuid.UUID


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return _keyed_serializer(current_app.config["SECRET_KEY"], purpose)


@cache
def _keyed_serializer(key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=f"player:{purpose}")


def sign(purpose: str, payload: list[Any]) -> str:
    """Sign a payload for one purpose."""
    return _serializer(purpose).dumps(payload)


def read(purpose: str, token: str) -> list[Any]:
    """Read a payload signed for this purpose within twelve hours.

    Raises: StaleForm.
    """
    try:
        payload: list[Any] = _serializer(purpose).loads(token, max_age=TWELVE_HOURS)
    except BadSignature:
        raise StaleForm("La page est restée ouverte trop longtemps. Reprenez depuis l’accueil.") from None
    return payload


def sign_question(token: QuestionToken) -> str:
    """Sign whose question this is."""
    return sign("question", [token.learner_id, token.participation.hex, token.question.hex])


def read_question(token: str) -> QuestionToken:
    """Read whose question a form answers.

    Raises: StaleForm.
    """
    learner_id, participation, question = read("question", token)
    return QuestionToken(learner_id, uuid.UUID(participation), uuid.UUID(question))


def sign_answer(token: QuestionToken, given: Given | None) -> str:
    """Sign an answer typed in a session that had expired, until its author signs in again."""
    content = mapping.given_to_json(given) if given else None
    return sign("answer", [token.learner_id, token.participation.hex, token.question.hex, content])


def read_answer(token: str) -> tuple[QuestionToken, Given | None]:
    """Read an answer kept while its author signs in.

    Raises: StaleForm.
    """
    learner_id, participation, question, content = read("answer", token)
    given = mapping.given_from_json(content) if content else None
    return QuestionToken(learner_id, uuid.UUID(participation), uuid.UUID(question)), given
