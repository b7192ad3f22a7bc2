"""Importing a roster: the file, the dry run, then the list."""

import uuid
from contextlib import suppress

from flask import Response, request

from portal import htmx
from portal.access import open_to
from portal.blueprints.students import bp
from portal.blueprints.students.editing import GRADES
from portal.blueprints.students.filters import ordered
from portal.blueprints.students.forms import ImportForm, read_grades
from portal.blueprints.students.helping import doer
from portal.blueprints.students.lines import shown
from portal.blueprints.students.summaries import counts_sentence, sections_of, shown_problems
from portal.chrome import say
from portal.domain.permissions import Action
from portal.rosters.reading import RosterRefused
from portal.services import rosters
from portal.services.roster_plans import ProblemsFound


@bp.route("/eleves/import", methods=["GET", "POST"])
@open_to(Action.MANAGE_ROSTER)
def import_roster() -> Response:
    """Read a file, and show everything to correct in it or what it would change."""
    form = ImportForm()
    problems: list[tuple[str, str]] = []
    if form.validate_on_submit():
        file = form.file.data
        try:
            public_id = rosters.stage(file.read(), file.filename or "", doer())
        except RosterRefused as error:
            form.file.errors = [str(error)]
        except ProblemsFound as error:
            problems = shown_problems(error.problems)
        else:
            return htmx.see_other("students.show_import", public_id=public_id)
    refused = form.errors or problems
    return htmx.render("students/import.html", status=422 if refused else 200, form=form, problems=problems)


@bp.get("/eleves/import/<uuid:public_id>")
@open_to(Action.MANAGE_ROSTER)
def show_import(public_id: uuid.UUID) -> Response:
    """Show what publishing a file would change, or what it changed."""
    preview = rosters.preview(public_id, doer())
    staged, diff = preview.staged, preview.diff
    if staged.published_at is not None:
        return htmx.render(
            "students/published.html",
            staged=staged,
            file_name=shown(staged.file_name),
            sentence=counts_sentence(staged.counts),
        )
    return htmx.render(
        "students/preview.html",
        staged=staged,
        sentence=counts_sentence(preview.counts),
        changes_nothing=diff.changes_nothing,
        sections=sections_of(diff, staged.left_out),
        problems=shown_problems(diff.problems),
        to_confirm=ordered(preview.to_confirm),
        grades=GRADES,
    )


@bp.post("/eleves/import/<uuid:public_id>/publier")
@open_to(Action.MANAGE_ROSTER)
def publish_import(public_id: uuid.UUID) -> Response:
    """Make the list what the file says."""
    # When the list changed so that the file no longer fits, the dry run shows what to correct now.
    with suppress(ProblemsFound):
        rosters.publish(public_id, read_grades(request.form), doer())
    return htmx.see_other("students.show_import", public_id=public_id)


@bp.post("/eleves/import/<uuid:public_id>/annuler")
@open_to(Action.MANAGE_ROSTER)
def cancel(public_id: uuid.UUID) -> Response:
    """Forget a file without changing the list."""
    if rosters.cancel(public_id, doer()):
        say("Le fichier est oublié, la liste n’a pas changé.")
    else:
        say("Ce fichier vient d’être importé\u00a0: la liste a changé.", "warning")
    return htmx.see_other("students.index")
