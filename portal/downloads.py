"""What a question gives besides its page: the picture that is composed, the file that is made."""

from flask import Response, make_response

from portal.domain.errors import NotFound
from portal.material.pictures.library import Composed
from portal.material.recipe import MadeFile
from portal.security import PICTURE_POLICY

# The same for the same question: a pupil who comes back to it has it at once.
_KEPT = "private, max-age=3600"


def picture(drawn: Composed | None) -> Response:
    """Send the picture of a question.

    Raises: NotFound.
    """
    if drawn is None:
        raise NotFound
    response = make_response(drawn.svg)
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = _KEPT
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


def file(made: MadeFile | None) -> Response:
    """Send the file of a question, under its name.

    Raises: NotFound.
    """
    if made is None:
        raise NotFound
    response = make_response(made.content)
    response.mimetype = made.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Cache-Control"] = _KEPT
    return response
