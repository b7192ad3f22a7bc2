from flask import Blueprint

bp = Blueprint("auth", __name__)

from portal.blueprints.auth import (  # noqa: E402, F401  (the views register themselves)
    account,
    arrivals,
    demonstrations,
    views,
)
