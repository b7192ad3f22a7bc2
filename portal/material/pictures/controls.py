"""What asks or proposes: boxes, menus."""

from typing import Literal

from pydantic import Field

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
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import BAR, buttons, checkbox, field, frame


class Check(Keys):
    """A box to tick."""

    text: Word
    checked: bool = False

    def told(self) -> str:
        """Say it."""
        return f"{quoted(self.text)}, {'cochée' if self.checked else 'non cochée'}"


class Dialog(Part, kind="dialog"):
    """A box that asks or warns."""

    title = "Un message de l’ordinateur, avec ses boutons ; `main` dit lequel est mis en avant."
    sample = """\
dialog:
  title: "Enregistrer"
  sign: question
  text: "Voulez-vous enregistrer les modifications de « exposé.odt » ?"
  checks: [{text: "Ne plus demander"}]
  buttons: ["Ne pas enregistrer", "Annuler", "Enregistrer"]
  main: "Enregistrer"
"""

    name: Word | None = Field(default=None, alias="title")
    sign: Literal["info", "warning", "question", "error"] | None = None
    text: Words
    field: Word | None = None
    value: Word | None = None
    checks: tuple[Check, ...] = ()
    buttons: tuple[Word, ...] = ("OK",)
    main: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        top = y
        if self.name:
            pen.path(
                f"M{x:.1f} {y + BAR:.1f}v{8 - BAR:.1f}q0-8 8-8h{width - 16:.1f}q8 0 8 8v{BAR - 8:.1f}z",
                fill="bar",
            )
            pen.text(x + 16, y + 27, self.name, width - 64, bold=True)
            pen.icon("close", x + width - 36, y + 9, 22, "ink")
            pen.zone("close", x + width - 42, y + 2, 40, BAR - 4)
            top += BAR
        top += 16
        left = x + 16
        if self.sign:
            pen.icon(self.sign, left, top, 36, SIGN_COLOURS[self.sign])
            left += 52
        height = pen.paragraph(left, top, self.text, x + width - 16 - left)
        pen.zone("text", left, top, x + width - 16 - left, height)
        top += max(height, 36.0 if self.sign else 0) + 14
        if self.field:
            top += field(pen, x + 16, top, width - 32, self.field, self.value or "") + 14
        for at, check in enumerate(self.checks, 1):
            height = checkbox(pen, x + 16, top, width - 32, check.text, is_checked=check.checked)
            pen.zone(f"check-{at}", x + 16, top, width - 32, height)
            top += height + 10
        top += buttons(pen, x + 16, top, width - 32, self.buttons, self.main) + 16
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def told(self) -> str:
        value = quoted(self.value) if self.value else "vide"
        return joined(
            f"Boîte de dialogue {quoted(self.name)}." if self.name else "Message à l’écran.",
            f"{SIGN_WORDS[self.sign]}." if self.sign else "",
            f"Texte{NO_BREAK}: {quoted(self.text)}.",
            f"Champ {quoted(self.field)}{NO_BREAK}: {value}." if self.field else "",
            listed("Cases", [one.told() for one in self.checks]),
            listed(
                "Boutons",
                [quoted(one) + (" (mis en avant)" if one == self.main else "") for one in self.buttons],
            ),
        )


SIGN_COLOURS = {"info": "accent", "warning": "warn", "question": "accent", "error": "ko"}


SIGN_WORDS = {
    "info": "Signe d’information",
    "warning": "Signe d’avertissement",
    "question": "Signe de question",
    "error": "Signe d’erreur",
}


class Item(Keys):
    """An entry of a menu."""

    text: Word
    shortcut: Word | None = None
    checked: bool = False
    disabled: bool = False
    selected: bool = False

    def told(self) -> str:
        """Say it."""
        state = [
            self.shortcut,
            "coché" if self.checked else None,
            "grisé" if self.disabled else None,
            "sous le pointeur" if self.selected else None,
        ]
        return ", ".join(one for one in (quoted(self.text), *state) if one)


class Menu(Part, kind="menu"):
    """A menu that is open."""

    title = "Un menu ouvert : ses entrées, avec leur raccourci, cochées, grisées ou sous le pointeur."
    sample = """\
menu:
  title: "Édition"
  items:
    - {text: "Copier", shortcut: "Ctrl + C"}
    - {text: "Coller", shortcut: "Ctrl + V", disabled: true}
    - {text: "Tout sélectionner", shortcut: "Ctrl + A", selected: true}
"""

    name: Word | None = Field(default=None, alias="title")
    items: tuple[Item, ...] = Field(min_length=1, max_length=14)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        broad = min(width, 420.0)
        top = y + 6
        if self.name:
            pen.text(x + 16, top + 24, self.name, broad - 32, bold=True)
            pen.line(x, top + 35, x + broad, top + 35, stroke="line")
            top += 38
        for at, one in enumerate(self.items, 1):
            if one.selected:
                pen.rect(x + 4, top, broad - 8, 36, fill="soft", r=4)
            if one.checked:
                pen.icon("check", x + 12, top + 8, 20, "ink")
            colour = "muted" if one.disabled else "ink"
            taken = 0.0
            if one.shortcut:
                taken = 16 + pen.text(
                    x + broad - 16,
                    top + 24,
                    one.shortcut,
                    broad / 2,
                    size=SMALL,
                    colour="muted",
                    anchor="end",
                )
            pen.text(x + 40, top + 24, one.text, broad - 56 - taken, colour=colour)
            if one.disabled:
                pen.shapes[-1] = pen.shapes[-1].replace("<text ", '<text font-style="italic" ')
            pen.zone(f"item-{at}", x, top, broad, 36)
            top += 36
        frame(pen, x, y, broad, top + 6 - y, at=mark)
        return top + 6 - y

    def told(self) -> str:
        return listed(
            f"Menu {quoted(self.name)}" if self.name else "Menu", [one.told() for one in self.items]
        )
