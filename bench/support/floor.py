"""The floor: the least that any application doing this job does, on the same server and database.

The same session look-up and the same `write_tx` as the portal, one row read, one row written, a
template of 3 KB; no rule, no correction, no engine, no protection.
"""

import uuid
from datetime import datetime

import click
from flask import Flask, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bench.support import gate
from portal import access, clock, extensions
from portal.access import current_viewer
from portal.cli.serve import serve
from portal.extensions import Model, db
from portal.persistence.models import Participation
from portal.persistence.transaction import write_tx
from portal.persistence.types import UtcDateTime
from portal.settings import Settings


class FloorAnswer(Model):
    """The one row written."""

    __tablename__ = "floor_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[int]
    given: Mapped[str]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


def make_app(settings: Settings) -> Flask:
    """Build the floor with the portal's own database and session look-up."""
    app = Flask(__name__)
    app.config.update(settings.flask_config())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    extensions.init_app(app, settings)
    access.init_app(app)
    # The checks of forged forms and of rates came with the extensions: the floor has neither.
    app.before_request_funcs.clear()
    app.after_request_funcs.clear()
    app.add_url_rule("/participations/<uuid:public_id>/question", view_func=question)
    app.add_url_rule("/participations/<uuid:public_id>/reponses", view_func=answer, methods=["POST"])
    with app.app_context():
        db.metadata.tables[FloorAnswer.__tablename__].create(db.engine, checkfirst=True)
    return app


def question(public_id: uuid.UUID) -> str:
    """Show the form."""
    return render_template(
        "card.html", participation=public_id, learner=current_viewer().learner_id, number=1
    )


def answer(public_id: uuid.UUID) -> str:
    """Do the whole floor."""
    viewer = current_viewer()
    row = db.session.execute(
        select(Participation.id, Participation.answered).where(Participation.public_id == public_id)
    ).one()
    with write_tx() as session:
        session.add(
            FloorAnswer(participation_id=row.id, given=request.form.get("choix", ""), answered_at=clock.now())
        )
    return render_template(
        "card.html", participation=public_id, learner=viewer.learner_id, number=row.answered + 1
    )


@click.command
@click.option("--port", type=int, required=True)
def main(port: int) -> None:
    """Serve the floor exactly as the portal is served."""
    gate.tell_at_exit()
    settings = Settings.from_environment()
    serve(make_app(settings), settings, settings.host, port)


if __name__ == "__main__":
    main()
