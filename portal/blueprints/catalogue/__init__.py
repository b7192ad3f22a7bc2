from flask import Blueprint

bp = Blueprint("catalogue", __name__)

from portal.blueprints.catalogue import questions, views  # noqa: E402, F401  (the views register themselves)
