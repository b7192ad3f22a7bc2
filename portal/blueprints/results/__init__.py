from flask import Blueprint

bp = Blueprint("results", __name__)

from portal.blueprints.results import views  # noqa: E402, F401  (the views register themselves)
