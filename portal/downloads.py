"""What a question gives besides its page: the picture that is composed, the file that is made."""

from flask import Response, make_response, request

from portal.domain.errors import NotFound
from portal.domain.referential import Challenge
from portal.material.recipe import MadeFile
from portal.security import PICTURE_POLICY
from portal.services import exercises

# Behind the same address the question, or the way it is drawn, may be another one tomorrow: what the browser holds is
# checked each time.
_CHECKED = "private, no-cache"


def picture(challenge: Challenge) -> Response:
    """Send the picture of a question as one pupil meets it; with `etroite`, the one for a small screen.

    Raises: NotFound.
    """
    drawn = exercises.picture_of(challenge, is_narrow="etroite" in request.args)
    if drawn is None:
        raise NotFound
    response = make_response(drawn.svg)
    response.mimetype = "image/svg+xml"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return _checked(response)


def file(made: MadeFile | None) -> Response:
    """Send the file of a question, under its name.

    Raises: NotFound.
    """
    if made is None:
        raise NotFound
    response = make_response(made.content)
    response.mimetype = made.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return _checked(response)


def _checked(response: Response) -> Response:
    """Send nothing to a browser that holds the same already."""
    response.headers["Cache-Control"] = _CHECKED
    response.add_etag()
    response.make_conditional(request)
    return response
