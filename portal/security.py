"""What every answer carries, and how often a secret may be tried."""

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
# A whole school signs in behind one public address: only failures count, and widely.
FAILURES_PER_ADDRESS = "300 per 10 minutes"
CODES_PER_ADDRESS = "300 per 10 minutes"


def init_app(app: Flask, settings: Settings) -> None:
    """Add the headers, and trust the proxy in front when there is one."""
    if settings.trusted_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
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


def is_failure(response: Response) -> bool:
    """Tell whether an answer to a form says that what was typed is wrong."""
    return request.method == "POST" and response.status_code == 422
