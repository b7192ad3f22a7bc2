"""Balise: digital-skills campaigns for a school, on its own machine.

Nothing third-party is imported at the top of this module, so that the bank and the domain can be
read without the web.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings

# The engine's arrays are small: threads inside numpy would only fight over the processors. Read by numpy at
# its import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.3.1"


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application: what is plugged, in order."""
    from flask import Flask
    from jinja2 import StrictUndefined

    from portal import (
        access,
        assets,
        bank_store,
        blueprints,
        chrome,
        cli,
        errors,
        extensions,
        htmx,
        labels,
        security,
    )
    from portal.settings import Settings

    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(settings.flask_config())
    app.extensions["balise"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    extensions.init_app(app, settings)
    assets.init_app(app, settings)
    bank_store.init_app(app, settings)
    security.init_app(app, settings)
    access.init_app(app)
    labels.init_app(app)
    chrome.init_app(app)
    htmx.init_app(app)
    errors.init_app(app)
    blueprints.init_app(app)
    cli.init_app(app)
    return app
