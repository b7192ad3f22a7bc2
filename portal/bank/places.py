"""Where a key stands in a file of the bank: an author is told the line."""

from collections.abc import Sequence
from pathlib import Path

import yaml


def line_of(path: Path, place: Sequence[int | str]) -> int:
    """Give the line of a key, or of the nearest that is written above it; 1 if nothing is."""
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for step in place:
        found = _below(node, step)
        if found is None:
            continue
        node, line = found
    return line


def _below(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value, value.start_mark.line + 1
    return None
