"""Codes to read with a camera: QR codes and bar codes, as pictures."""

import random
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


class QrCode(Recipe):
    """The pupil reads one QR code, or several to find the one that leads to a page."""

    generator: Literal["qr-code"]
    context: Context | None = None
    codes: int = Field(1, ge=1, le=5)
    holds: Literal["adresse", "texte"] = "adresse"

    def make(self, dice: random.Random) -> Made:
        """Draw the codes, one of which is asked for."""
        setting = words.setting_of(self.context, dice)
        topics, rooms = dice.sample(setting.topics, self.codes), dice.sample(words.ROOMS, self.codes)
        site = f"{setting.slug}.example"
        marks = dice.sample(range(100, 1000), self.codes)
        if self.holds == "adresse":
            held = [
                f"https://{site}/{words.plain(one)}-{mark}" for one, mark in zip(topics, marks, strict=True)
            ]
        else:
            held = [
                f"{one} : {room}, code {mark}" for one, room, mark in zip(topics, rooms, marks, strict=True)
            ]
        letters, at = "ABCDE"[: self.codes], dice.randrange(self.codes)
        images = [_qr(text) for text in held]
        sheet = images[0] if self.codes == 1 else _labelled(images, letters)
        others = [
            f"https://{site}/{words.plain(one)}-{marks[at]}" for one in setting.topics if one not in topics
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
        name = "code-du-panneau.png" if self.codes == 1 else "codes-du-panneau.png"
        return Made(
            MadeFile(name, "image/png", pictures.encode(sheet, "PNG")),
            {"sujet": topics[at], "repere": letters[at], "organisateur": setting.name},
            answers,
            wrong,
        )


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
