"""The commands, in French words: each says what it did, or what to correct."""

from flask import Flask

from portal.cli.content import content_cli
from portal.cli.engine import engine_cli
from portal.cli.school import school_cli
from portal.cli.serve import serve_command


def init_app(app: Flask) -> None:
    """Add our commands to `flask --app wsgi`."""
    app.cli.add_command(serve_command)
    app.cli.add_command(content_cli)
    app.cli.add_command(school_cli)
    app.cli.add_command(engine_cli)
