"""Text files to decode, and programs to run by hand."""

import base64
import random
from collections.abc import Callable, Mapping
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.recipe import Made, MadeFile, Recipe

_SIGNS = """
    .- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..
    ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.
"""
_MORSE = dict(zip("abcdefghijklmnopqrstuvwxyz0123456789", _SIGNS.split(), strict=True))
_OPENINGS = ("mot secret", "nom secret", "code secret", "mot magique")
_MEETINGS = ("rencontre", "tournoi", "lecture", "concert", "visite", "sortie", "chorale", "fanfare")
_PLACES = ("au gymnase", "au foyer", "au jardin", "dans la cour", "devant la grille", "sous le grand arbre")


def _shift(text: str, gap: int) -> str:
    return "".join(chr((ord(c) - 97 + gap) % 26 + 97) if c.islower() else c for c in text)


def _morse(text: str) -> str:
    return " / ".join(" ".join(_MORSE[letter] for letter in word) for word in text.split())


def _binary(text: str) -> str:
    return " ".join(f"{byte:08b}" for byte in text.encode())


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_METHODS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "base64": ("Base64", _base64),
    "binaire": ("Binaire, huit chiffres par caractère, code ASCII", _binary),
    "hexadecimal": (
        "Hexadécimal, deux chiffres par caractère, code ASCII",
        lambda text: text.encode().hex(" "),
    ),
    "morse": ("Morse, une barre entre les mots", _morse),
}


class CodedMessage(Recipe):
    """The pupil decodes a short message: shifted letters, Base64, binary, hexadecimal or Morse."""

    generator: Literal["message-code"]
    method: Literal["cesar", "base64", "binaire", "hexadecimal", "morse"] = "cesar"
    gives_key: bool = Field(True, description="For shifted letters: the file says by how many.")
    short: bool = Field(False, description="One word and a number instead of a sentence.")

    def make(self, dice: random.Random) -> Made:
        """Write a message without accents, then code it."""
        word, hour = words.plain(dice.choice(words.WORDS)), dice.randrange(8, 19)
        if self.short:
            text = f"{word} {dice.randrange(10, 100)}"
        else:
            opening, meeting = dice.choice(_OPENINGS), dice.choice(_MEETINGS)
            text = f"{opening} {word} {meeting} a {hour} h {dice.choice(_PLACES)}"
        gap = dice.randrange(2, 25)
        if self.method == "cesar":
            hint = (
                f"Lettres décalées de {gap} rangs dans l’alphabet" if self.gives_key else "Lettres décalées"
            )
            coded = _shift(text, gap)
        else:
            hint, code = _METHODS[self.method]
            coded = code(text)
        answers: dict[str, tuple[str, ...]] = {"message": (text,), "mot": (word,)}
        wrong = {
            "message": tuple(text.replace(word, other) for other in self._others(dice, word)),
            "mot": self._others(dice, word),
        }
        if not self.short:
            answers["heure"] = words.hour_spellings(60 * hour)
            wrong["heure"] = tuple(words.hour_spellings(60 * (hour + step))[0] for step in (-1, 1, 2))
        if self.method == "cesar":
            answers["decalage"] = (str(gap),)
            wrong["decalage"] = words.near_numbers(dice, gap, least=1)
        file = MadeFile("message-code.txt", "text/plain", f"{hint}.\n\n{coded}\n".encode())
        return Made(file, {"decalage": str(gap)} if self.gives_key else {}, answers, wrong)

    def _others(self, dice: random.Random, word: str) -> tuple[str, ...]:
        return words.others(dice, map(words.plain, words.WORDS), word)


class _Program:
    """Lines of a program, run as they are written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.values: dict[str, int] = {}

    def put(self, name: str, value: int) -> None:
        self.lines.append(f"{name} ← {value}")
        self.values[name] = value

    def change(self, name: str, sign: str, other: str, indent: int = 0) -> None:
        """Write « name ← name sign other », without running it."""
        self.lines.append(f"{'    ' * indent}{name} ← {name} {sign} {other}")

    def run(self, name: str, sign: str, other: str) -> None:
        right = int(other) if other.isdigit() else self.values[other]
        left = self.values[name]
        self.values[name] = left + right if sign == "+" else left - right if sign == "-" else left * right


class ProgramTrace(Recipe):
    """The pupil runs a short program by hand and gives the last value of a variable."""

    generator: Literal["programme-trace"]
    shape: Literal["affectations", "boucle", "condition", "boucle-condition"] = "affectations"
    names: Literal["lettres", "mots"] = "mots"

    def make(self, dice: random.Random) -> Made:
        """Write the program and run it."""
        first, second = (
            ("a", "b") if self.names == "lettres" else dice.sample(("points", "vies", "cartes", "jetons"), 2)
        )
        program = _Program()
        program.put(first, dice.randrange(2, 30))
        program.put(second, dice.randrange(2, 12))
        starts = dict(program.values)
        getattr(self, f"_{self.shape.replace('-', '_')}")(dice, program, first, second)
        right = program.values[first]
        text = "\n".join([*program.lines, f"afficher {first}"]) + "\n"
        believed = (
            starts[first],
            program.values[second],
            right + starts[second],
            right - starts[second],
            right + 1,
        )
        answers = {"valeur": (str(right),)}
        wrong = {"valeur": tuple(dict.fromkeys(str(one) for one in believed if one != right))[:3]}
        if self.shape != "condition":
            answers["autre_valeur"] = (str(program.values[second]),)
            wrong["autre_valeur"] = words.near_numbers(dice, program.values[second], least=-999)
        file = MadeFile("programme.txt", "text/plain", text.encode())
        return Made(file, {"variable": first, "autre_variable": second}, answers, wrong)

    def _affectations(self, dice: random.Random, program: _Program, first: str, second: str) -> None:
        steps = [
            (first, "+", second),
            (second, "*", str(dice.randrange(2, 5))),
            (first, "-", str(dice.randrange(1, 15))),
            (second, "+", first),
            (first, "+", str(dice.randrange(2, 40))),
        ]
        dice.shuffle(steps)
        for step in steps:
            program.change(*step)
            program.run(*step)

    def _boucle(self, dice: random.Random, program: _Program, first: str, second: str) -> None:
        times, added = dice.randrange(3, 7), str(dice.randrange(2, 9))
        body = [(first, "+", second), (second, "+", added)]
        dice.shuffle(body)
        program.lines.append(f"répéter {times} fois :")
        for step in body:
            program.change(*step, indent=1)
        for step in body * times:
            program.run(*step)

    def _condition(self, dice: random.Random, program: _Program, first: str, second: str) -> None:
        limit = program.values[first] + dice.choice((-6, -3, 0, 3, 6))
        then, other = (first, "+", str(dice.randrange(10, 60))), (first, "*", second)
        program.lines.append(f"si {first} > {limit} :")
        program.change(*then, indent=1)
        program.lines.append("sinon :")
        program.change(*other, indent=1)
        program.run(*(then if program.values[first] > limit else other))
        last = (first, "+", str(dice.randrange(2, 30)))
        program.change(*last)
        program.run(*last)

    def _boucle_condition(self, dice: random.Random, program: _Program, first: str, second: str) -> None:
        times, limit = dice.randrange(4, 7), program.values[first] + dice.randrange(8, 30)
        then, other = (first, "-", str(dice.randrange(3, 9))), (first, "+", second)
        last = (second, "+", str(dice.randrange(1, 5)))
        program.lines += [f"répéter {times} fois :", f"    si {first} > {limit} :"]
        program.change(*then, indent=2)
        program.lines.append("    sinon :")
        program.change(*other, indent=2)
        program.change(*last, indent=1)
        for _ in range(times):
            program.run(*(then if program.values[first] > limit else other))
            program.run(*last)
