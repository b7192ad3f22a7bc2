"""ZIP archives without a clock."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

OLD = datetime(2026, 1, 5, 8, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive, or a folder when `name` ends with a slash."""

    name: str
    content: bytes = b""
    at: datetime = OLD
    is_stored: bool = False


def pack(entries: Iterable[Entry]) -> bytes:
    """Write the entries in their order. Even seconds only: the format keeps no others."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry in entries:
            at = entry.at
            info = zipfile.ZipInfo(entry.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.create_system = 3
            info.external_attr = (0o40755 << 16) | 0x10 if entry.name.endswith("/") else 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if entry.is_stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.content)
    return target.getvalue()
