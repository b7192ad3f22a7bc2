"""A school's identifier, its grades and its year. Source: docs/regles.md, « Établissement »."""

import re
import unicodedata
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
DEFAULT_YEAR_START = (8, 20)
_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class Grade(StrEnum):
    """A grade of the French secondary school, or after it."""

    SIXIEME = "6e"
    CINQUIEME = "5e"
    QUATRIEME = "4e"
    TROISIEME = "3e"
    SECONDE = "2de"
    PREMIERE = "1re"
    TERMINALE = "tle"
    SECONDE_PRO = "2de-pro"
    PREMIERE_PRO = "1re-pro"
    TERMINALE_PRO = "tle-pro"
    CAP_1 = "cap-1"
    CAP_2 = "cap-2"
    BTS_1 = "bts-1"
    BTS_2 = "bts-2"
    CPGE = "cpge"


# First three digits of a MEF where they alone tell the grade: ordinary classes, SEGPA (164–167),
# prépa-métiers and the like (104, 110, 131), the technological track (21x), preparatory classes (30x).
_GRADE_BY_MEF = {
    "100": Grade.SIXIEME,
    "101": Grade.CINQUIEME,
    "102": Grade.QUATRIEME,
    "103": Grade.TROISIEME,
    "104": Grade.TROISIEME,
    "110": Grade.TROISIEME,
    "131": Grade.TROISIEME,
    "164": Grade.SIXIEME,
    "165": Grade.CINQUIEME,
    "166": Grade.QUATRIEME,
    "167": Grade.TROISIEME,
    "200": Grade.SECONDE,
    "201": Grade.PREMIERE,
    "202": Grade.TERMINALE,
    "210": Grade.SECONDE,
    "211": Grade.PREMIERE,
    "212": Grade.TERMINALE,
    "300": Grade.CPGE,
    "301": Grade.CPGE,
}
_ADAPTED_MEFS = frozenset({"164", "165", "166", "167"})
# Diplomas whose three digits say nothing of the year: it is the tenth digit of the MEF.
_GRADE_BY_MEF_AND_YEAR = {
    "241": (Grade.CAP_1, Grade.CAP_2),
    "242": (Grade.CAP_1, Grade.CAP_2, Grade.CAP_2),
    "247": (Grade.SECONDE_PRO, Grade.PREMIERE_PRO, Grade.TERMINALE_PRO),
    "276": (Grade.SECONDE_PRO,),
    "311": (Grade.BTS_1, Grade.BTS_2),
}
_YEAR_DIGIT = 9

_SEP = r"[ .\-_°]*"
_ORDINAL = r"(?:E|EME|ERE|RE|NDE|DE|ND|ER)?"
_PRO = r"(?:B(?:AC)?" + _SEP + r"PRO|B?PRO?|BP)(?![A-Z]*EPA)(?:\b|[A-Z0-9 ]|$)"
_SECONDE = r"(?:SECONDE|2" + _ORDINAL + r")"
_PREMIERE = r"(?:PREMIERE|1" + _ORDINAL + r")"
_TERMINALE = r"(?:TERMINALE|TERM|TLE|T)"
_GRADE_BY_NAME = tuple(
    (re.compile(pattern), grade)
    for pattern, grade in (
        (r"\b[12]?" + _SEP + r"(?:MPSI|PCSI|PTSI|MP2I|BCPST|ECG|ECT|CPGE|HYPOKHAGNE|KHAGNE)", Grade.CPGE),
        (r"^(?:MP|MPI|PC|PSI|PT)\*?\d?$", Grade.CPGE),
        (r"^(?:1" + _ORDINAL + _SEP + r"(?:ANNEE )?(?:BTS|STS)|(?:BTS|STS).*?1)", Grade.BTS_1),
        (r"^(?:2" + _ORDINAL + _SEP + r"(?:ANNEE )?(?:BTS|STS)|(?:BTS|STS).*?2)", Grade.BTS_2),
        (r"^(?:1" + _ORDINAL + _SEP + r"(?:ANNEE )?CAP|CAP.*?1)", Grade.CAP_1),
        (r"^(?:(?:2" + _ORDINAL + "|" + _TERMINALE + ")" + _SEP + r"(?:ANNEE )?CAP|CAP.*?2)", Grade.CAP_2),
        (r"^" + _SECONDE + _SEP + _PRO, Grade.SECONDE_PRO),
        (r"^" + _PREMIERE + _SEP + _PRO, Grade.PREMIERE_PRO),
        (r"^" + _TERMINALE + _SEP + _PRO, Grade.TERMINALE_PRO),
        (r"^(?:SIXIEME|6)", Grade.SIXIEME),
        (r"^(?:CINQUIEME|5)", Grade.CINQUIEME),
        (r"^(?:QUATRIEME|4)", Grade.QUATRIEME),
        (r"^(?:TROISIEME|3)", Grade.TROISIEME),
        (r"^" + _SECONDE, Grade.SECONDE),
        (r"^" + _PREMIERE, Grade.PREMIERE),
        (r"^(?:TERMINALE|TERM|TLE)", Grade.TERMINALE),
        (r"^T(?:G|ST[A-Z0-9]+|S2TMD)?" + _SEP + r"[A-Z]?" + _SEP + r"\d{0,2}$", Grade.TERMINALE),
    )
)


def proposed_grade(mef: str | None, class_name: str) -> Grade | None:
    """Guess the grade of a class, for a member to confirm.

    Args:
        mef: the national code of the pupil's course, when the file has it: it is believed first.
        class_name: as the school writes it: « 5eB », « 2nde 3 », « TG2 », « 1CAP », « 601 »…
    """
    return _grade_of_mef(mef or "") or _grade_of_name(class_name)


def _grade_of_mef(mef: str) -> Grade | None:
    code = mef.strip()
    years = _GRADE_BY_MEF_AND_YEAR.get(code[:3])
    if years is None:
        return _GRADE_BY_MEF.get(code[:3])
    year = code[_YEAR_DIGIT : _YEAR_DIGIT + 1]
    return years[int(year) - 1] if year in {"1", "2", "3"} and int(year) <= len(years) else None


def _grade_of_name(class_name: str) -> Grade | None:
    decomposed = unicodedata.normalize("NFKD", class_name.strip().upper())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return next((grade for pattern, grade in _GRADE_BY_NAME if pattern.search(plain)), None)


def is_adapted_teaching(mef: str | None) -> bool:
    """Tell whether a national course code is that of a class with adapted teaching (SEGPA)."""
    return (mef or "").strip()[:3] in _ADAPTED_MEFS


def normalise_uai(text: str) -> str:
    """Write a UAI the national way: capitals, without spaces."""
    return "".join(text.split()).upper()


def is_valid_uai(text: str) -> bool:
    """Tell whether a text is a UAI: seven digits and the control letter that they give."""
    uai = normalise_uai(text)
    digits = uai[:7]
    if len(uai) != 8 or not (digits.isascii() and digits.isdigit()):
        return False
    return uai[7] == _UAI_LETTERS[int(digits) % len(_UAI_LETTERS)]


def school_year(instant: datetime, starts_on: tuple[int, int] = DEFAULT_YEAR_START) -> int:
    """Give the first calendar year of the school year that an instant belongs to, as seen from Paris.

    Args:
        instant: aware.
        starts_on: month and day of the first day of a school year.
    Raises: ValueError if the instant is naive: it would be read in the machine's own time zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a naive instant belongs to no school year")
    local = instant.astimezone(PARIS)
    return local.year if (local.month, local.day) >= starts_on else local.year - 1
