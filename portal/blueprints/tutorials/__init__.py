from flask import Blueprint

bp = Blueprint("tutorials", __name__)

from portal.blueprints.tutorials import trying, views  # noqa: E402, F401  (the views register themselves)
