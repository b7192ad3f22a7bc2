"""What every way in shares: the cookie, the page asked for first, the form sent twice."""

from flask import request, url_for

from portal import access, clock
from portal.access import current_viewer, is_own_path
from portal.devices import device_of_request
from portal.domain.errors import DomainError
from portal.security import note_failure
from portal.services import accounts


def enter(opened: accounts.OpenedSession) -> None:
    """Give the browser its new session, and close the one it had."""
    viewer = current_viewer()
    if viewer.is_authenticated:
        accounts.close_session(viewer.sign_in_id)
    access.open_cookie(opened.token)


def has_entered(email: str | None, password: str | None) -> bool:
    """Sign in with what was typed in a form that was already obeyed: the second half of a double click."""
    if not email or not password:
        return False
    try:
        opened = accounts.sign_in_member(email, password, device=device_of_request(), at=clock.now())
    except DomainError:
        note_failure()
        return False
    enter(opened)
    return True


def same_way(endpoint: str) -> str:
    """Give another way in that leads to the page asked for first."""
    return url_for(endpoint, suite=request.args.get("suite"))


def next_url() -> str:
    """Give the page asked for before signing in, when it is one of ours."""
    wanted = request.args.get("suite")
    return wanted if wanted and is_own_path(wanted) else url_for("home.index")
