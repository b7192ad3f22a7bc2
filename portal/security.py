"""What every answer carries, and how often a secret may be tried."""

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.material.pictures.palette import STYLE_HASH
from portal.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
# A drawn picture alone, opened in a tab: its own style and nothing else.
PICTURE_POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; frame-ancestors 'none'"
# A whole school signs in behind one public address: only failures count, and widely.
# An account has its own lockout; these only slow a machine that tries everything.
FAILURES_PER_ADDRESS = "1000 per 10 minutes"
CODES_PER_ADDRESS = "3000 per 10 minutes"
_FAILED = "balise.failed"


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers, and trust the proxy in front when there is one."""
    app.before_request(_refuse_null_characters)
    if settings.trusted_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        # Not « no-referrer »: the check of forged forms over HTTPS reads it.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        # Shared computers: no page of anybody stays in the browser.
        headers.setdefault("Cache-Control", "no-store")
        if settings.is_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _refuse_null_characters() -> None:
    """Refuse what nobody types: PostgreSQL stores no null character, and would fail later."""
    values = [value for pairs in (request.args, request.form) for _, value in pairs.items(multi=True)]
    if any("\0" in text for text in (request.path, *values)):
        abort(400)


def is_failure(response: Response) -> bool:
    """Tell whether what was typed in a form is wrong, also when the answer does not say so."""
    return request.method == "POST" and (response.status_code == 422 or _FAILED in request.environ)


def note_failure() -> None:
    """Count this request as a failure, whatever it answers."""
    request.environ[_FAILED] = True
