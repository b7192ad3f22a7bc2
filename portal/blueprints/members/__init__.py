from flask import Blueprint

bp = Blueprint("members", __name__)

from portal.blueprints.members import inviting, views  # noqa: E402, F401  (the views register themselves)
