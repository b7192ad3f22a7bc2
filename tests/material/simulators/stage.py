"""A bare page that plays one scenario, to look at it and to drive it.

`python -m tests.material.simulators.stage FILE [PORT]`
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, render_template, render_template_string, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from portal.material.simulators.scenario import Refused, Scenario, State, judge, read_step, take
from portal.security import CONTENT_SECURITY_POLICY
from tests.material.simulators.scenes import scene

PORTAL = Path(__file__).parents[3] / "portal"
# The portal's own settings of htmx: it puts no style of its own, which the policy forbids.
BASE = (PORTAL / "templates" / "base.html").read_text(encoding="utf-8")
HTMX = re.findall('<meta name="htmx-config".*>', BASE)[0]
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">{{ htmx }}<title>Simulateur</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/vendor/pico.min.css">
<link rel="stylesheet" href="/static/css/app.css"><link rel="stylesheet" href="/static/css/simulators.css">
<script src="/static/vendor/htmx.min.js" defer></script><script src="/static/js/app.js" defer></script></head>
<body class="student"><main class="page"><h1>Question 1</h1><div id="notices" aria-live="polite"></div>
<p>{{ instruction }}</p>
{% include "simulators/_simulator.html" %}<p id="standing" data-standing="{{ standing }}"></p></main></body></html>
"""


@dataclass
class Shown:
    """What the template of a simulator reads."""

    kind: str
    title: str
    screen: Any
    action: str
    error: str | None


@dataclass
class Sitting:
    """Where the only pupil of the page is: the state, and the refusal that the next page must tell."""

    state: State
    error: str | None = None


def make_stage(scenario: Scenario) -> Flask:
    """Build the page, under the portal's security policy; the state lives with it."""
    app = Flask("stage", template_folder=str(PORTAL / "templates"), static_folder=str(PORTAL / "static"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    sitting = Sitting(scenario.begin())

    def shown() -> dict[str, Any]:
        error, sitting.error = sitting.error, None
        screen = scenario.screen(sitting.state)
        simulator = Shown(scenario.simulator, scenario.title, screen, "/gestes", error)
        return {"simulator": simulator, "token": "jeton"}

    @app.get("/")
    def page() -> str:
        about = {"htmx": Markup(HTMX), "instruction": scenario.instruction}
        return render_template_string(PAGE, standing=judge(scenario, sitting.state), **about, **shown())

    @app.post("/gestes")
    def gesture() -> Response | str:
        fields = {name: value for name, value in request.form.items() if name != "jeton"}
        try:
            if fields.get("do") == "recommencer":
                sitting.state = scenario.begin()
            else:
                sitting.state = take(scenario, sitting.state, read_step(fields))
        except Refused as refusal:
            sitting.error = str(refusal)
        if "HX-Request" not in request.headers:
            return redirect("/", 303)  # type: ignore[return-value]
        return render_template("simulators/_simulator.html", **shown())

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    return app


if __name__ == "__main__":
    make_stage(scene(Path(sys.argv[1]))).run(port=int(sys.argv[2]) if len(sys.argv) > 2 else 5050)
