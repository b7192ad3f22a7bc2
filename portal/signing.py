"""Signed fields: what a form carries and nobody can change."""

from functools import cache
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, TimedSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from portal.domain.errors import DomainError

TWELVE_HOURS = 12 * 3600
# In bytes: a shorter field is signed as it is.
WORTH_COMPRESSING = 256


class StaleForm(DomainError):
    """The form is not one of ours, or was left open for too long."""


class _Serializer(URLSafeTimedSerializer):
    """Most signed fields are short: trying to compress each takes four times as long as signing it."""

    def dump_payload(self, obj: Any) -> bytes:
        plain = TimedSerializer.dump_payload(self, obj)
        # What a simulator went through is long, and stands in the form of each of its gestures.
        return super().dump_payload(obj) if len(plain) > WORTH_COMPRESSING else base64_encode(plain)


@cache
def _serializer(key: str, purpose: str) -> _Serializer:
    return _Serializer(key, salt=purpose)


def sign(purpose: str, payload: list[Any]) -> str:
    """Sign a payload for one purpose."""
    return _serializer(current_app.config["SECRET_KEY"], purpose).dumps(payload)


def read(purpose: str, token: str, *, max_age: int | None = TWELVE_HOURS) -> list[Any]:
    """Read a payload signed for this purpose within twelve hours, or `max_age` seconds; None: ever.

    Raises: StaleForm.
    """
    try:
        payload: list[Any] = _serializer(current_app.config["SECRET_KEY"], purpose).loads(
            token, max_age=max_age
        )
    except BadSignature:
        raise StaleForm("La page est restée ouverte trop longtemps. Reprenez depuis l’accueil.") from None
    return payload
