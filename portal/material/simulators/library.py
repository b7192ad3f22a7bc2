"""Every simulator by name, and the way from a scenario file to what one pupil plays."""

import random
from collections.abc import Mapping
from typing import Any

from portal.material.simulators.assistant import Assistant
from portal.material.simulators.browser import Browser
from portal.material.simulators.dialogs import Dialogs
from portal.material.simulators.document import Document
from portal.material.simulators.drawn import draw
from portal.material.simulators.explorer import Explorer
from portal.material.simulators.mailbox import Mailbox
from portal.material.simulators.privacy import Privacy
from portal.material.simulators.router import Router
from portal.material.simulators.scenario import Scenario
from portal.material.simulators.search import Search
from portal.material.simulators.spreadsheet import Spreadsheet
from portal.material.simulators.turtle import Turtle

SIMULATORS: Mapping[str, type[Scenario]] = {
    "assistant": Assistant,
    "browser": Browser,
    "dialogs": Dialogs,
    "document": Document,
    "explorer": Explorer,
    "mailbox": Mailbox,
    "privacy": Privacy,
    "router": Router,
    "search": Search,
    "spreadsheet": Spreadsheet,
    "turtle": Turtle,
}


class UnknownSimulator(ValueError):
    """The scenario names a simulator that does not exist."""


def scenario_of(content: Mapping[str, Any], dice: random.Random) -> Scenario:
    """Read a scenario file for one pupil: its texts drawn, everything checked.

    Raises: UnknownSimulator, UnknownName, pydantic's ValidationError.
    """
    kind = SIMULATORS.get(str(content.get("simulator")))
    if kind is None:
        names = ", ".join(SIMULATORS)
        raise UnknownSimulator(f"simulator : « {content.get('simulator')} » n’existe pas ({names})")
    return kind.model_validate(draw(content, dice))
