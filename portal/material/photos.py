"""Pictures whose properties hold the answer: one photograph, or several pictures in an archive."""

import random
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.writers import pictures
from portal.material.writers.pictures import EXTENSIONS, SCENES, PictureFormat, Shot
from portal.material.writers.zipped import Entry, pack

# Cameras write plain ASCII only.
_CAMERAS = ("Pinson", "Sitelle", "Loriot", "Martinet", "Alouette", "Fauvette")
_SIZES = (
    (800, 600),
    (1024, 768),
    (1200, 800),
    (1280, 960),
    (1440, 960),
    (1600, 900),
    (1500, 1000),
    (1360, 1020),
)


class PhotoProperties(Recipe):
    """The pupil reads the properties of a photograph: its date, its camera, its size, where it was taken."""

    generator: Literal["photo-donnees"]
    has_place: bool = Field(True, description="The photograph says where it was taken.")

    def make(self, dice: random.Random) -> Made:
        """Draw the photograph and write its properties."""
        (width, height), scene, at = dice.choice(_SIZES), dice.choice(SCENES), words.a_moment(dice)
        width, height = width - 2 * dice.randrange(40), height - 2 * dice.randrange(40)
        camera = f"{dice.choice(_CAMERAS)} {dice.randrange(100, 1000)}"
        towns = dice.sample(words.TOWNS, 4)
        spots = [(lat / 100, lon / 100) for lat, lon in zip(
            dice.sample(range(4320, 5000, 90), 4), dice.sample(range(-100, 620, 80), 4), strict=True)]  # fmt: skip
        here = dice.randrange(4)
        latitude, longitude = (spot + dice.randrange(-8, 9) / 1000 for spot in spots[here])
        shot = Shot(at, camera, latitude, longitude) if self.has_place else Shot(at, camera)
        content = pictures.encode(pictures.draw(dice, scene, width, height), "JPEG", shot)
        listed = "\u00a0; ".join(_located(*row) for row in zip(towns, spots, strict=True))
        answers = {
            "date": words.day_spellings(at.date()),
            "heure": words.hour_spellings(at.hour * 60 + at.minute),
            "appareil": (camera,),
            "largeur": (str(width),),
            "hauteur": (str(height),),
        }
        wrong = {
            "date": words.near_days(dice, at.date()),
            "appareil": words.others(
                dice, (f"{name} {dice.randrange(100, 1000)}" for name in _CAMERAS), camera
            ),
            "largeur": (str(height), str(width + 100), str(width - 96)),
            "hauteur": (str(width), str(height + 100), str(height - 96)),
        }
        values = {}
        if self.has_place:
            values["lieux"] = listed
            answers["lieu"], wrong["lieu"] = (towns[here],), words.others(dice, towns, towns[here])
        return Made(MadeFile("photo-de-sortie.jpg", "image/jpeg", content), values, answers, wrong)


def _located(town: str, spot: tuple[float, float]) -> str:
    latitude, longitude = (words.french_angle(abs(angle)) for angle in spot)
    return f"{town}\u00a0: {latitude}\u00a0N, {longitude}\u00a0{'E' if spot[1] >= 0 else 'O'}"


@dataclass(frozen=True, slots=True)
class _Picture:
    name: str
    kind: PictureFormat
    width: int
    height: int
    content: bytes


class PictureSet(Recipe):
    """The pupil compares the pictures of an archive: the largest, the heaviest, the one whose extension is wrong."""

    generator: Literal["images-zip"]
    count: int = Field(5, ge=4, le=7)
    has_wrong_extension: bool = False

    def make(self, dice: random.Random) -> Made:
        """Draw the pictures until no two are as large or as heavy."""
        while True:
            found = self._draw_all(dice)
            largest = max(found, key=lambda one: one.width * one.height)
            heaviest = max(found, key=lambda one: len(one.content))
            if largest is not heaviest and _are_apart(found):
                break
        liar = dice.choice(found) if self.has_wrong_extension else None
        names = {one.name: self._named(dice, one, one is liar) for one in found}
        content = pack(Entry(names[one.name], one.content, is_stored=True) for one in found)
        asked = dice.choice(found)
        answers = {
            "plus_grande": words.file_spellings(names[largest.name]),
            "plus_lourde": words.file_spellings(names[heaviest.name]),
            "largeur": (str(asked.width),),
            "hauteur": (str(asked.height),),
        }
        every = list(names.values())
        wrong = {key: words.others(dice, every, answers[key][0]) for key in ("plus_grande", "plus_lourde")}
        wrong["largeur"] = words.others(dice, (str(one.width) for one in found), str(asked.width))
        wrong["hauteur"] = words.others(dice, (str(one.height) for one in found), str(asked.height))
        if liar:
            kinds = [kind for kind in EXTENSIONS if kind != liar.kind]
            answers["fausse_extension"] = words.file_spellings(names[liar.name])
            answers["vrai_format"] = (liar.kind, *(("JPG",) if liar.kind == "JPEG" else ()))
            wrong["fausse_extension"] = words.others(dice, every, names[liar.name])
            wrong["vrai_format"] = words.others(dice, kinds, liar.kind)
        file = MadeFile("images-exposition.zip", "application/zip", content)
        return Made(file, {"image": names[asked.name]}, answers, wrong)

    def _draw_all(self, dice: random.Random) -> list[_Picture]:
        kinds: list[PictureFormat] = ["JPEG", "PNG", "GIF", "BMP", "PNG", "GIF", "JPEG"]
        dice.shuffle(kinds)
        grainy = dice.randrange(self.count)
        found = []
        for number, name in enumerate(dice.sample(words.WORDS, self.count)):
            kind = kinds[number]
            low, high = (60, 110) if kind == "BMP" else (160, 220) if number == grainy else (220, 520)
            width, height = dice.randrange(low, high), dice.randrange(low, high)
            image = pictures.draw(dice, dice.choice(SCENES), width, height)
            if number == grainy:
                image = pictures.with_grain(dice, image)
            found.append(_Picture(words.plain(name), kind, width, height, pictures.encode(image, kind)))
        return found

    def _named(self, dice: random.Random, one: _Picture, is_liar: bool) -> str:
        right = EXTENSIONS[one.kind]
        if is_liar:
            right = dice.choice([extension for extension in EXTENSIONS.values() if extension != right])
        return f"{one.name}.{right}"


def _are_apart(found: list[_Picture]) -> bool:
    """Tell whether the first two in size and in weight differ by more than a glance could miss."""
    for sizes in ([one.width * one.height for one in found], [len(one.content) for one in found]):
        second, first = sorted(sizes)[-2:]
        if first < second * 1.1:
            return False
    return len({one.width for one in found}) == len({one.height for one in found}) == len(found)
