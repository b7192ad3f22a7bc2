"""Files, folders, tables: what is read line by line."""

from collections.abc import Sequence

from pydantic import Field

from portal.material.pictures.letters import width_of
from portal.material.pictures.part import Keys, Part, Word, listed, quoted
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
