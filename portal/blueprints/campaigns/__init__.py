from flask import Blueprint

bp = Blueprint("campaigns", __name__)

from portal.blueprints.campaigns import views  # noqa: E402, F401  (the views register themselves)
