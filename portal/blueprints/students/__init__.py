from flask import Blueprint

bp = Blueprint("students", __name__)

from portal.blueprints.students import (  # noqa: E402, F401  (the views register themselves)
    editing,
    helping,
    importing,
    views,
)
