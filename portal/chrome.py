"""What every page shows around its content: who is looking, the menu, messages."""

from typing import Any

from flask import Flask, flash, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from portal.access import Viewer, current_viewer
from portal.domain.campaign import normalise_code
from portal.domain.permissions import Role
from portal.labels import label
from portal.services import schools

MENU = (
    ("Accueil", "home.index"),
    ("Campagnes", "campaigns.index"),
    ("Élèves", "students.index"),
    ("Catalogue", "catalogue.index"),
    ("Équipe", "members.index"),
)


def init_app(app: Flask) -> None:
    """Give the layouts what they need."""
    app.context_processor(_chrome)
    app.jinja_env.globals["csrf"] = _csrf_field


def say(text: str, level: str = "success") -> None:
    """Show a message at the top of the next page. Levels: info, success, warning, error."""
    flash(text, level)


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


class _Notices:
    """The waiting messages, taken only by a page that shows them."""

    def __iter__(self) -> Any:
        waiting: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
        return iter([{"level": level, "text": text} for level, text in waiting])


def _chrome() -> dict[str, Any]:
    viewer = current_viewer()
    return {
        "viewer": _described(viewer) if viewer.is_authenticated else None,
        "navigation": _navigation() if viewer.is_staff else [],
        "sign_out_url": url_for("auth.sign_out"),
        "account_url": url_for("auth.account") if viewer.is_staff else None,
        "notices": _Notices(),
        "demonstration": _demonstration(viewer),
    }


def _demonstration(viewer: Viewer) -> dict[str, str | None] | None:
    """Say on every page that its school is simulated; the RUPN finds there how to erase it."""
    if viewer.is_authenticated:
        is_shown = viewer.is_in_demonstration
    else:
        code = (request.view_args or {}).get("code")
        is_shown = code is not None and schools.is_demonstration_code(normalise_code(code))
    url = url_for("auth.demonstration") if viewer.role is Role.ADMIN else None
    return {"url": url} if is_shown else None


def _described(viewer: Viewer) -> dict[str, str]:
    detail = (viewer.class_name or "") if viewer.role is Role.PUPIL else label(viewer.role)
    return {"name": viewer.name, "school_name": viewer.school_name, "role_label": detail}


def _navigation() -> list[dict[str, Any]]:
    here = (request.endpoint or "").partition(".")[0]
    # The results of a campaign are read from its page, the pages to learn from beside the parcours.
    here = {"results": "campaigns", "tutorials": "catalogue"}.get(here, here)
    return [
        {"label": text, "url": url_for(endpoint), "current": endpoint.partition(".")[0] == here}
        for text, endpoint in MENU
    ]
