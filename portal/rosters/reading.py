"""Open an uploaded roster file safely: what it really is, how big it is, what a zip hides."""

import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO, Protocol

from portal.domain.errors import DomainError

LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 200
_ENCRYPTED_FLAG = 0x1
_ALLOWED_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WHITE_SPACE = b" \t\r\n\0"
_DAMAGED_ZIP = "Cette archive zip est endommagée. Téléchargez-la de nouveau depuis SIECLE."


class RosterRefused(DomainError):
    """The whole file is refused; the message is a French sentence that says what to do."""


class FileKind(StrEnum):
    """What the first bytes of a file say it is."""

    ZIP = "zip"
    XML = "xml"
    OTHER = "other"


class ByteStream(Protocol):
    """What a reader needs of a file."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end."""


def kind_of(content: bytes) -> FileKind:
    """Tell what a file is from its first bytes, whatever its name."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.ZIP
    start = content[:64]
    for mark in _TEXT_MARKS:
        start = start.removeprefix(mark)
    return FileKind.XML if start.lstrip(_WHITE_SPACE).startswith(b"<") else FileKind.OTHER


def check_size(content: bytes) -> None:
    """Refuse an empty file and one over 20 MB.

    Raises: RosterRefused.
    """
    if not content.strip():
        raise RosterRefused("Ce fichier est vide. Exportez-le de nouveau.")
    if len(content) > LARGEST_UPLOAD:
        raise RosterRefused("Ce fichier dépasse 20 Mo. Exportez « Élèves sans adresses », plus léger.")


def open_xml(content: bytes, file_name: str) -> ByteStream:
    """Open an .xml file, or the only visible .xml of a .zip.

    Raises: RosterRefused if the name or the content is anything else; later, while reading, if a zip turns
        out to be damaged or to unpack beyond the limits.
    """
    check_size(content)
    suffix = PurePosixPath(file_name.strip().lower()).suffix
    if suffix not in {".xml", ".zip"}:
        raise RosterRefused("Choisissez un fichier .xml ou .zip exporté de SIECLE.")
    kind = kind_of(content)
    if kind.value != suffix[1:]:
        raise RosterRefused(_mismatch(suffix, kind))
    return io.BytesIO(content) if kind is FileKind.XML else _open_only_xml(content)


def _mismatch(suffix: str, kind: FileKind) -> str:
    if kind is FileKind.OTHER:
        content = "une archive zip" if suffix == ".zip" else "du XML"
        return f"Ce fichier se nomme « {suffix} » mais ne contient pas {content}. Exportez-le de nouveau."
    return (
        f"Ce fichier se nomme « {suffix} » mais contient du {kind.value}. Renommez-le en « .{kind.value} »."
    )


def _open_only_xml(content: bytes) -> ByteStream:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError) as error:
        raise RosterRefused(_DAMAGED_ZIP) from error
    found = [info for info in archive.infolist() if _is_visible_xml(info)]
    if len(found) != 1:
        count = "ne contient aucun fichier" if not found else f"contient {len(found)} fichiers"
        raise RosterRefused(f"L’archive {count} .xml. Elle doit en contenir un seul.")
    info = found[0]
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise RosterRefused("L’archive est protégée par un mot de passe. Choisissez-en une qui ne l’est pas.")
    if info.compress_type not in _ALLOWED_COMPRESSIONS:
        raise RosterRefused("L’archive est compressée d’une façon inhabituelle. Choisissez le fichier .xml.")
    try:
        return _Unpacking(archive.open(info), len(content))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise RosterRefused(_DAMAGED_ZIP) from error


def _is_visible_xml(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return not hidden and not info.is_dir() and path.suffix.lower() == ".xml"


class _Unpacking:
    """A member of a zip, counted as it unpacks: the sizes that a zip announces are not believed."""

    def __init__(self, source: IO[bytes], packed_size: int) -> None:
        self._source = source
        self._limit = min(LARGEST_UNPACKED, HIGHEST_RATIO * packed_size)
        self._unpacked = 0

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end.

        Raises: RosterRefused if the archive is damaged or unpacks beyond the limits.
        """
        try:
            chunk = self._source.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise RosterRefused(_DAMAGED_ZIP) from error
        self._unpacked += len(chunk)
        if self._unpacked > self._limit:
            raise RosterRefused(
                "Une fois décompressé, ce fichier est démesuré : il est refusé par sécurité. "
                "Exportez-le de nouveau depuis SIECLE."
            )
        return chunk
