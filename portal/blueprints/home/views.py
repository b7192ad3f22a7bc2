"""The first page of each."""

from flask import Response

from portal import clock, htmx
from portal.access import Viewer, current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.home import bp
from portal.domain.permissions import Action, Role
from portal.domain.profile import by_area
from portal.labels import PARIS
from portal.persistence.queries import calibration as calibration_queries
from portal.persistence.queries import campaigns as campaign_queries
from portal.persistence.queries import participations as queries
from portal.persistence.queries import reports as report_queries
from portal.persistence.queries import schools as school_queries
from portal.persistence.queries import tutorials as tutorial_queries
from portal.persistence.queries.campaigns import View, Wanted
from portal.services import profiles, schools, tutorials

# The first page stays short: the list of all pages is one click away.
LISTED_AT_MOST = 3


@bp.get("/")
@open_to(Action.VISIT)
def index() -> Response:
    """Lead everybody to the one thing to do first."""
    viewer = current_viewer()
    if viewer.role is Role.PUPIL:
        tries = queries.of_learner(viewer.learner_id, viewer.school_id)
        marks = tutorial_queries.readings(viewer.learner_id)
        bank = current_bank()
        saved = sorted((row.saved_at, tube) for tube, row in marks.items() if row.saved_at)
        kept = [
            bank.tubes[tube] for _, tube in reversed(saved) if tube in bank.tutorials and tube in bank.tubes
        ]
        read_at = {tube: row.read_at for tube, row in marks.items()}
        return htmx.render(
            "home/pupil.html",
            tries=tries,
            advice=tutorials.recommended(viewer.learner_id, bank, read_at)[:LISTED_AT_MOST],
            kept=kept,
            listed=LISTED_AT_MOST,
        )
    if viewer.is_staff:
        return _staff_home(viewer)
    if not schools.exists():
        return htmx.see_other("auth.set_up")
    return htmx.render("home/index.html")


def _staff_home(viewer: Viewer) -> Response:
    midnight = clock.now().astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    overview = school_queries.overview(viewer.school_id, today_from=midnight)
    everything = Wanted(school_id=viewer.school_id, member_id=viewer.member_id)
    is_admin = viewer.role is Role.ADMIN
    steps = [
        ("Importer les élèves", "students.import_roster", overview.students > 0),
        ("Créer une campagne", "campaigns.create", overview.campaigns > 0),
        ("Inviter l’équipe", "members.index", overview.members + overview.invitations > 1),
    ]
    return htmx.render(
        "home/staff.html",
        first_name=viewer.name.partition(" ")[0],
        overview=overview,
        waiting=campaign_queries.count_waiting(everything, View.ALL),
        steps=steps if is_admin and not all(is_done for _, _, is_done in steps) else [],
        is_admin=is_admin,
        reported=report_queries.counts(viewer.school_id)[0],
        withdrawn=calibration_queries.count_withdrawals() if is_admin else 0,
    )


@bp.get("/mon-profil")
@open_to(Action.PLAY)
def profile() -> Response:
    """Show the pupil what every answer says of the sixteen competences."""
    bank = current_bank()
    found = profiles.of_learner(current_viewer().learner_id, bank, clock.now())
    return htmx.render("home/profile.html", profile=found, areas=by_area(found, bank.referential))


@bp.get("/healthz")
@open_to(Action.VISIT)
def health() -> Response:
    """Say that the process answers and reads its database."""
    schools.exists()
    return Response("ok\n", mimetype="text/plain")
