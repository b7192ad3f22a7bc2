"""The only module that names HX-* headers: one way to answer a page or its fragment."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request, url_for

VARY = "HX-Request, HX-Boosted, HX-History-Restore-Request"


def init_app(app: Flask) -> None:
    """Tell caches that page and fragment share their URL."""

    @app.after_request
    def vary(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), VARY]))
        return response


def is_htmx() -> bool:
    """Tell whether htmx sent the request."""
    return "HX-Request" in request.headers


def wants_fragment() -> bool:
    """Tell whether a part of the page is enough: not for a boosted link, nor when history is restored."""
    return is_htmx() and not (
        "HX-Boosted" in request.headers or "HX-History-Restore-Request" in request.headers
    )


def render(
    page: str,
    /,
    *,
    fragment: str | None = None,
    oob: Sequence[str] = (),
    status: int = 200,
    push_url: str | None = None,
    retarget: str | None = None,
    **context: Any,
) -> Response:
    """Render the fragment to htmx, with its out-of-band parts, and the whole page to anybody else.

    `push_url`: what the address bar shows after the swap, when it is not the URL of the request.
    `retarget`: where the fragment goes, when it is not where the request said.
    """
    if fragment and wants_fragment():
        parts = [render_template(fragment, oob=False, **context)]
        parts += [render_template(part, oob=True, **context) for part in oob]
        response = make_response("".join(parts), status)
        if push_url:
            response.headers["HX-Push-Url"] = push_url
        if retarget:
            response.headers["HX-Retarget"] = retarget
        return response
    return make_response(render_template(page, oob=False, **context), status)


def see_other(endpoint: str, **values: Any) -> Response:
    """Send the browser to another page after a POST."""
    return redirect_to(url_for(endpoint, **values))


def redirect_to(url: str) -> Response:
    """Send the browser to one of our URLs: htmx makes a whole visit of it."""
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, code=303))


def ask_to_sign_in(url: str) -> Response:
    """Send an expired session to the sign-in page: htmx reads its header before the status."""
    if wants_fragment():
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, code=303))
