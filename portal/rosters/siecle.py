"""Read the pupils of a SIECLE export, « Élèves sans adresses » (root BEE_ELEVES).

Sex, birthplace, addresses and guardians are never read. Source: docs/regles.md, « Listes d'élèves ».
"""

import re
from collections import Counter
from datetime import date

from portal.domain.roster import ReadRoster, RosterEntry, RosterProblem
from portal.domain.school import normalise_uai
from portal.rosters.reading import RosterRefused, open_xml
from portal.rosters.siecle_xml import BAD_ENCODING, EXPORT_AGAIN, Document, Pupil, parse

LEFT = "Sortis de l’établissement"
INACTIVE = "Inactifs"
WITHOUT_CLASS = "Sans classe"
LONGEST_TEXT = 100
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_INACTIVE_CODE = "inactifs"
# Bytes that Windows-1252 uses for letters and ISO-8859-15 leaves to control codes.
_CONTROL_CODES = re.compile("[\x80-\x9f\ufffd]")


def read_siecle(content: bytes, file_name: str, uai: str) -> ReadRoster:
    """Read an upload, as a whole: one problem and nothing of it may be imported.

    Args:
        content: the .xml, or the .zip that holds it.
        file_name: as uploaded.
        uai: of the school that imports.
    Returns: the pupils present and in a class, the others by reason, and every problem of every pupil.
    Raises: RosterRefused if the file is not this school's export, whole and sound.
    """
    document = parse(open_xml(content, file_name), normalise_uai(uai))
    if not document.uai:
        raise RosterRefused(
            "Ce fichier ne dit pas de quel établissement il vient (UAJ absent). " + EXPORT_AGAIN
        )
    if not document.pupils:
        raise RosterRefused(
            "Ce fichier ne contient aucun élève. Vérifiez l’année scolaire choisie dans SIECLE."
        )
    roster = _sort(document)
    if not roster.entries and not roster.problems:
        raise RosterRefused(
            "Aucun élève de ce fichier n’est présent et affecté à une classe. "
            "Affectez les élèves à leurs classes dans SIECLE, puis exportez de nouveau."
        )
    return roster


def _sort(document: Document) -> ReadRoster:
    """Set apart those who are not there, then check the others, all errors at once."""
    left_out: dict[str, list[str]] = {}
    present: list[tuple[Pupil, str]] = []
    for pupil in document.pupils:
        codes = document.divisions.get(pupil.record, [])
        classes = [code for code in codes if code.casefold() != _INACTIVE_CODE]
        if pupil.left_on:
            left_out.setdefault(LEFT, []).append(pupil.name)
        elif classes:
            present.append((pupil, classes[-1]))
        else:
            left_out.setdefault(INACTIVE if codes else WITHOUT_CLASS, []).append(pupil.name)
    ines = Counter(pupil.ine for pupil, _ in present if pupil.ine)
    records = Counter(pupil.record for pupil, _ in present)
    entries: list[RosterEntry] = []
    problems: list[RosterProblem] = []
    for pupil, class_name in present:
        groups = tuple(dict.fromkeys(document.groups.get(pupil.record, [])))
        _refuse_bad_encoding((*pupil.names, class_name, *groups))
        birth_date = _date(pupil.birth_date)
        reasons = _reasons(pupil, class_name, birth_date, ines, records)
        problems += [RosterProblem(pupil.place, reason) for reason in reasons]
        if birth_date is not None and not reasons:
            entries.append(_entry(pupil, class_name, groups, birth_date))
    return ReadRoster(document.uai, tuple(entries), left_out, tuple(problems))


def _refuse_bad_encoding(texts: tuple[str, ...]) -> None:
    """Refuse letters that another encoding than the announced one explains: « LÃ©a », control codes."""
    if any(_CONTROL_CODES.search(text) or _is_misread_utf8(text) for text in texts):
        raise RosterRefused(BAD_ENCODING)


def _is_misread_utf8(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode("iso-8859-15").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _date(written: str) -> date | None:
    parts = _DATE.fullmatch(written)
    if parts is None:
        return None
    day, month, year = (int(part) for part in parts.groups())
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _reasons(
    pupil: Pupil, class_name: str, birth_date: date | None, ines: Counter[str], records: Counter[str]
) -> list[str]:
    checks = (
        (not pupil.record, "Cet élève n’a pas d’ELEVE_ID : exportez de nouveau la base élèves."),
        (
            bool(pupil.record) and records[pupil.record] > 1,
            "Plusieurs élèves ont cet ELEVE_ID : exportez de nouveau la base élèves.",
        ),
        (not pupil.last_name, "Le nom de famille manque : complétez-le dans SIECLE."),
        (not pupil.first_name, "Le prénom manque : complétez-le dans SIECLE."),
        (not pupil.birth_date, "La date de naissance manque : complétez-la dans SIECLE."),
        (
            bool(pupil.birth_date) and birth_date is None,
            f"« {pupil.birth_date[:20]} » n’est pas une date de naissance au format jj/mm/aaaa : "
            "corrigez-la dans SIECLE.",
        ),
        (
            ines[pupil.ine] > 1,
            f"L’INE {pupil.ine[:20]} est porté par plusieurs élèves : corrigez-le dans SIECLE.",
        ),
        (
            any(len(text) > LONGEST_TEXT for text in (*pupil.names, class_name)),
            "Un nom dépasse 100 caractères : corrigez-le dans SIECLE.",
        ),
    )
    return [sentence for fails, sentence in checks if fails]


def _entry(pupil: Pupil, class_name: str, groups: tuple[str, ...], birth_date: date) -> RosterEntry:
    return RosterEntry(
        ine=pupil.ine or None,
        last_name=pupil.last_name,
        usage_name=pupil.usage_name or None,
        first_name=pupil.first_name,
        second_name=pupil.second_name or None,
        third_name=pupil.third_name or None,
        birth_date=birth_date,
        class_name=class_name,
        groups=groups,
        mef=pupil.mef or None,
        place=pupil.place,
    )
