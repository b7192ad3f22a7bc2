"""One question of the bank, as a pupil sees it, with its key: for the team only."""

from flask import Response, request, url_for
from sqlalchemy.exc import NoResultFound

from portal import downloads, htmx, samples
from portal.access import open_to
from portal.bank_store import current_bank
from portal.blueprints.catalogue import bp
from portal.domain.errors import NotFound
from portal.domain.permissions import Action
from portal.domain.referential import Challenge, Skill
from portal.markup import render_markdown
from portal.services import bank as bank_service
from portal.services import freezing


def _found(key: str) -> tuple[Skill | None, Challenge, bool]:
    """Find a question: that of the bank, or the version that is asked for.

    Returns: its skill, None if the bank no longer holds it; the question; whether it is the present one.
    """
    skill, present = next(
        ((skill, one) for skill, one in current_bank().every_challenge() if one.id == key), (None, None)
    )
    version = request.args.get("version", "")
    if present is not None and version in {"", bank_service.version_of(present)}:
        return skill, present, True
    try:
        return skill, freezing.challenge(key, version), False
    except NoResultFound:
        raise NotFound from None


@bp.get("/catalogue/questions/<key>")
@open_to(Action.READ_SCHOOL)
def question(key: str) -> Response:
    """Show a question, its key and its explanation."""
    skill, challenge, is_present = _found(key)
    exercise = samples.exercise_of(challenge)
    version = request.args.get("version") or None
    return htmx.render(
        "catalogue/question.html",
        card=samples.card_of(exercise, drawn=url_for("catalogue.picture", key=key, version=version)),
        skill=skill,
        is_present=is_present,
        answers=samples.answers_of(exercise),
        explanation=render_markdown(exercise.challenge.explanation),
        file_url=url_for("catalogue.file", key=key, version=version),
        action="#",
        begin_url="#",
        leave_url="#",
        token="",
        error=None,
        report=None,
    )


@bp.get("/catalogue/questions/<key>/fichier")
@open_to(Action.READ_SCHOOL)
def file(key: str) -> Response:
    """Give the file that the pupil of the example gets."""
    return downloads.file(samples.file_of(_found(key)[1]))


@bp.get("/catalogue/questions/<key>/image")
@open_to(Action.READ_SCHOOL)
def picture(key: str) -> Response:
    """Draw the picture that the pupil of the example sees."""
    return downloads.picture(samples.exercise_of(_found(key)[1]).challenge)
