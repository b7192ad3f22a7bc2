"""Archives: a tree of folders, or several versions of one file."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from portal.material import document_words as words
from portal.material.document_words import Context
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.writers.zipped import Entry, pack

_EXTENSIONS = ("txt", "csv", "html", "md")


@dataclass(frozen=True, slots=True)
class _Leaf:
    folder: tuple[str, ...]
    name: str
    at: datetime

    @property
    def path(self) -> str:
        return "/".join((*self.folder, self.name))


class FolderTree(Recipe):
    """The pupil unpacks an archive and explores it: where a file is, how many, the deepest, the latest."""

    generator: Literal["dossiers-zip"]
    context: Context | None = None
    files: int = Field(12, ge=6, le=24)
    depth: int = Field(4, ge=2, le=6)

    def make(self, dice: random.Random) -> Made:
        """Draw folders, then files in them, one deeper than all the others."""
        setting = words.setting_of(self.context, dice)
        folders = self._folders(dice, setting)
        leaves = self._leaves(dice, folders)
        deepest = max(leaves, key=lambda leaf: len(leaf.folder))
        latest, oldest = max(leaves, key=lambda leaf: leaf.at), min(leaves, key=lambda leaf: leaf.at)
        counts = Counter(leaf.name.rpartition(".")[2] for leaf in leaves)
        extension = dice.choice([one for one in _EXTENSIONS if counts[one]])
        asked = dice.choice([leaf for leaf in leaves if leaf.folder and leaf is not deepest])
        entries = [Entry("/".join(folder) + "/") for folder in folders if folder]
        entries += [Entry(leaf.path, _leaf_text(leaf), leaf.at) for leaf in leaves]
        names, places = [leaf.name for leaf in leaves], ["/".join(folder) for folder in folders if folder]
        here = "/".join(asked.folder)
        return Made(
            MadeFile(f"dossier-{setting.slug}.zip", "application/zip", pack(entries)),
            {"fichier": asked.name, "extension": f".{extension}", "dossier": asked.folder[-1]},
            {
                "plus_profond": words.file_spellings(deepest.name),
                "plus_recent": words.file_spellings(latest.name),
                "plus_ancien": words.file_spellings(oldest.name),
                "nombre_type": (str(counts[extension]),),
                "nombre_fichiers": (str(len(leaves)),),
                "nombre_dossiers": (str(len(places)),),
                "dossier_du_fichier": (asked.folder[-1],),
                "chemin": _path_spellings(here, asked.name),
            },
            {
                "plus_profond": words.others(dice, names, deepest.name),
                "plus_recent": words.others(dice, names, latest.name),
                "plus_ancien": words.others(dice, names, oldest.name),
                "nombre_type": words.near_numbers(dice, counts[extension]),
                "nombre_dossiers": words.near_numbers(dice, len(places), least=1),
                "dossier_du_fichier": words.others(
                    dice, (one[-1] for one in folders if one), asked.folder[-1]
                ),
                "chemin": words.others(dice, (f"{place}/{asked.name}" for place in places), asked.path),
            },
        )

    def _folders(self, dice: random.Random, setting: words.Setting) -> list[tuple[str, ...]]:
        """Draw a chain of folders down to the depth, and others that stay above its end."""
        names = dice.sample([words.plain(topic) for topic in setting.topics], self.depth + 4)
        chain = [tuple(names[: level + 1]) for level in range(self.depth)]
        folders: list[tuple[str, ...]] = [(), *chain]
        for name in names[self.depth :][: dice.randrange(2, 5)]:
            parents = [folder for folder in folders if len(folder) < self.depth - 1]
            folders.append((*dice.choice(parents), name))
        return folders

    def _leaves(self, dice: random.Random, folders: list[tuple[str, ...]]) -> list[_Leaf]:
        count = self.files - 2 + dice.randrange(5)
        pool = [
            f"{kind}-{word}" for kind in ("notes", "plan", "liste") for word in map(words.plain, words.WORDS)
        ]
        start, days = datetime(2026, 1, 6), dice.sample(range(150), count)
        shallow = [folder for folder in folders if len(folder) < self.depth]
        leaves = []
        for number, (name, day) in enumerate(zip(dice.sample(pool, count), days, strict=True)):
            at = start + timedelta(days=day, minutes=dice.randrange(480, 1080))
            nested = [folder for folder in shallow if folder] or shallow
            folder = folders[self.depth] if number == 0 else dice.choice(nested if number == 1 else shallow)
            leaves.append(_Leaf(folder, f"{name}.{dice.choice(_EXTENSIONS)}", at))
        dice.shuffle(leaves)
        return leaves


def _path_spellings(folder: str, name: str) -> tuple[str, ...]:
    ways = (f"{folder}/{name}", folder, f"{folder}/")
    return tuple(dict.fromkeys((*ways, *(way.replace("/", "\\") for way in ways))))


def _leaf_text(leaf: _Leaf) -> bytes:
    stem, _, extension = leaf.name.rpartition(".")
    title = stem.replace("-", " ").capitalize()
    match extension:
        case "csv":
            return f"Élément;Nombre\n{title};{len(stem)}\n".encode()
        case "html":
            return (f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title}</title></head>'
                    f"<body><h1>{title}</h1></body></html>\n").encode()  # fmt: skip
        case "md":
            return f"# {title}\n".encode()
        case _:
            return f"{title}\n".encode()


class FileVersions(Recipe):
    """The pupil finds the last version of a file, by its number, its date or what it says, then a fact it holds."""

    generator: Literal["versions-zip"]
    context: Context | None = None
    convention: Literal["numero", "date", "contenu"] = "numero"
    versions: int = Field(5, ge=3, le=8)

    def make(self, dice: random.Random) -> Made:
        """Write the versions and a copy of one of them under another name."""
        setting = words.setting_of(self.context, dice)
        stem = f"programme-{setting.slug}"
        days = sorted(words.a_day(dice) for _ in range(self.versions))
        while len(set(days)) < self.versions:
            days = sorted(words.a_day(dice) for _ in range(self.versions))
        names = self._names(dice, stem, days)
        hours = [5 * number for number in dice.sample(range(96, 228), self.versions)]
        rooms = dice.sample(words.ROOMS, self.versions)
        texts = [_version(setting, *row) for row in zip(days, hours, rooms, strict=True)]
        copied = dice.randrange(self.versions - 1)
        copy = f"copie-{dice.choice(words.WORDS[:6])}.txt"
        files = [*zip(names, texts, strict=True), (copy, texts[copied])]
        dice.shuffle(files)
        content = pack(Entry(name, text.encode()) for name, text in files)
        return Made(
            MadeFile(f"versions-{setting.slug}.zip", "application/zip", content),
            {"titre": setting.project, "copie": copy},
            {
                "derniere": words.file_spellings(names[-1]),
                "heure": words.hour_spellings(hours[-1]),
                "lieu": (rooms[-1],),
                "original": words.file_spellings(names[copied]),
                "premiere": words.file_spellings(names[0]),
            },
            {
                "derniere": words.others(dice, names, names[-1]),
                "heure": words.others(dice, (words.hour_spellings(one)[0] for one in hours),
                                      words.hour_spellings(hours[-1])[0]),
                "lieu": words.others(dice, rooms, rooms[-1]),
                "original": words.others(dice, names, names[copied]),
                "premiere": words.others(dice, names, names[0]),
            },
        )  # fmt: skip

    def _names(self, dice: random.Random, stem: str, days: list[date]) -> list[str]:
        """Name the versions, oldest first: « v9 » is before « v10 », and a date is not read from the left."""
        if self.convention == "numero":
            top = dice.randrange(10, 13)
            numbers = sorted(dice.sample(range(2, top), self.versions - 1))
            return [f"{stem}-v{number}.txt" for number in (*numbers, top)]
        if self.convention == "date":
            return [f"{stem}-{day:%d-%m-%Y}.txt" for day in days]
        return [
            f"{stem}-{word}.txt"
            for word in dice.sample([words.plain(word) for word in words.WORDS], len(days))
        ]


def _version(setting: words.Setting, day: date, minutes: int, room: str) -> str:
    return (
        f"{setting.project}\n{setting.name}\n\nTexte mis à jour le {words.french_day(day)}.\n\n"
        f"Début\u00a0: {words.french_hour(minutes)}\nLieu\u00a0: {room}\n"
    )
