"""Ten seconds for a pupil who cannot get in: any member of the team may help."""

import uuid

from flask import Response, request

from portal import clock, htmx
from portal.access import current_viewer, is_own_path, open_to
from portal.blueprints.students import bp
from portal.blueprints.students.lines import full_name
from portal.blueprints.students.views import load
from portal.chrome import say
from portal.domain.permissions import Action
from portal.services import students
from portal.services.members import Doer


def doer() -> Doer:
    """Name the member who acts."""
    viewer = current_viewer()
    return Doer(viewer.school_id, viewer.member_id, clock.now())


@bp.post("/eleves/<uuid:public_id>/mot-de-passe")
@open_to(Action.HELP_PUPIL)
def reset_passphrase(public_id: uuid.UUID) -> Response:
    """Show a new passphrase, once.

    The answer to the POST itself shows it, without the usual redirection: a page to redirect to would have
    to keep the secret somewhere to show it. Nothing keeps this answer either (no-store); sending the form
    again makes another passphrase.
    """
    made = students.reset_passphrase(public_id, doer())
    return htmx.render(
        "students/new_passphrase.html", made=made, name=full_name(made.student), back=_back_url()
    )


@bp.post("/eleves/<uuid:public_id>/debloquer")
@open_to(Action.HELP_PUPIL)
def unlock(public_id: uuid.UUID) -> Response:
    """Let a pupil try again with his or her own passphrase."""
    student = students.unlock(public_id, doer())
    say(f"{full_name(student)} peut se connecter de nouveau, avec son mot de passe.")
    return _go_back(public_id)


@bp.post("/eleves/<uuid:public_id>/detacher")
@open_to(Action.HELP_PUPIL)
def detach(public_id: uuid.UUID) -> Response:
    """Undo a link that somebody else claimed."""
    load(public_id)
    try:
        account = uuid.UUID(request.form.get("compte", ""))
    except ValueError:
        account = uuid.UUID(int=0)
    student = students.detach(public_id, account, doer())
    if student.learner_id is None:
        say(
            f"Rattachement annulé\u00a0: {full_name(student)} peut entrer de nouveau le code d’une campagne et "
            "dire son nom. Ce qui a été fait reste avec l’ancien compte, qui n’ouvre plus rien."
        )
    else:
        say("Cet élève vient d’être rattaché à un autre compte\u00a0: rien n’a changé.", "warning")
    return _go_back(public_id)


def _back_url() -> str | None:
    wanted = request.form.get("suite")
    return wanted if wanted and is_own_path(wanted) else None


def _go_back(public_id: uuid.UUID) -> Response:
    url = _back_url()
    return htmx.redirect_to(url) if url else htmx.see_other("students.show", public_id=public_id)
