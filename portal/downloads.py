"""What a question gives besides its page: the picture that is composed, the file that is made."""

from flask import Response, make_response, request

from portal.domain.errors import NotFound
from portal.domain.referential import Challenge
from portal.material.recipe import MadeFile
from portal.security import PICTURE_POLICY
from portal.services import exercises

# The same for the same question: a pupil who comes back to it has it at once.
_KEPT = "private, max-age=3600"
# Behind the same address the question may be another one tomorrow: what the browser holds is checked each time.
_CHECKED = "private, no-cache"


def picture(challenge: Challenge, *, may_change: bool = False) -> Response:
    """Send the picture of a question as one pupil meets it; with `etroite`, the one for a small screen.

    `may_change`: another one may come behind the same address.

    Raises: NotFound.
    """
    drawn = exercises.picture_of(challenge, is_narrow="etroite" in request.args)
    if drawn is None:
        raise NotFound
    response = make_response(drawn.svg)
    response.mimetype = "image/svg+xml"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return _kept(response, may_change=may_change)


def file(made: MadeFile | None, *, may_change: bool = False) -> Response:
    """Send the file of a question, under its name; `may_change`: as for a picture.

    Raises: NotFound.
    """
    if made is None:
        raise NotFound
    response = make_response(made.content)
    response.mimetype = made.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return _kept(response, may_change=may_change)


def _kept(response: Response, *, may_change: bool) -> Response:
    """Say how long a browser may show again what it was sent."""
    if not may_change:
        response.headers["Cache-Control"] = _KEPT
        return response
    response.headers["Cache-Control"] = _CHECKED
    response.add_etag()
    response.make_conditional(request)
    return response
