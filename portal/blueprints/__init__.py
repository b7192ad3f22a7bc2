"""The pages: one blueprint a noun, views that load, ask a service, and render."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    from portal.blueprints import (
        auth,
        campaigns,
        catalogue,
        home,
        members,
        player,
        results,
        students,
        tutorials,
    )

    for package in (home, auth, members, students, catalogue, campaigns, player, results, tutorials):
        app.register_blueprint(package.bp)
