from flask import Blueprint

bp = Blueprint("player", __name__)

from portal.blueprints.player import views  # noqa: E402, F401  (the views register themselves)
