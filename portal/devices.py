"""The browser behind a request in two words, so that people recognise their open sessions."""

from flask import request

# The first that fits: most browsers also name the older ones they stand for.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of_request() -> str:
    """Describe the browser and the system, as « Firefox sur Windows »."""
    sent = request.user_agent.string
    browser = next((name for sign, name in _BROWSERS if sign in sent), "Navigateur inconnu")
    system = next((name for sign, name in _SYSTEMS if sign in sent), "")
    return f"{browser} sur {system}" if system else browser
