"""Unsound files: each is refused as a whole, with its sentence."""

import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rosters import reading
from portal.rosters.reading import FileKind, RosterRefused, kind_of
from portal.rosters.siecle import read_siecle
from tests.rosters.test_siecle import LINA
from tests.tools.siecle import (
    UAI,
    XML_NAME,
    siecle_text,
    siecle_xml,
    zipped,
)


def refusal(content: bytes, name: str = XML_NAME) -> str:
    with pytest.raises(RosterRefused) as refused:
        read_siecle(content, name, UAI)
    return str(refused.value)


def raw_zip(change: Callable[[zipfile.ZipInfo], None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr(XML_NAME, siecle_xml([LINA]))
        change(archive.infolist()[0])
    return buffer.getvalue()


# ---------------------------------------------------------------- refused files

SOUND = siecle_xml([LINA, replace(LINA, record="2", ine="2", first_name="Noé")])
BILLION_LAUGHS = (
    b'<!DOCTYPE BEE_ELEVES [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
OUTSIDE_ENTITY = b'<!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def with_prolog(prolog: bytes) -> bytes:
    return SOUND.replace(b"<BEE_ELEVES", prolog + b"<BEE_ELEVES", 1)


REFUSED = {
    "empty": (b"", "est vide"),
    "blank": (b"  \r\n", "est vide"),
    "not XML": (b"Nom;Prenom\nDurand;Lina\n", "ne contient pas du XML"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "ne contient pas du XML"),
    "truncated before UAJ": (SOUND[:90], "incomplet ou abîmé (ligne "),
    "truncated after UAJ": (SOUND[: len(SOUND) // 2], "incomplet ou abîmé (ligne "),
    "truncated at the last tag": (SOUND.rstrip()[:-1], "incomplet ou abîmé (ligne "),
    "broken in the middle": (SOUND.replace(b"</PRENOM>", b"</PRENON>", 1), "incomplet ou abîmé (ligne "),
    "text after the end": (SOUND + b"<AUTRE/>", "incomplet ou abîmé (ligne "),
    "null bytes": (SOUND.replace(b"Lina", b"Li\0na", 1), "incomplet ou abîmé"),
    "another document": (b"<html><body>Session</body></html>", "n’est pas l’export"),
    "guardians' export": (b"<BEE_RESPONSABLES/>", "n’est pas l’export"),
    "UAI missing": (siecle_xml([LINA], uai=None), "ne dit pas de quel établissement"),
    "UAI empty": (siecle_xml([LINA], uai=""), "ne dit pas de quel établissement"),
    "UAI wrong": (siecle_xml([LINA], uai="0750001A"), "n’en est pas un"),
    "another school's": (siecle_xml([LINA], uai="0750655E"), f"établissement 0750655E, le vôtre est {UAI}"),
    "no pupil": (siecle_xml([]), "ne contient aucun élève"),
    "nobody in a class": (siecle_xml([replace(LINA, classes=())]), "présent et affecté à une classe"),
    "encoding unknown": (SOUND.replace(b"ISO-8859-15", b"IBM-99999", 1), "codage de caractères inconnu"),
    "ISO called UTF-8": (
        siecle_text([replace(LINA, first_name="Zoé")], encoding="UTF-8").encode("iso-8859-15"),
        "accents de ce fichier sont mal codés",
    ),
    "UTF-8 called ISO": (
        siecle_text([replace(LINA, first_name="Zoé")]).encode(),
        "accents de ce fichier sont mal codés",
    ),
    "Windows called ISO": (
        siecle_text([replace(LINA, last_name="ŒHLER")]).encode("windows-1252"),
        "accents de ce fichier sont mal codés",
    ),
    "DTD": (with_prolog(b"<!DOCTYPE BEE_ELEVES>"), "définition de type"),
    "DTD elsewhere": (
        with_prolog(b'<!DOCTYPE BEE_ELEVES SYSTEM "http://a.invalid/d">'),
        "définition de type",
    ),
    "DTD in UTF-16": (
        siecle_text([LINA], encoding="UTF-16")
        .replace("<BEE_ELEVES", "<!DOCTYPE BEE_ELEVES><BEE_ELEVES", 1)
        .encode("utf-16"),
        "définition de type",
    ),
    "entity bomb": (with_prolog(BILLION_LAUGHS).replace(b">Lina<", b">&l9;<", 1), "définition de type"),
    "file entity": (with_prolog(OUTSIDE_ENTITY).replace(b">Lina<", b">&x;<", 1), "définition de type"),
    "undeclared entity": (SOUND.replace(b">Lina<", b">&eacute;<", 1), "incomplet ou abîmé"),
    "nested too deep": (SOUND.replace(b"<DONNEES>", b"<DONNEES>" + b"<a>" * 5_000, 1), "démesuré ou piégé"),
    "text too long": (SOUND.replace(b">Lina<", b">" + b"x" * 10_500_000 + b"<", 1), "démesuré ou piégé"),
    "too many elements": (SOUND.replace(b"<PRENOM>", b"<a/>" * 3_000 + b"<PRENOM>", 1), "n’est pas l’export"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_unsound_file_is_refused_as_a_whole_with_its_sentence(case):
    content, sentence = REFUSED[case]
    told = refusal(content)
    assert sentence in told
    assert told.endswith(".")
    assert "!" not in told


@pytest.mark.parametrize("name", ["eleves.csv", "eleves", "eleves.xml.exe", "xml", ""])
def test_only_xml_and_zip_are_taken(name):
    assert "Choisissez un fichier .xml ou .zip" in refusal(SOUND, name)


def test_a_name_that_lies_is_refused_with_the_right_one():
    assert "Renommez-le en «\u00a0.zip\u00a0»" in refusal(zipped({XML_NAME: SOUND}), "eleves.xml")
    assert "Renommez-le en «\u00a0.xml\u00a0»" in refusal(SOUND, "eleves.zip")
    assert "ne contient pas une archive zip" in refusal(b"\x1f\x8b gzip", "eleves.zip")


def test_a_file_over_20_mb_is_refused():
    assert "dépasse 20\u00a0Mo" in refusal(SOUND + b" " * reading.LARGEST_UPLOAD)


def test_a_zip_holds_one_visible_xml():
    assert "aucun fichier .xml" in refusal(zipped({"eleves.csv": b"x"}), "a.zip")
    assert "aucun fichier .xml" in refusal(zipped({}), "a.zip")
    assert "2 fichiers .xml" in refusal(zipped({"a.xml": SOUND, "b/b.xml": SOUND}), "a.zip")


def test_an_encrypted_zip_is_refused():
    def encrypt(info: zipfile.ZipInfo) -> None:
        info.flag_bits |= 1

    assert "mot de passe" in refusal(raw_zip(encrypt), "a.zip")


def test_a_zip_compressed_otherwise_is_refused():
    assert "inhabituelle" in refusal(raw_zip(lambda _: None, zipfile.ZIP_BZIP2), "a.zip")


def test_a_damaged_zip_is_refused():
    sound = zipped({XML_NAME: SOUND})
    start = sound.index(b"\x03\x04") - 2
    middle = start + 30 + len(XML_NAME) + 40
    assert "endommagée" in refusal(sound[: len(sound) // 2], "a.zip")
    assert "endommagée" in refusal(sound[:middle] + b"\xff" * 60 + sound[middle + 60 :], "a.zip")
    assert "endommagée" in refusal(sound.replace(XML_NAME.encode(), b"X" * len(XML_NAME), 1), "a.zip")


def test_a_zip_that_unpacks_beyond_the_ratio_is_stopped_while_reading():
    bomb = zipped({XML_NAME: SOUND.replace(b"<DONNEES>", b"<DONNEES>" + b" " * 60_000_000, 1)})
    assert len(bomb) < 100_000
    tracemalloc.start()
    told = refusal(bomb, "a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "démesuré" in told
    assert peak < 40_000_000


def test_a_zip_that_unpacks_beyond_the_limit_is_stopped(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 500)
    assert "démesuré" in refusal(zipped({XML_NAME: SOUND}), "a.zip")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04", FileKind.ZIP),
        (b"PK\x05\x06", FileKind.ZIP),
        (b"\xef\xbb\xbf\r\n<?xml", FileKind.XML),
        ("<a/>".encode("utf-16"), FileKind.XML),
        ("<a/>".encode("utf-16-be"), FileKind.XML),
        (b"", FileKind.OTHER),
        (b"%PDF-1.7", FileKind.OTHER),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(content, kind):
    assert kind_of(content) is kind


@settings(max_examples=60)
@given(st.integers(0, len(SOUND)), st.binary(max_size=6))
def test_whatever_bytes_are_damaged_the_file_is_read_or_refused_with_a_sentence(position, bytes_in):
    content = SOUND[:position] + bytes_in + SOUND[position + len(bytes_in) :]
    try:
        roster = read_siecle(content, XML_NAME, UAI)
    except RosterRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert roster.uai == UAI
