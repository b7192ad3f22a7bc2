"""Who is looking, and what each view asks of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from flask import Flask, Response, request, session, url_for
from flask_login import current_user, login_user, logout_user

from portal import clock, htmx
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.permissions import Action, Role, is_allowed
from portal.extensions import login
from portal.persistence.models import Campaign
from portal.persistence.queries import campaigns as campaign_queries
from portal.persistence.queries import sign_ins
from portal.services.accounts import token_hash

View = Callable[..., Any]
# One slash, then no other: browsers drop tabs and line breaks, and take a backslash for a slash.
_OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request. Ids that do not apply to the role are 0."""

    role: Role
    name: str = ""
    school_id: int = 0
    school_name: str = ""
    is_in_demonstration: bool = False
    sign_in_id: int = 0
    account_id: int = 0
    member_id: int = 0
    function: str | None = None
    learner_id: int = 0
    student_id: int = 0
    class_name: str | None = None
    is_disabled: bool = False
    must_change_secret: bool = False
    token: str = ""

    @property
    def is_authenticated(self) -> bool:
        """Tell whether somebody signed in (Flask-Login asks)."""
        return self.role is not Role.ANONYMOUS

    @property
    def is_active(self) -> bool:
        """Say yes: a closed session is not loaded at all (Flask-Login asks)."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody signed in (Flask-Login asks)."""
        return not self.is_authenticated

    @property
    def is_staff(self) -> bool:
        """Tell whether the viewer is a member of a school's team."""
        return self.role in {Role.MEMBER, Role.ADMIN}

    def get_id(self) -> str:
        """Give what the cookie holds: the session's token (Flask-Login asks)."""
        return self.token


NOBODY = Viewer(Role.ANONYMOUS)


def init_app(app: Flask) -> None:
    """Load the viewer of each request from the open sessions."""
    login.anonymous_user = lambda: NOBODY
    login.session_protection = None
    login.user_loader(_load_viewer)


def _load_viewer(token: str) -> Viewer | None:
    row = sign_ins.open_session(token_hash(token), at=clock.now())
    if row is None:
        return None
    if row.learner_id is not None:
        return Viewer(
            Role.PUPIL,
            name=f"{row.pupil_first_name} {row.pupil_last_name}",
            school_id=row.school_id,
            school_name=row.school_name,
            is_in_demonstration=row.is_demonstration,
            sign_in_id=row.id,
            learner_id=row.learner_id,
            student_id=row.student_id,
            class_name=row.class_name,
            is_disabled=row.disabled_at is not None,
            must_change_secret=row.must_change_secret,
            token=token,
        )
    return Viewer(
        Role(row.role),
        name=f"{row.first_name} {row.last_name}",
        school_id=row.school_id,
        school_name=row.school_name,
        is_in_demonstration=row.is_demonstration,
        sign_in_id=row.id,
        account_id=row.account_id,
        member_id=row.member_id,
        function=row.function,
        token=token,
    )


def current_viewer() -> Viewer:
    """Give the viewer of this request."""
    return cast(Viewer, current_user._get_current_object())


def open_to(action: Action, *, otherwise: View | None = None) -> Callable[[View], View]:
    """Declare the right that a view asks for, and check it first.

    `otherwise` answers whoever has not the right, instead of the sign-in page or the refusal.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            viewer = current_viewer()
            if is_allowed(viewer.role, action):
                return view(*args, **kwargs)
            if otherwise:
                return otherwise(*args, **kwargs)
            if viewer.is_authenticated:
                raise NotAllowed
            return _sign_in_first(action)

        guarded.required_action = action  # type: ignore[attr-defined]
        return guarded

    return declare


def _sign_in_first(action: Action) -> Response:
    endpoint = "auth.pupil_sign_in" if action in {Action.PLAY, Action.PRACTISE} else "auth.sign_in"
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return htmx.ask_to_sign_in(url_for(endpoint, suite=back))


def is_own_path(url: str | None) -> bool:
    """Tell whether a `suite` parameter stays on this site."""
    return url is not None and _OWN_PATH.fullmatch(url) is not None


def load_campaign(code: str, action: Action) -> Campaign:
    """Load a campaign of the viewer's school, and check the right on it.

    Raises: NotFound, NotAllowed.
    """
    viewer = current_viewer()
    campaign = campaign_queries.by_code(viewer.school_id, code)
    if campaign is None:
        raise NotFound
    if not is_allowed(viewer.role, action, is_owner=campaign.owner_id == viewer.member_id):
        raise NotAllowed
    return campaign


def open_cookie(token: str) -> Viewer:
    """Give the browser the cookie of a session just opened, and forget all it held before.

    Raises: NotFound if the session is not open.
    """
    viewer = _load_viewer(token)
    if viewer is None:
        raise NotFound
    # The forms of another tab, or of the click before, stay good.
    token_of_forms = session.get("csrf_token")
    session.clear()
    if token_of_forms:
        session["csrf_token"] = token_of_forms
    login_user(viewer)
    return viewer


def close_cookie() -> None:
    """Take the browser's cookie back."""
    logout_user()
    session.clear()
