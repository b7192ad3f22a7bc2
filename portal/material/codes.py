"""Codes to read with a camera: QR codes and bar codes, as pictures, or with what a reader displays."""

import base64
import random
from html import escape
from typing import Literal

import segno
from PIL import Image, ImageDraw, ImageFont
from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.writers import pictures

_WHITE, _BLACK, _CELL = 255, 0, 8


def _qr(text: str) -> Image.Image:
    """Draw a QR code with its quiet zone."""
    rows = [list(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=4)]
    image = Image.new("L", (len(rows[0]), len(rows)), _WHITE)
    image.putdata([_BLACK if dark else _WHITE for row in rows for dark in row])
    return image.resize((image.width * _CELL, image.height * _CELL), Image.Resampling.NEAREST)


def _labelled(images: list[Image.Image], labels: str) -> Image.Image:
    """Put pictures side by side, a letter under each."""
    width = max(image.width for image in images)
    sheet = Image.new("L", (width * len(images), width + 60), _WHITE)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(36)
    for number, (image, label) in enumerate(zip(images, labels, strict=True)):
        sheet.paste(image, (number * width + (width - image.width) // 2, 0))
        pen.text((number * width + width // 2, width + 25), label, fill=_BLACK, font=font, anchor="mm")
    return sheet


def _page(images: list[Image.Image], letters: str, held: list[str]) -> str:
    """Write a page that shows each code and, under it, what a reader displays."""
    rows = "".join(
        f'<section><h2>Code {letter}</h2><img alt="Le dessin du code {letter}" src="data:image/png;base64,'
        f'{base64.b64encode(pictures.encode(image, "PNG")).decode()}">'
        f"<p>Le lecteur affiche\u00a0:</p><p><code>{escape(text)}</code></p></section>\n"
        for letter, image, text in zip(letters, images, held, strict=True)
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Lecteur de codes</title><style>'
        "body{font:1.1rem sans-serif;margin:1em}section{border-top:1px solid;padding-bottom:1em}"
        "img{width:11em;max-width:100%}code{font-size:1.1rem;overflow-wrap:anywhere}</style></head>\n"
        f"<body><h1>Lecteur de codes</h1>\n{rows}</body></html>\n"
    )


class QrCode(Recipe):
    """The pupil reads one QR code, or several to find the one that leads to a page."""

    generator: Literal["qr-code"]
    context: Context | None = None
    codes: int = Field(1, ge=1, le=5)
    holds: Literal["adresse", "texte"] = "adresse"
    format: Literal["png", "html"] = Field("png", description="A page also says what a reader displays.")
    false_site: bool = Field(False, description="Another code holds the same page of another site.")

    def make(self, dice: random.Random) -> Made:
        """Draw the codes, one of which is asked for."""
        setting = words.setting_of(self.context, dice)
        topics, rooms = dice.sample(setting.topics, self.codes), dice.sample(words.ROOMS, self.codes)
        marks, at = dice.sample(range(100, 1000), self.codes), dice.randrange(self.codes)
        held = self._held(dice, setting.slug, list(zip(topics, rooms, marks, strict=True)), at)
        letters = "ABCDE"[: self.codes]
        others = [
            f"https://{setting.domain}/{words.plain(one)}-{marks[at]}"
            for one in setting.topics
            if one not in topics
        ]
        answers = {
            "contenu": tuple(dict.fromkeys((held[at], held[at].removeprefix("https://")))),
            "numero": (str(marks[at]),),
        }
        wrong = {
            "contenu": words.others(dice, others if self.holds == "adresse" else setting.topics, held[at]),
            "numero": words.near_numbers(dice, marks[at]),
        }
        if self.codes > 1:
            answers["lettre"], wrong["lettre"] = (letters[at],), words.others(dice, letters, letters[at])
        if self.holds == "texte":
            answers["lieu"], wrong["lieu"] = (rooms[at],), words.others(dice, words.ROOMS, rooms[at])
        values = {"sujet": topics[at], "repere": letters[at], "organisateur": setting.name}
        return Made(self._file(letters, held), values | {"site": setting.domain}, answers, wrong)

    def _held(self, dice: random.Random, slug: str, rows: list[tuple[str, str, int]], at: int) -> list[str]:
        """Write what each code holds."""
        if self.holds == "texte":
            return [f"{topic}\u00a0: {room}, numéro {mark}" for topic, room, mark in rows]
        held = [f"https://{slug}.example/{words.plain(topic)}-{mark}" for topic, _, mark in rows]
        if self.false_site and self.codes > 1:
            lure = (at + dice.randrange(1, self.codes)) % self.codes
            other = f"{slug}-{dice.choice(('infos', 'en-ligne', 'gratuit'))}.example"
            held[lure] = f"https://{other}/{words.plain(rows[at][0])}-{rows[lure][2]}"
        return held

    def _file(self, letters: str, held: list[str]) -> MadeFile:
        images = [_qr(text) for text in held]
        name = "code-du-panneau" if self.codes == 1 else "codes-du-panneau"
        if self.format == "html":
            return MadeFile(f"{name}.html", "text/html", _page(images, letters, held).encode())
        sheet = images[0] if self.codes == 1 else _labelled(images, letters)
        return MadeFile(f"{name}.png", "image/png", pictures.encode(sheet, "PNG"))


_LEFT = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")


def check_digit(first: str) -> int:
    """Work out the last digit of a bar code from the twelve others: weights 1, 3, 1, 3…"""
    return -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first)) % 10


def _bars(code: str) -> str:
    """Write a code of thirteen digits as dark (1) and light (0) bars."""
    flipped = str.maketrans("01", "10")
    left = ""
    for digit, parity in zip(code[1:7], _PARITY[int(code[0])], strict=True):
        bars = _LEFT[int(digit)]
        left += bars if parity == "L" else bars.translate(flipped)[::-1]
    right = "".join(_LEFT[int(digit)].translate(flipped) for digit in code[7:])
    return f"101{left}01010{right}101"


class BarCode(Recipe):
    """The pupil reads a bar code, or works out its last digit, which the picture hides."""

    generator: Literal["code-barres"]
    hides: Literal["rien", "cle"] = "rien"

    def make(self, dice: random.Random) -> Made:
        """Draw the bars; when the last digit is to be worked out, they are cut off with it."""
        # Numbers from 20 to 29 are kept for shops' own labels: no product of the trade has them.
        first = f"2{dice.randrange(10**11):011}"
        key = check_digit(first)
        code = f"{first}{key}"
        bars, unit = _bars(code), 4
        image = Image.new("L", ((len(bars) + 22) * unit, 300), _WHITE)
        pen, font = ImageDraw.Draw(image), ImageFont.load_default(34)
        shown = bars if self.hides == "rien" else bars[: -3 - 7]
        for place, bar in enumerate(shown):
            if bar == "1":
                left = (place + 11) * unit
                pen.rectangle((left, 20, left + unit - 1, 230), fill=_BLACK)
        text = code if self.hides == "rien" else f"{first}?"
        pen.text((image.width // 2, 262), " ".join(text), fill=_BLACK, font=font, anchor="mm")
        return Made(
            MadeFile("etiquette.png", "image/png", pictures.encode(image, "PNG")),
            {"debut": first},
            {"code": (code,), "cle": (str(key),)},
            {
                "code": tuple(
                    f"{first}{other}" for other in dice.sample([d for d in range(10) if d != key], 3)
                ),
                "cle": tuple(str(d) for d in dice.sample([d for d in range(10) if d != key], 3)),
            },
        )
