"""The small server of the preview: the pages of one person, on her own machine, beside the portal."""

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory, url_for
from jinja2 import StrictUndefined
from werkzeug.exceptions import NotFound

from portal import htmx, labels, security
from portal.assets import asset
from portal.bank.workshop import Found, What, Workshop
from portal.cli.preview import questions, views
from portal.domain.errors import NotFound as DomainNotFound
from portal.settings import Settings

PORTAL = Path(__file__).resolve().parents[2]


class _Fresh(dict[str, str]):
    """The addresses of static files: a new one each time a file is saved, so that no picture is an old one."""

    def __init__(self, content: Path) -> None:
        """Serve the pictures of this bank."""
        super().__init__()
        self.content = content

    def __missing__(self, name: str) -> str:
        path = (self.content if name.startswith("medias/") else PORTAL / "static") / name
        # A picture that is not there yet is told of below the question, not by a page that fails.
        return f"{name}?{path.stat().st_mtime_ns}" if path.is_file() else name


def make_app(workshop: Workshop, settings: Settings) -> Flask:
    """Build the application of the preview: no database, no account, none of the portal's addresses."""
    app = Flask("portal", static_folder=None, template_folder=str(PORTAL / "templates"))
    app.config["SECRET_KEY"] = secrets.token_hex(32)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["assets"] = _Fresh(workshop.content)
    labels.init_app(app)
    security.init_app(app, replace(settings, trusted_proxy=None, is_https=False))
    htmx.init_app(app)
    _dress(app, workshop)
    app.register_blueprint(views.make(workshop))
    app.register_blueprint(questions.make(workshop, token=secrets.token_hex(16)))
    for error in (NotFound, DomainNotFound):
        app.register_error_handler(error, lambda _: views.gone(workshop))
    return app


def _dress(app: Flask, workshop: Workshop) -> None:
    """Give the layouts what the portal gives them, for nobody in particular."""
    app.jinja_env.globals["asset"] = asset

    @app.before_request
    def follow() -> None:
        request.environ["balise.state"] = workshop.refresh()

    @app.context_processor
    def chrome() -> dict[str, Any]:
        return {
            "viewer": None,
            "navigation": [],
            "notices": [],
            "demonstration": None,
            "sign_out_url": "",
            "account_url": None,
            "state_of_files": request.environ["balise.state"],
            "watch_url": url_for("apercu.state"),
        }

    @app.get("/statique/<path:name>")
    def static_file(name: str) -> Response:
        folder = workshop.content if name.startswith("medias/") else PORTAL / "static"
        return send_from_directory(folder, name)


def address_of(found: Found | None, name: str) -> str:
    """Give the address of what is asked for; a name that is not found has one too, for when its file is mended."""
    what = found.what if found else What.QUESTION
    stem = found.name if found else (Path(name).stem if name.endswith(".yaml") else name)
    return f"/{what}/{stem}" if found else f"/nom/{stem}"
