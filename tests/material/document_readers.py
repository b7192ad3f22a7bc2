"""Readers of files that share nothing with the writers: what a pupil's own program would find."""

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_M = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DCT = "{http://purl.org/dc/terms/}"


@dataclass
class Seen:
    """A document as read: blocks are (level, text), 0 for a paragraph."""

    blocks: list[tuple[int, str]] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.blocks)


def read(content: bytes, kind: str) -> Seen:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return _odt(archive) if kind == "odt" else _docx(archive)


def _odt(archive: zipfile.ZipFile) -> Seen:
    assert archive.namelist()[0] == "mimetype" and archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    body = etree.fromstring(archive.read("content.xml")).find(f"{_O}body/{_O}text")
    seen, signed, struck = Seen(), {}, {}
    for region in body.iter(f"{_T}changed-region"):
        mark = region.get(f"{_T}id")
        signed[mark] = region.find(f".//{_DC}creator").text
        if region.find(f"{_T}deletion") is not None:
            struck[mark] = "".join(region.find(f"{_T}deletion/{_T}p").itertext())
    for block in body:
        if block.tag in {f"{_T}p", f"{_T}h"}:
            seen.blocks.append(
                (int(block.get(f"{_T}outline-level", "0")), _odt_text(block, seen, signed, struck))
            )
    meta = etree.fromstring(archive.read("meta.xml")).find(f"{_O}meta")
    names = {"titre": f"{_DC}title", "auteur": f"{_M}initial-creator", "date": f"{_M}creation-date",
             "dernier": f"{_DC}creator", "modifie": f"{_DC}date", "mot": f"{_M}keyword"}  # fmt: skip
    seen.properties = {key: meta.findtext(tag, "") for key, tag in names.items()}
    return seen


def _odt_text(block, seen: Seen, signed: dict[str, str], struck: dict[str, str]) -> str:
    text, old = block.text or "", ""
    for child in block:
        tail = child.tail or ""
        if child.tag == f"{_O}annotation":
            seen.comments.append((child.findtext(f"{_DC}creator"), child.findtext(f"{_T}p"), tail))
        elif child.tag == f"{_T}change":
            old = struck[child.get(f"{_T}change-id")]
        elif child.tag == f"{_T}change-start":
            seen.changes.append((signed[child.get(f"{_T}change-id")], old, tail))
        elif child.tag == f"{_T}span":
            text += "".join(child.itertext())
        text += tail
    return text


def _docx(archive: zipfile.ZipFile) -> Seen:
    body = etree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    seen = Seen()
    said = {c.get(f"{_W}id"): (c.get(f"{_W}author"), "".join(c.itertext()))
            for c in etree.fromstring(archive.read("word/comments.xml"))}  # fmt: skip
    for block in body.iter(f"{_W}p"):
        style = block.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else ""
        seen.blocks.append(
            (int(name[-1]) if name[-1:].isdigit() else 0, "".join(t.text for t in block.iter(f"{_W}t")))
        )
        old, opened = "", ""
        for child in block:
            text = "".join(child.itertext())
            if child.tag == f"{_W}del":
                old = text
            elif child.tag == f"{_W}ins":
                seen.changes.append((child.get(f"{_W}author"), old, text))
            elif child.tag == f"{_W}commentRangeStart":
                opened = child.get(f"{_W}id")
            elif opened:
                seen.comments.append((*said[opened], text))
                opened = ""
    core = etree.fromstring(archive.read("docProps/core.xml"))
    names = {"titre": f"{_DC}title", "auteur": f"{_DC}creator", "date": f"{_DCT}created",
             "dernier": f"{_CP}lastModifiedBy", "modifie": f"{_DCT}modified", "mot": f"{_CP}keywords"}  # fmt: skip
    seen.properties = {key: core.findtext(tag, "") for key, tag in names.items()}
    return seen
