"""The texts of a scenario for one pupil: `{name}` becomes what the seed draws."""

import random
import re
from collections.abc import Mapping
from typing import Any

_HOLE = re.compile(r"\{([a-z0-9-]+)\}")


class UnknownName(ValueError):
    """A `{name}` that `draw` does not give."""


def draw(content: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
    """Fill the holes of a scenario file: one place is drawn, the same in every list of `draw`.

    Raises: UnknownName, and ValueError if the lists have different lengths.
    """
    lists = content.get("draw") or {}
    lengths = {len(one) for one in lists.values()}
    if len(lengths) > 1:
        raise ValueError("draw : toutes les listes ont la même longueur")
    place = dice.randrange(lengths.pop()) if lengths else 0
    names = {name: str(one[place]) for name, one in lists.items()}
    return {key: value if key == "draw" else _filled(value, names) for key, value in content.items()}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _HOLE.sub(lambda hole: _named(hole[1], names), value)
    if isinstance(value, Mapping):
        return {_filled(key, names): _filled(one, names) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_filled(one, names) for one in value]
    return value


def _named(name: str, names: Mapping[str, str]) -> str:
    if name not in names:
        raise UnknownName(f"« {{{name}}} » n’est pas dans draw")
    return names[name]
