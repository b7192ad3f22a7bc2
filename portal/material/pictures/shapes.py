"""What several parts draw alike: frames, buttons, fields, boxes to tick."""

from collections.abc import Sequence

from portal.material.pictures.letters import width_of
from portal.material.pictures.pen import BODY, SMALL, Pen

PAD, BAR, BUTTON = 12.0, 40.0, 38.0


def frame(pen: Pen, x: float, y: float, width: float, height: float, *, at: int, fill: str = "paper") -> None:
    """Put a panel under what is already drawn, and its edge over it."""
    pen.rect(x, y, width, height, fill=fill, r=8, at=at)
    pen.rect(x, y, width, height, stroke="edge", r=8)


def buttons(
    pen: Pen, x: float, y: float, width: float, labels: Sequence[str], main: str | None = None
) -> float:
    """Draw buttons on the right, on as many rows as it takes.

    Returns: the height taken.
    """
    rows: list[list[tuple[int, str, float]]] = [[]]
    for at, label in enumerate(labels, 1):
        wide = width_of(label, BODY) + 32
        if rows[-1] and sum(one[2] + 10 for one in rows[-1]) + wide > width:
            rows.append([])
        rows[-1].append((at, label, wide))
    for place, row in enumerate(rows):
        left = x + width - sum(one[2] for one in row) - 10 * (len(row) - 1)
        for at, label, wide in row:
            button(pen, left, y + place * (BUTTON + 8), wide, label, is_main=label == main)
            pen.zone(f"button-{at}", left, y + place * (BUTTON + 8), wide, BUTTON)
            left += wide + 10
    return len(rows) * (BUTTON + 8) - 8


def button(pen: Pen, x: float, y: float, width: float, label: str, *, is_main: bool = False) -> None:
    """Draw one button."""
    fill, ink = ("accent", "onaccent") if is_main else ("bar", "ink")
    pen.rect(x, y, width, BUTTON, fill=fill, stroke="accent" if is_main else "edge", r=6)
    pen.text(x + width / 2, y + 25, label, width - 20, colour=ink, anchor="middle")


def field(
    pen: Pen, x: float, y: float, width: float, label: str, value: str,
    *, is_list: bool = False, error: str | None = None,
) -> float:  # fmt: skip
    """Draw a field under its label.

    Returns: the height taken.
    """
    top = y + pen.paragraph(x, y, label, width, size=SMALL, colour="muted") + 2
    pen.rect(x, top, width, 36, fill="paper", stroke="ko" if error else "edge", r=4)
    if value:
        pen.text(x + 10, top + 25, value, width - 20 - 30 * is_list)
    if is_list:
        pen.icon("down", x + width - 32, top + 7, 22, "ink")
    top += 36
    if error:
        top += 2 + pen.paragraph(x, top + 2, error, width, size=SMALL, colour="ko")
    return top - y


def checkbox(pen: Pen, x: float, y: float, width: float, text: str, *, is_checked: bool) -> float:
    """Draw a box to tick.

    Returns: the height taken.
    """
    pen.rect(
        x,
        y + 2,
        20,
        20,
        fill="accent" if is_checked else "paper",
        stroke="accent" if is_checked else "edge",
        r=3,
    )
    if is_checked:
        pen.icon("check", x + 1, y + 3, 18, "onaccent")
    return max(24.0, pen.paragraph(x + 30, y + 2, text, width - 30))
