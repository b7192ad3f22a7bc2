"""The text documents as LibreOffice opens them, not only as our own reader does."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from portal.material.recipe import Recipe, dice_of
from portal.material.reports import DocumentProperties, ReviewedDocument, StructuredReport
from tests.material.document_readers import read

pytestmark = pytest.mark.browser

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
BOTH = pytest.mark.parametrize("kind", ["odt", "docx"])


@pytest.fixture(scope="module")
def writer() -> str:
    """LibreOffice with its word processor, which its spreadsheet alone does not bring."""
    program = shutil.which("soffice")
    assert program and shutil.which("lowriter"), (
        "LibreOffice Writer is missing: apt-get install libreoffice-writer"
    )
    return program


def opened(writer: str, folder: Path, recipe: Recipe, seed: str):
    """Give the made file, and the document that LibreOffice makes of it."""
    made = recipe.make(dice_of(seed))
    source = folder / made.file.name
    source.write_bytes(made.file.content)
    command = [writer, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", "fodt",
               "--outdir", str(folder / "lu"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return made, etree.parse(folder / "lu" / source.with_suffix(".fodt").name)


def texts(tree, path: str) -> list[str]:
    return ["".join(one.itertext()) for one in tree.xpath(path, namespaces=_SPACES)]


@BOTH
def test_headings_are_headings(writer, tmp_path, kind):
    recipe = StructuredReport(generator="rapport-structure", format=kind)
    made, tree = opened(writer, tmp_path, recipe, "1")
    mine = read(made.file.content, kind)
    for level in (1, 2, 3):
        found = texts(tree, f"//office:text//text:h[@text:outline-level='{level}']")
        assert found == [text for depth, text in mine.blocks if depth == level]


@BOTH
def test_comments_and_changes_are_there(writer, tmp_path, kind):
    recipe = ReviewedDocument(generator="document-relu", format=kind)
    made, tree = opened(writer, tmp_path, recipe, "1")
    mine = read(made.file.content, kind)
    authors = texts(tree, "//office:annotation/dc:creator")
    assert sorted(authors) == sorted(author for author, _, _ in mine.comments)
    assert sorted(texts(tree, "//office:annotation/text:p")) == sorted(text for _, text, _ in mine.comments)
    struck = tree.xpath("//text:changed-region[text:deletion]/@text:id", namespaces=_SPACES)
    starts = tree.xpath("//text:change-start", namespaces=_SPACES)
    shown = [one.tail for one in starts if one.get(f"{{{_SPACES['text']}}}change-id") in struck]
    assert sorted(shown) == sorted(old for _, old, _ in mine.changes)
    editors = texts(tree, "//text:insertion//dc:creator")
    assert sorted(editors) == sorted(author for author, _, _ in mine.changes)


@BOTH
def test_properties_are_shown(writer, tmp_path, kind):
    recipe = DocumentProperties(generator="proprietes-document", format=kind)
    made, tree = opened(writer, tmp_path, recipe, "1")
    assert texts(tree, "//office:meta/dc:title") == [made.answers["titre"][0]]
    assert texts(tree, "//office:meta/meta:initial-creator") == [made.answers["auteur"][0]]
    assert texts(tree, "//office:meta/dc:creator") == [made.answers["dernier_auteur"][0]]
    assert texts(tree, "//office:meta/meta:creation-date")[0][:10] in made.answers["date_creation"]
