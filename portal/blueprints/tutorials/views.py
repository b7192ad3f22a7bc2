"""The pages to learn from: their list, each of them, and what a pupil marks there."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flask import Response, abort, request, url_for

from portal import clock, htmx
from portal.access import Viewer, current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.tutorials import bp
from portal.blueprints.tutorials.pages import Marks, Page, lines_of, marks_of, page_of
from portal.blueprints.tutorials.trials import Left, Panel, Trials, reader_of
from portal.domain.permissions import Action, Role
from portal.domain.tutorials import Rating
from portal.persistence.queries import tutorials as queries
from portal.reading import whole_number
from portal.services import tutorials

YES = "oui"


@bp.get("/tutoriels")
@open_to(Action.VISIT)
def index() -> Response:
    """List every page: with what the pupil marked, or with what the school's pupils did."""
    viewer = current_viewer()
    areas = lines_of(
        current_bank(),
        queries.readings(viewer.learner_id) if viewer.role is Role.PUPIL else {},
        queries.usage(viewer.school_id) if viewer.is_staff else None,
    )
    lines = [line for _, competences in areas for _, group in competences for line in group]
    return htmx.render(
        "tutorials/index.html",
        areas=areas,
        count=len(lines),
        read=sum(line.marks.read_at is not None for line in lines),
        saved=[line for line in lines if line.marks.saved_at],
        is_pupil=viewer.role is Role.PUPIL,
        is_staff=viewer.is_staff,
    )


@bp.get("/tutoriels/<tube>")
@open_to(Action.VISIT)
def show(tube: str) -> Response:
    """Show the page that teaches a subject; `essai` opens a question under one of its sections."""
    bank, reader = current_bank(), reader_of(current_viewer())
    page, section = page_of(bank, tube), request.args.get("essai", "")
    if reader is None:
        if section and htmx.wants_fragment():
            # The session ended on the open page: the page of a visitor has no place under a section.
            return htmx.ask_to_sign_in(_left(page).sign_in_url)
        return show_page(page)
    trials = Trials(page, bank, reader)
    if not section:
        return show_page(page, panels=trials.panels())
    trial = trials.begin(section, _turn())
    panels = trials.panels({section: trials.show(trial)} if trial else None)
    return show_page(
        page,
        fragment="tutorials/_trial.html",
        oob=("tutorials/_other_trials.html",),
        panel=panels[section],
        panels=panels,
    )


def _turn() -> int:
    return whole_number(request.args.get("tour")) or 0


def _left(page: Page) -> Left:
    """Read in the address which question a visitor would open, and whether a member's page led there."""
    section = request.args.get("essai", "")
    if section not in {one.anchor for one in page.lessons}:
        return Left(page.tube.id)
    return Left(page.tube.id, section, _turn(), is_member="equipe" in request.args)


def show_page(
    page: Page,
    *,
    fragment: str | None = None,
    oob: Sequence[str] = (),
    status: int = 200,
    retarget: str | None = None,
    panel: Panel | None = None,
    panels: Mapping[str, Panel] = MappingProxyType({}),
) -> Response:
    """Show a page, or what stands under one of its sections: `panel`, among all the `panels`."""
    viewer = current_viewer()
    return htmx.render(
        "tutorials/show.html",
        fragment=fragment,
        oob=oob,
        status=status,
        retarget=retarget,
        panel=panel,
        panels=panels,
        page=page,
        marks=_marks(viewer, page.tube.id),
        mark_url=url_for("tutorials.mark", tube=page.tube.id),
        ratings=tuple(Rating),
        said="",
        is_staff=viewer.is_staff,
        sign_in_url=_left(page).sign_in_url,
    )


def _marks(viewer: Viewer, tube: str) -> Marks | None:
    """Read what the pupil marked; nobody else marks anything."""
    return marks_of(queries.reading(viewer.learner_id, tube)) if viewer.role is Role.PUPIL else None


@bp.post("/tutoriels/<tube>/lecture")
@open_to(Action.PLAY)
def mark(tube: str) -> Response:
    """Keep what the pupil says of the page: read, kept for later, useful or not."""
    page = page_of(current_bank(), tube)
    said = _write(current_viewer().learner_id, page.tube.id)
    if not htmx.wants_fragment():
        return htmx.see_other("tutorials.show", tube=tube, _anchor="lecture")
    return htmx.render(
        "tutorials/show.html",
        fragment="tutorials/_marks.html",
        oob=("tutorials/_said.html",),
        marks=_marks(current_viewer(), tube),
        mark_url=url_for("tutorials.mark", tube=tube),
        ratings=tuple(Rating),
        said=said,
    )


def _write(learner_id: int, tube: str) -> str:
    """Do what the button says, and say it in words."""
    at = clock.now()
    match request.form.to_dict():
        case {"lu": wanted}:
            tutorials.mark_read(learner_id, tube, is_read=wanted == YES, at=at)
            return "Page marquée comme lue." if wanted == YES else "Page marquée comme non lue."
        case {"garde": wanted}:
            tutorials.keep(learner_id, tube, is_kept=wanted == YES, at=at)
            return (
                "Page gardée pour plus tard." if wanted == YES else "Page retirée de celles que vous gardez."
            )
        case {"avis": wanted} if wanted in list(Rating):
            tutorials.rate(learner_id, tube, Rating(wanted))
            return "Merci, votre avis est gardé."
    abort(400)
