"""Screens: what holds other parts, and what asks something."""

from typing import Literal

from pydantic import Field

from portal.material.pictures.lists import FileItem, draw_files, told_files
from portal.material.pictures.part import (
    NO_BREAK,
    Keys,
    Part,
    Parts,
    Word,
    Words,
    code,
    joined,
    listed,
    place,
    quoted,
    stack,
    told_of,
)
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import BAR, PAD, buttons, checkbox, field, frame


class Row(Part, kind="row"):
    """Parts side by side, in equal shares."""

    title = "Des parties côte à côte : `parts`."
    sample = """\
row:
  parts:
    - label: {title: "Clé USB", rows: [{name: "Capacité", value: "32 Go"}]}
    - label: {title: "Disque dur", rows: [{name: "Capacité", value: "1 To"}]}
"""

    parts: Parts

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        share = (width - PAD * (len(self.parts) - 1)) / len(self.parts)
        return max(place(pen, one, x + at * (share + PAD), y, share) for at, one in enumerate(self.parts))

    def told(self) -> str:
        return told_of(self.parts)


class Window(Part, kind="window"):
    """A window of a computer."""

    title = "Une fenêtre d’ordinateur, avec son chemin, ses fichiers ou d’autres parties."
    sample = """\
window:
  title: "Documents"
  path: "Ordinateur > Documents"
  files:
    - {name: "Exposé"}
    - {name: "photo.jpg", size: "2 Mo", date: "3 mars", selected: true}
    - {name: "lettre.odt", size: "24 ko", date: "12 février"}
  status: "3 éléments"
"""

    name: Word = Field(alias="title")
    path: Word | None = None
    files: tuple[FileItem, ...] = ()
    content: Parts | tuple[()] = ()
    status: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        self._bar(pen, x, y, width)
        top = y + BAR
        if self.path:
            pen.icon("folder", x + PAD, top + 10, 24)
            pen.rect(x + 46, top + 6, width - 58, 32, fill="paper", stroke="line", r=4)
            pen.text(x + 56, top + 28, self.path, width - 78, size=SMALL)
            pen.zone("path", x + 46, top + 6, width - 58, 32)
            top += 44
        if self.files:
            top += draw_files(pen, self.files, x, top, width)
        if self.content:
            top += stack(pen, self.content, x + PAD, top + PAD, width - 2 * PAD) + 2 * PAD
        if self.status:
            pen.line(x, top, x + width, top, stroke="line")
            pen.text(x + PAD, top + 23, self.status, width - 2 * PAD, size=SMALL, colour="muted")
            pen.zone("status", x, top, width, 34)
            top += 34
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _bar(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.path(
            f"M{x:.1f} {y + BAR:.1f}v{8 - BAR:.1f}q0-8 8-8h{width - 16:.1f}q8 0 8 8v{BAR - 8:.1f}z",
            fill="bar",
        )
        pen.text(x + PAD, y + 27, self.name, width - 130, bold=True)
        pen.zone("title", x, y, width - 110, BAR)
        for at, name in enumerate(("minimise", "maximise", "close")):
            left = x + width - 104 + at * 34
            pen.icon(name, left + 5, y + 9, 22, "ink")
            pen.zone(name, left, y + 2, 32, BAR - 4)

    def told(self) -> str:
        return joined(
            f"Fenêtre {quoted(self.name)}.",
            f"Chemin{NO_BREAK}: {quoted(self.path)}." if self.path else "",
            told_files(self.files),
            told_of(self.content),
            f"En bas{NO_BREAK}: {quoted(self.status)}." if self.status else "",
        )


class Browser(Part, kind="browser"):
    """A browser, its address bar, and a page."""

    title = "Un navigateur : onglets, adresse, cadenas (`secure`), page (`content`), adresse du lien survolé (`hovered`)."
    sample = """\
browser:
  tabs: ["Collège Jean-Moulin", "Météo"]
  url: "https://college.example/actualites"
  content:
    - page: {title: "Sortie au musée", date: "3 mars 2026", text: "La classe de 5eB visite le musée jeudi."}
  hovered: "https://college.example/sortie.pdf"
"""

    url: Word
    secure: bool = True
    tabs: tuple[Word, ...] = ()
    active: int = 1
    content: Parts | tuple[()] = ()
    hovered: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        top = y
        if self.tabs:
            top += self._tabs(pen, x, y, width)
        for at, name in enumerate(("back", "forward", "reload")):
            pen.icon(name, x + 12 + at * 36, top + 11, 22, "muted" if name == "forward" else "ink")
            pen.zone(name, x + 6 + at * 36, top + 5, 34, 34)
        pen.rect(x + 122, top + 6, width - 134, 32, fill="ground", stroke="edge", r=16)
        pen.icon("lock" if self.secure else "unlocked", x + 134, top + 11, 21, "ink" if self.secure else "ko")
        pen.zone("padlock", x + 124, top + 5, 36, 34)
        pen.text(x + 162, top + 28, self.url, width - 186, size=SMALL)
        pen.zone("url", x + 160, top + 6, width - 172, 32)
        top += 44
        pen.line(x, top, x + width, top, stroke="line")
        if self.content:
            top += stack(pen, self.content, x + PAD, top + PAD, width - 2 * PAD) + 2 * PAD
        if self.hovered:
            top += self._hovered(pen, x, top, width)
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _tabs(self, pen: Pen, x: float, y: float, width: float) -> float:
        share = min(220.0, (width - 24) / len(self.tabs))
        pen.path(f"M{x:.1f} {y + 38:.1f}v-30q0-8 8-8h{width - 16:.1f}q8 0 8 8v30z", fill="bar")
        for at, tab in enumerate(self.tabs):
            left = x + 12 + at * share
            if at + 1 == self.active:
                pen.rect(left, y + 6, share - 4, 32, fill="paper", r=6)
            pen.text(left + 12, y + 28, tab, share - 52, size=SMALL)
            pen.icon("close", left + share - 34, y + 14, 16, "muted")
            pen.zone(f"tab-{at + 1}", left, y + 4, share - 4, 34)
        return 38

    def _hovered(self, pen: Pen, x: float, top: float, width: float) -> float:
        pen.line(x, top, x + width, top, stroke="line")
        pen.text(x + PAD, top + 22, self.hovered or "", width - 2 * PAD, size=SMALL, colour="muted")
        pen.zone("hovered", x, top, width, 34)
        return 34

    def told(self) -> str:
        lock = "un cadenas fermé" if self.secure else "un cadenas ouvert"
        tabs = [
            quoted(tab) + (" (affiché)" if at == self.active else "") for at, tab in enumerate(self.tabs, 1)
        ]
        return joined(
            f"Navigateur. Adresse{NO_BREAK}: {code(self.url)}, avec {lock}.",
            listed("Onglets", tabs),
            told_of(self.content),
            f"Le pointeur est sur un lien. En bas s’affiche {code(self.hovered)}." if self.hovered else "",
        )


class Phone(Part, kind="phone"):
    """A phone, seen from the front."""

    title = "Un téléphone : heure, batterie, titre de l’application, puis d’autres parties. Seul, l’image a 480 de large."
    sample = """\
phone:
  time: "8:05"
  battery: "64 %"
  title: "Messages"
  content:
    - message: {from: "Inès", text: "On se retrouve au CDI ?", time: "8:02"}
"""

    time: Word = "10:24"
    battery: Word = f"80{NO_BREAK}%"
    app: Word | None = Field(default=None, alias="title")
    content: Parts

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        inner, room = x + 10, width - 20
        pen.text(inner + 16, y + 36, self.time, room / 2 - 20, size=SMALL, bold=True)
        pen.text(x + width - 26, y + 36, self.battery, room / 2 - 20, size=SMALL, anchor="end")
        pen.zone("status", inner, y + 12, room, 34)
        top = y + 48
        if self.app:
            pen.icon("back", inner + 12, top + 10, 22, "ink")
            pen.text(inner + 46, top + 28, self.app, room - 60, size=20, bold=True)
            pen.line(inner, top + 43, inner + room, top + 43, stroke="line")
            pen.zone("title", inner, top, room, 43)
            top += 44
        top += stack(pen, self.content, inner + PAD, top + PAD, room - 2 * PAD) + 2 * PAD
        pen.line(x + width / 2 - 50, top + 8, x + width / 2 + 50, top + 8, stroke="edge", thick=4)
        height = top + 26 - y
        pen.rect(inner, y + 10, room, height - 20, fill="paper", r=24, at=mark)
        pen.rect(x, y, width, height, fill="bar", stroke="edge", thick=2, r=32, at=mark)
        return height

    def told(self) -> str:
        return joined(
            f"Téléphone. Il est {self.time}, batterie à {self.battery}.",
            f"Application {quoted(self.app)}." if self.app else "",
            told_of(self.content),
        )


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
        height += 22
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
        elif row.value:
            pen.text(
                x + width - 16,
                middle + 6,
                row.value,
                width * 0.4 - 12,
                size=SMALL,
                colour="muted",
                anchor="end",
            )
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
