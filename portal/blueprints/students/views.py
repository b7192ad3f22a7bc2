"""The list of pupils, and the page of one of them."""

import uuid
from datetime import datetime, time

from flask import Response, request

from portal import clock, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.students import bp
from portal.blueprints.students.filters import PER_PAGE, options_of, ordered, read_filters
from portal.blueprints.students.lines import full_name, line_of, shown, sign_in_state, try_line
from portal.domain.errors import NotFound
from portal.domain.permissions import Action, Role, is_allowed
from portal.domain.profile import by_area
from portal.domain.school import PARIS
from portal.persistence.models import Student
from portal.persistence.queries import participations
from portal.persistence.queries import students as queries
from portal.services import profiles


@bp.get("/eleves")
@open_to(Action.READ_SCHOOL)
def index() -> Response:
    """List the pupils of the school."""
    school_id, now = current_viewer().school_id, clock.now()
    today = _midnight(now)
    filters = read_filters(request.args)
    classes = ordered(queries.classes(school_id))
    counts = queries.counts(school_id, since=today)
    options = options_of(classes, with_none=bool(counts.without_class))
    wanted = queries.Wanted(
        classes=filters.ids(options),
        words=filters.words,
        with_disabled=filters.with_disabled,
        linked_since=today if filters.linked_today else None,
    )
    matching = queries.count(school_id, wanted)
    pages = max(1, -(-matching // PER_PAGE))
    number = min(filters.page, pages)
    rows = queries.page(
        school_id,
        wanted,
        filters.order,
        {one.id: rank for rank, one in enumerate(classes)},
        first=(number - 1) * PER_PAGE,
        size=PER_PAGE,
    )
    return htmx.render(
        "students/index.html",
        fragment="students/_table.html",
        counts=counts,
        options=options,
        chosen=set(filters.classes),
        filters=filters,
        lines=[line_of(row, now=now, today=today) for row in rows],
        matching=matching,
        number=number,
        pages=pages,
        can_manage=can_manage(),
    )


@bp.get("/eleves/<uuid:public_id>")
@open_to(Action.READ_SCHOOL)
def show(public_id: uuid.UUID) -> Response:
    """Show who a pupil is, the account, every try, and the profile."""
    student, now, bank = load(public_id), clock.now(), current_bank()
    learner_id = student.learner_id
    tries = participations.of_learner(learner_id, student.school_id) if learner_id else []
    profile = profiles.of_learner(learner_id, bank, now, is_for_staff=True) if learner_id and tries else None
    return htmx.render(
        "students/show.html",
        student=student,
        name=full_name(student),
        usage_name=shown(student.usage_name or "–"),
        state=sign_in_state(student.learner, now=now),
        tries=[try_line(row) for row in tries],
        profile=profile,
        areas=by_area(profile, bank.referential) if profile else (),
        can_manage=can_manage(),
    )


def load(public_id: uuid.UUID) -> Student:
    """Load a pupil of the viewer's school.

    Raises: NotFound.
    """
    student = queries.by_public_id(current_viewer().school_id, public_id)
    if student is None:
        raise NotFound
    return student


def can_manage() -> bool:
    """Tell whether the viewer may change the list."""
    return is_allowed(Role(current_viewer().role), Action.MANAGE_ROSTER)


def _midnight(now: datetime) -> datetime:
    """Give the beginning of the day in Paris."""
    return datetime.combine(now.astimezone(PARIS).date(), time(), PARIS)
