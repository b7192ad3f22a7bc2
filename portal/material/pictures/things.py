"""Things: machines and their links, keys, a map."""

from typing import Literal, Self

from pydantic import Field, model_validator

from portal.material.pictures.letters import width_of
from portal.material.pictures.part import Keys, Part, Word, listed, quoted
from portal.material.pictures.pen import BODY, SMALL, Pen

Device = Literal[
    "computer", "laptop", "phone", "tablet", "box", "printer", "server", "cloud", "globe", "usb", "disk", "screen",
    "mouse", "keyboard", "headphones", "camera", "speaker", "watch", "sensor", "person", "file",
]  # fmt: skip
DEVICE_WORDS = {
    "computer": "ordinateur", "laptop": "ordinateur portable", "phone": "téléphone", "tablet": "tablette",
    "box": "box internet", "printer": "imprimante", "server": "serveur", "cloud": "nuage", "globe": "internet",
    "usb": "clé USB", "disk": "disque dur", "screen": "écran", "mouse": "souris", "keyboard": "clavier",
    "headphones": "casque", "camera": "appareil photo", "speaker": "haut-parleur", "watch": "montre connectée",
    "sensor": "capteur", "person": "personne", "file": "fichier",
}  # fmt: skip
LINK_WORDS = {
    "cable": "câble",
    "wifi": "Wi-Fi",
    "bluetooth": "Bluetooth",
    "arrow": "flèche",
    "cut": "lien coupé",
}


class Machine(Keys):
    """A machine; `link`: what joins it to the next one."""

    device: Device
    label: Word | None = None
    link: Literal["cable", "wifi", "bluetooth", "arrow", "cut"] | None = None

    def told(self) -> str:
        """Say it."""
        label = f" {quoted(self.label)}" if self.label else ""
        link = f", puis {LINK_WORDS[self.link]} jusqu’au suivant" if self.link else ""
        return f"{DEVICE_WORDS[self.device]}{label}{link}"


class Devices(Part, kind="devices"):
    """Machines in a row, and what joins them."""

    title = "Des appareils en ligne ; `link` dit ce qui relie chacun au suivant."
    sample = """\
devices:
  items:
    - {device: laptop, label: "Portable de Lina", link: wifi}
    - {device: box, label: "Box", link: cable}
    - {device: printer, label: "Imprimante"}
"""

    items: tuple[Machine, ...] = Field(min_length=1, max_length=5)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        share = width / len(self.items)
        bottom = y
        for at, one in enumerate(self.items):
            middle = x + (at + 0.5) * share
            pen.icon(one.device, middle - 36, y + 6, 72, "ink")
            height = 84.0
            for line in pen.cut(one.label or "", share - 12, SMALL) if one.label else ():
                pen.text(middle, y + height + 16, line, share - 12, size=SMALL, anchor="middle")
                height += 22
            pen.zone(f"item-{at + 1}", middle - share / 2 + 4, y, share - 8, height + 4)
            bottom = max(bottom, y + height + 6)
            if one.link and at + 1 < len(self.items):
                self._link(pen, one.link, middle + 44, middle + share - 44, y + 42, at + 1)
        return bottom - y

    def _link(self, pen: Pen, link: str, start: float, end: float, y: float, number: int) -> None:
        dashed: dict[str, str | float] = {"dash": "2 7"} if link in ("wifi", "bluetooth") else {}
        pen.line(start, y, end, y, stroke="ink", thick=3, **dashed)
        middle = (start + end) / 2
        if link == "arrow":
            pen.path(f"M{end - 12:.1f} {y - 8:.1f}l12 8l-12 8", stroke="ink", fill="none", thick=3)
        elif link == "cut":
            pen.circle(middle, y, 13, fill="ground")
            pen.icon("close", middle - 14, y - 14, 28, "ko")
        elif end - start > 60:
            words = {"wifi": "Wi-Fi", "cable": "câble", "bluetooth": "Bluetooth"}[link]
            pen.text(middle, y - 10, words, end - start + 16, size=15, colour="muted", anchor="middle")
        pen.zone(f"link-{number}", start, y - 26, end - start, 46)

    def told(self) -> str:
        return listed("Appareils, de gauche à droite", [one.told() for one in self.items])


class Combination(Keys):
    """Keys to press together, and what they do."""

    keys: tuple[Word, ...] = Field(min_length=1, max_length=4)
    text: Word | None = None

    def told(self) -> str:
        """Say it."""
        return " + ".join(self.keys) + (f", {quoted(self.text)}" if self.text else "")


class Shortcuts(Part, kind="keys"):
    """Keys to press together."""

    title = "Des touches à presser ensemble, et ce qu’elles font."
    sample = """\
keys:
  items:
    - {keys: ["Ctrl", "C"], text: "Copier"}
    - {keys: ["Ctrl", "Maj", "V"], text: "Coller sans le style"}
"""

    items: tuple[Combination, ...] = Field(min_length=1, max_length=8)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        top = y
        for at, one in enumerate(self.items, 1):
            left = x
            for place, key in enumerate(one.keys):
                if place:
                    pen.text(left + 4, top + 27, "+", 20)
                    left += 20
                wide = max(44.0, width_of(key, BODY) + 24)
                _cap(pen, left, top, wide, 40, key, is_pressed=False, size=BODY)
                left += wide + 4
            if one.text:
                pen.text(left + 12, top + 27, one.text, x + width - left - 12)
            pen.zone(f"item-{at}", x, top, width, 42)
            top += 50
        return top - y - 8

    def told(self) -> str:
        return listed("Touches", [one.told() for one in self.items])


def _cap(
    pen: Pen, x: float, y: float, width: float, height: float, key: str, *, is_pressed: bool, size: float
) -> None:
    pen.rect(x, y, width, height, fill="accent" if is_pressed else "paper", stroke="edge", r=5)
    colour = "onaccent" if is_pressed else "ink"
    pen.text(x + width / 2, y + height / 2 + 6, key, width - 4, size=size, colour=colour, anchor="middle")


# Each key with its width, in keys.
_ROWS: tuple[tuple[tuple[str, float], ...], ...] = (
    (*((key, 1.0) for key in "²&é\"'(-è_çà)="), ("←", 2.0)),
    (("Tab", 1.5), *((key, 1.0) for key in "AZERTYUIOP^$"), ("Entrée", 1.5)),
    (("Verr.", 1.75), *((key, 1.0) for key in "QSDFGHJKLMù*"), ("", 1.25)),
    (("Maj", 1.25), *((key, 1.0) for key in "<WXCVBN,;:!"), ("Maj ", 2.75)),
    (
        ("Ctrl", 1.5),
        ("Win", 1.25),
        ("Alt", 1.25),
        ("Espace", 6.75),
        ("AltGr", 1.5),
        ("Menu", 1.25),
        ("Ctrl ", 1.5),
    ),
)
KEYS = frozenset(key.strip() for row in _ROWS for key, _ in row if key)


class Keyboard(Part, kind="keyboard"):
    """A French keyboard."""

    title = "Un clavier français ; `pressed` nomme les touches en couleur."
    sample = """\
keyboard: {pressed: ["Ctrl", "C"]}
"""

    pressed: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _they_exist(self) -> Self:
        unknown = [key for key in self.pressed if key not in KEYS]
        if unknown:
            raise ValueError(
                f"touches inconnues : {', '.join(unknown)} (à écrire comme sur le clavier : Maj, A, AltGr…)"
            )
        return self

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        unit = (width - 16) / 15
        pen.rect(x, y, width, 5 * 40 + 16, fill="bar", stroke="edge", r=8)
        for at, row in enumerate(_ROWS):
            left, top = x + 8, y + 8 + at * 40
            for key, share in row:
                wide = share * unit
                if key:
                    # The right Maj and Ctrl are written with a space: only the left ones are pressed.
                    is_pressed = key in self.pressed
                    _cap(pen, left + 2, top + 2, wide - 4, 36, key.strip(), is_pressed=is_pressed, size=15)
                    pen.zone(key.strip() + ("-2" if key.endswith(" ") else ""), left, top, wide, 40)
                left += wide
        return 5 * 40 + 16

    def told(self) -> str:
        return listed("Clavier. Touches en couleur", self.pressed) or "Clavier."
