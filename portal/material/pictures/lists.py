"""Files, folders, tables: what is read line by line."""

from collections.abc import Sequence
from string import ascii_uppercase

from pydantic import Field

from portal.material.pictures.letters import width_of
from portal.material.pictures.part import NO_BREAK, Keys, Part, Word, joined, listed, quoted
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import PAD, frame

LINE = 36.0
_ICONS = {
    "image": {"jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "tif", "odg"},
    "sound": {"mp3", "wav", "ogg", "m4a", "flac", "aac"},
    "video": {"mp4", "avi", "mkv", "webm", "mov"},
    "sheet": {"ods", "xlsx", "xls", "csv"},
    "slides": {"odp", "pptx", "ppt"},
    "archive": {"zip", "7z", "rar", "tar", "gz"},
    "program": {"exe", "msi", "apk", "bat", "deb", "dmg", "html", "py"},
}


class FileItem(Keys):
    """A file, or a folder when the name has no extension."""

    name: Word
    size: Word | None = None
    date: Word | None = None
    selected: bool = False

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder."""
        return "." not in self.name

    @property
    def icon(self) -> str:
        """Name the sign of what it holds."""
        ending = self.name.rpartition(".")[2].lower()
        return (
            "folder"
            if self.is_folder
            else next((name for name, all_ in _ICONS.items() if ending in all_), "file")
        )

    def told(self) -> str:
        """Say it."""
        what = f"dossier {quoted(self.name)}" if self.is_folder else quoted(self.name)
        return ", ".join(
            one for one in (what, self.size, self.date, "sélectionné" if self.selected else None) if one
        )


def told_files(files: Sequence[FileItem]) -> str:
    """Say a list of files."""
    return listed("Contenu", [one.told() for one in files])


def draw_files(pen: Pen, files: Sequence[FileItem], x: float, y: float, width: float) -> float:
    """Draw a list of files, with the columns it needs.

    Returns: the height taken.
    """
    columns = [
        (title, [getattr(one, key) for one in files]) for key, title in (("size", "Taille"), ("date", "Date"))
    ]
    kept = [(title, cells) for title, cells in columns if any(cells)]
    wide = [max(width_of(text or "", SMALL) for text in (title, *cells)) + 24 for title, cells in kept]
    room = width - sum(wide) - 48 - PAD
    top = y
    if kept:
        pen.text(x + 48, top + 23, "Nom", room, size=SMALL, colour="muted")
        _cells(pen, [title for title, _ in kept], wide, x + width - PAD, top + 23, "muted")
        pen.line(x, top + 33, x + width, top + 33, stroke="line")
        top += 34
    for at, one in enumerate(files):
        if one.selected:
            pen.rect(x + 4, top + 1, width - 8, LINE - 2, fill="soft", r=4)
        pen.icon(one.icon, x + 14, top + 7, 22, "accent" if one.is_folder else "muted")
        pen.text(x + 48, top + 24, one.name, room - 8)
        _cells(pen, [cells[at] or "" for _, cells in kept], wide, x + width - PAD, top + 24, "ink")
        pen.zone(f"file-{at + 1}", x, top, width, LINE)
        top += LINE
    return top - y + 6


def _cells(
    pen: Pen, texts: Sequence[str], wide: Sequence[float], right: float, base: float, colour: str
) -> None:
    left = right - sum(wide)
    for text, room in zip(texts, wide, strict=True):
        if text:
            pen.text(left + 12, base, text, room - 20, size=SMALL, colour=colour)
        left += room


class Files(Part, kind="files"):
    """A list of files without its window."""

    title = "Une liste de fichiers ; un nom sans extension est un dossier."
    sample = """\
files:
  items:
    - {name: "Musique"}
    - {name: "chanson.mp3", size: "4 Mo", date: "8 mai"}
"""

    items: tuple[FileItem, ...] = Field(min_length=1, max_length=14)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        height = draw_files(pen, self.items, x, y + 4, width) + 4
        frame(pen, x, y, width, height, at=mark)
        return height

    def told(self) -> str:
        return told_files(self.items)


class Tree(Part, kind="tree"):
    """Folders inside folders."""

    title = "Des dossiers les uns dans les autres : chaque ligne est un chemin, `/` descend d’un dossier."
    sample = """\
tree:
  items: ["Documents", "Documents/Français", "Documents/Français/exposé.odt", "Documents/Maths", "Images"]
  selected: "Documents/Maths"
"""

    items: tuple[Word, ...] = Field(min_length=1, max_length=16)
    selected: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        top = y + 6
        for at, path in enumerate(self.items, 1):
            depth, name = path.count("/"), path.rpartition("/")[2]
            left = x + 14 + depth * 30
            if path == self.selected:
                pen.rect(x + 4, top, width - 8, 34, fill="soft", r=4)
            if depth:
                pen.path(f"M{left - 18:.1f} {top - 4:.1f}v21h12", stroke="edge", fill="none")
            pen.icon(FileItem(name=name).icon, left, top + 6, 22, "accent" if "." not in name else "muted")
            pen.text(left + 32, top + 24, name, x + width - 12 - left - 32)
            pen.zone(f"item-{at}", left, top, x + width - left, 34)
            top += 34
        frame(pen, x, y, width, top + 6 - y, at=mark)
        return top + 6 - y

    def told(self) -> str:
        items = [
            " > ".join(path.split("/")) + (" (sélectionné)" if path == self.selected else "")
            for path in self.items
        ]
        return listed("Arborescence", items)


class Table(Part, kind="table"):
    """A table with headings."""

    title = "Un tableau : `headings`, puis `rows` ; `title` est sa légende."
    sample = """\
table:
  title: "Emprunts du CDI"
  headings: ["Titre", "Élève", "Retour"]
  rows:
    - ["Le Horla", "Noé", "12 mai"]
    - ["Vendredi", "Lina", "15 mai"]
"""

    name: Word | None = Field(default=None, alias="title")
    headings: tuple[Word, ...] = Field(min_length=1, max_length=7)
    rows: tuple[tuple[Word, ...], ...] = Field(min_length=1, max_length=14)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        top = y
        if self.name:
            top += pen.paragraph(x, y, self.name, width, bold=True) + 8
        mark, start = pen.mark(), top
        wide = _shares([self.headings, *self.rows], width)
        for at, row in enumerate([self.headings, *self.rows]):
            if at:
                pen.line(x, top, x + width, top, stroke="line")
            under, height, left = pen.mark(), LINE, x
            for room, text in zip(wide, row, strict=False):
                height = max(
                    height, 14 + pen.paragraph(left + 10, top + 6, text, room - 18, size=SMALL, bold=not at)
                )
                left += room
            if not at:
                pen.rect(x + 0.5, top + 0.5, width - 1, height - 0.5, fill="bar", r=7, at=under)
            left = x
            for column, room in enumerate(wide, 1):
                pen.zone(f"cell-{at}-{column}", left, top, room, height)
                left += room
            top += height
        frame(pen, x, start, width, top - start, at=mark)
        return top - y

    def told(self) -> str:
        rows = [
            ", ".join(f"{heading} {text}" for heading, text in zip(self.headings, row, strict=False))
            for row in self.rows
        ]
        return listed(f"Tableau {quoted(self.name)}" if self.name else "Tableau", rows)


def _shares(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Share a width between columns: what their longest word needs, then by the length of their texts."""
    count = len(rows[0])
    columns = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    least = [
        max(width_of(word, SMALL, bold=True) for text in column for word in text.split(" ")) + 20
        for column in columns
    ]
    whole = [max(width_of(text, SMALL, bold=True) for text in column) + 20 for column in columns]
    spare = width - sum(least)
    wanted = [most - few for most, few in zip(whole, least, strict=True)]
    total = sum(wanted)
    if spare <= 0:
        return [few * width / sum(least) for few in least]
    if total <= spare:
        return [most + (spare - total) / count for most in whole]
    return [few + spare * more / total for few, more in zip(least, wanted, strict=True)]


class Sheet(Part, kind="sheet"):
    """Cells of a spreadsheet, with letters and numbers."""

    title = "Une feuille de tableur : lignes de cellules, cellule choisie, formule affichée au-dessus."
    sample = """\
sheet:
  rows:
    - ["Article", "Prix", "Nombre"]
    - ["Cahier", 2.5, 4]
    - ["Stylo", 1.2, 10]
  selected: "B2"
  formula: "2,5"
"""

    rows: tuple[tuple[Word | None, ...], ...] = Field(min_length=1, max_length=14)
    selected: str | None = Field(default=None, pattern=r"^[A-H]([1-9]|1[0-4])$")
    formula: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, top = pen.mark(), y
        if self.selected:
            pen.rect(x + 8, y + 6, 64, 30, fill="paper", stroke="line", r=3)
            pen.text(x + 40, y + 27, self.selected, 56, size=SMALL, bold=True, anchor="middle")
            pen.rect(x + 80, y + 6, width - 88, 30, fill="paper", stroke="line", r=3)
            if self.formula:
                pen.text(x + 90, y + 27, self.formula, width - 108, size=SMALL, mono=True)
            pen.zone("formula", x + 80, y + 6, width - 88, 30)
            top += 42
        count = max(len(row) for row in self.rows)
        broad = (width - 44) / count
        pen.rect(x + 0.5, top, width - 1, 30, fill="bar")
        pen.rect(x + 0.5, top, 43.5, 30 + 34 * len(self.rows), fill="bar")
        for column in range(count):
            centre = x + 44 + (column + 0.5) * broad
            pen.text(
                centre, top + 21, ascii_uppercase[column], broad, size=SMALL, colour="muted", anchor="middle"
            )
        self._cells(pen, x, top + 30, broad, count)
        top += 30 + 34 * len(self.rows)
        frame(pen, x, y, width, top + 1 - y, at=mark)
        return top + 1 - y

    def _cells(self, pen: Pen, x: float, top: float, broad: float, count: int) -> None:
        for at, row in enumerate(self.rows):
            base = top + at * 34
            pen.line(x, base, x + 44 + broad * count, base, stroke="line")
            pen.text(x + 22, base + 23, str(at + 1), 36, size=SMALL, colour="muted", anchor="middle")
            for column in range(count):
                left = x + 44 + column * broad
                pen.line(left, base, left, base + 34, stroke="line")
                name = f"{ascii_uppercase[column]}{at + 1}"
                pen.zone(name, left, base, broad, 34)
                if name == self.selected:
                    pen.rect(left + 1, base + 1, broad - 2, 32, stroke="accent", thick=3)
                text = row[column] if column < len(row) else None
                if text:
                    _cell(pen, text, left, base, broad)

    def told(self) -> str:
        cells = [
            ", ".join(f"{ascii_uppercase[column]}{at} {text}" for column, text in enumerate(row) if text)
            for at, row in enumerate(self.rows, 1)
        ]
        shown = f"Cellule choisie{NO_BREAK}: {self.selected}." if self.selected else ""
        formula = f"Barre de formule{NO_BREAK}: `{self.formula}`." if self.selected and self.formula else ""
        return joined(listed("Feuille de tableur", [one for one in cells if one]), shown, formula)


def _cell(pen: Pen, text: str, left: float, base: float, broad: float) -> None:
    """Write a cell: numbers on the right, the rest on the left."""
    is_number = (
        text.replace(",", "").replace(NO_BREAK, "").replace("\u202f", "").lstrip("−-").rstrip("%€ ").isdigit()
    )
    where, anchor = (left + broad - 8, "end") if is_number else (left + 8, "start")
    pen.text(where, base + 23, text, broad - 14, size=SMALL, anchor=anchor)
