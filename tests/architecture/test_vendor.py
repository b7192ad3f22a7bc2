"""The front-end files of other projects: served as published, with their licences."""

import hashlib
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "portal" / "static" / "vendor"
OURS = {"LICENSES.txt", "SHA256SUMS"}


def fingerprints() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def vendored_files() -> set[str]:
    # The precompressed copies are made by us from files that are checked.
    return {path.name for path in VENDOR.iterdir() if path.suffix not in {".gz", ".br"}} - OURS


def test_every_vendored_file_has_a_fingerprint():
    assert set(fingerprints()) == vendored_files()


def test_vendored_files_are_those_that_were_published():
    actual = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in vendored_files()}

    assert actual == fingerprints()


def test_every_vendored_file_has_its_licence():
    licences = (VENDOR / "LICENSES.txt").read_text()

    assert all(f"\n{name}\n" in licences for name in vendored_files())
