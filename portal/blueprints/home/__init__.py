from flask import Blueprint

bp = Blueprint("home", __name__)

from portal.blueprints.home import reports, views, withdrawals  # noqa: E402, F401  (the views register themselves)
