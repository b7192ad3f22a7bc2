"""What is filled in: settings and forms."""

from pydantic import Field

from portal.material.pictures.controls import Check
from portal.material.pictures.part import (
    NO_BREAK,
    Keys,
    Part,
    Word,
    Words,
    joined,
    listed,
    quoted,
)
from portal.material.pictures.pen import LEADING, SMALL, Pen
from portal.material.pictures.shapes import buttons, checkbox, field, frame


class Setting(Keys):
    """A line of settings: a switch, or a value."""

    text: Word
    hint: Words | None = None
    switch: bool | None = None
    value: Word | None = None

    def told(self) -> str:
        """Say it."""
        state = {True: "activé", False: "désactivé", None: self.value or ""}[self.switch]
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.text}{hint}{f'{NO_BREAK}: {state}' if state else ''}"


class Settings(Part, kind="settings"):
    """A panel of settings."""

    title = "Des réglages : chaque ligne a un interrupteur (`switch`) ou une valeur (`value`)."
    sample = """\
settings:
  title: "Confidentialité"
  rows:
    - {text: "Position", hint: "Les applications savent où vous êtes.", switch: true}
    - {text: "Micro", switch: false}
    - {text: "Qui voit mon profil", value: "Mes amis"}
"""

    name: Word | None = Field(default=None, alias="title")
    rows: tuple[Setting, ...] = Field(min_length=1, max_length=10)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        top = y
        if self.name:
            pen.text(x + 16, y + 31, self.name, width - 32, size=20, bold=True)
            top += 46
        for at, row in enumerate(self.rows, 1):
            if top > y:
                pen.line(x, top, x + width, top, stroke="line")
            height = self._row(pen, row, x, top, width)
            pen.zone(f"row-{at}", x, top, width, height)
            top += height
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _row(self, pen: Pen, row: Setting, x: float, top: float, width: float) -> float:
        room = width - 32 - (66 if row.switch is not None else width * 0.4 if row.value else 0)
        height = pen.paragraph(x + 16, top + 10, row.text, room)
        if row.hint:
            height += pen.paragraph(x + 16, top + 12 + height, row.hint, room, size=SMALL, colour="muted")
        value = pen.cut(row.value, width * 0.4 - 12, SMALL) if row.value and row.switch is None else []
        height = max(height, len(value) * LEADING * SMALL) + 22
        middle = top + height / 2
        if row.switch is not None:
            fill = "accent" if row.switch else "paper"
            pen.rect(
                x + width - 64,
                middle - 13,
                48,
                26,
                fill=fill,
                stroke="accent" if row.switch else "edge",
                r=13,
            )
            knob = x + width - (29 if row.switch else 51)
            pen.circle(knob, middle, 8, fill="onaccent" if row.switch else "edge")
        for at, line in enumerate(value):
            base = middle + 6 + (at - (len(value) - 1) / 2) * LEADING * SMALL
            pen.text(x + width - 16, base, line, width * 0.4 - 12, size=SMALL, colour="muted", anchor="end")
        return height

    def told(self) -> str:
        return listed(
            f"Réglages {quoted(self.name)}" if self.name else "Réglages", [one.told() for one in self.rows]
        )


class Entry(Keys):
    """A field of a form; `secret` hides what is typed, `list` makes it a drop-down list."""

    label: Word
    value: Word | None = None
    secret: bool = False
    is_list: bool = Field(default=False, alias="list")
    error: Words | None = None

    def told(self) -> str:
        """Say it."""
        value = (
            "caché par des points"
            if self.secret and self.value
            else quoted(self.value)
            if self.value
            else "vide"
        )
        what = "liste, " if self.is_list else ""
        error = f", erreur{NO_BREAK}: {quoted(self.error)}" if self.error else ""
        return f"{quoted(self.label)}, {what}{value}{error}"


class Form(Part, kind="form"):
    """A form to fill in."""

    title = "Un formulaire : champs (`secret` : des points, `list` : une liste), cases, boutons."
    sample = """\
form:
  title: "Créer un compte"
  fields:
    - {label: "Adresse de courriel", value: "lina@college.example"}
    - {label: "Mot de passe", value: "soleil12", secret: true, error: "Douze caractères au moins."}
    - {label: "Classe", value: "5eB", list: true}
  checks: [{text: "Recevoir la lettre d’information", checked: true}]
  buttons: ["Créer mon compte"]
"""

    name: Word | None = Field(default=None, alias="title")
    fields: tuple[Entry, ...] = Field(min_length=1, max_length=8)
    checks: tuple[Check, ...] = ()
    buttons: tuple[Word, ...] = ("Valider",)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        room, left = width - 32, x + 16
        top = y + 14
        if self.name:
            top += pen.paragraph(left, top, self.name, room, size=20, bold=True) + 10
        for at, one in enumerate(self.fields, 1):
            value = "•" * len(one.value or "") if one.secret else one.value or ""
            height = field(pen, left, top, room, one.label, value, is_list=one.is_list, error=one.error)
            pen.zone(f"field-{at}", left, top, room, height)
            top += height + 12
        for at, check in enumerate(self.checks, 1):
            height = checkbox(pen, left, top, room, check.text, is_checked=check.checked)
            pen.zone(f"check-{at}", left, top, room, height)
            top += height + 12
        top += buttons(pen, left, top, room, self.buttons, self.buttons[-1]) + 16
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def told(self) -> str:
        return joined(
            f"Formulaire {quoted(self.name)}." if self.name else "Formulaire.",
            listed("Champs", [one.told() for one in self.fields]),
            listed("Cases", [one.told() for one in self.checks]),
            listed("Boutons", [quoted(one) for one in self.buttons]),
        )
