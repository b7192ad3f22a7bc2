"""The French words of our enumerations, dates and numbers, as Jinja filters."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from portal.domain.adaptive import Mode, Rule
from portal.domain.campaign import CampaignKind, Duration, Sending, spaced_code
from portal.domain.catalogue import Periods
from portal.domain.forecast import Ease
from portal.domain.marking import Outcome
from portal.domain.mastery import Standing, whole_percent
from portal.domain.participation import Status
from portal.domain.pathway import Category
from portal.domain.permissions import Function, Role
from portal.domain.report import Problem
from portal.domain.school import Grade
from portal.domain.tutorials import Rating

PARIS = ZoneInfo("Europe/Paris")

LABELS: dict[object, str] = {
    Role.ANONYMOUS: "Visiteur",
    Role.PUPIL: "Élève",
    Role.MEMBER: "Membre",
    Role.ADMIN: "Référent (RUPN)",
    Function.HOMEROOM_TEACHER: "Professeur principal",
    Function.TEACHER: "Enseignant",
    Function.AED: "AED",
    Function.AESH: "AESH",
    Function.CPE: "CPE",
    Function.HEAD: "Direction",
    Function.LIBRARIAN: "Documentaliste",
    Category.BACK_TO_SCHOOL: "Parcours de rentrée",
    Category.ADAPTED: "Parcours adaptés",
    Category.THEMATIC: "Parcours thématiques",
    Category.AI: "Intelligence artificielle",
    Category.COMPETENCE: "Une compétence",
    Category.STAFF: "Pour le personnel",
    CampaignKind.ASSESSMENT: "Évaluation",
    CampaignKind.EXAM: "Évaluation à blanc",
    Duration.SHORT: "25 minutes au plus",
    Duration.MEDIUM: "50 minutes au plus",
    Duration.UNLIMITED: "Sans limite de temps",
    Periods.ONE: "Une séance",
    Periods.TWO: "Deux séances",
    Ease.BEGINNER: "Qui débute",
    Ease.USUAL: "Niveau habituel",
    Ease.AT_EASE: "À l’aise",
    Mode.SHORT: "Rapide",
    Mode.NORMAL: "Normale",
    Mode.PRECISE: "Précise",
    Rule.FIRST_QUESTION: "Pour commencer",
    Rule.BEST_GAIN: "La plus instructive",
    Rule.AFTER_LOSSES: "Plus facile",
    Rule.NEW_COMPETENCE: "Compétence pas encore abordée",
    Rule.ASKED_AGAIN: "Acquis à revoir",
    Rule.SKIPPED_AGAIN: "Acquis passé auparavant",
    Standing.ACQUIRED: "Acquis",
    Standing.TO_CONFIRM: "À confirmer",
    Standing.TO_WORK_ON: "À travailler",
    Sending.AUTOMATIC: "Automatique à la fin",
    Sending.EXPLICIT: "Par l’élève, avec un bouton",
    Status.STARTED: "En cours",
    Status.COMPLETED: "Terminée, non envoyée",
    Status.SHARED: "Envoyée",
    Outcome.OK: "Juste",
    Outcome.KO: "À revoir",
    Outcome.SKIPPED: "Passée",
    Outcome.TIMED_OUT: "Hors délai",
    Rating.YES: "Oui",
    Rating.PARTLY: "Un peu",
    Rating.NO: "Non",
    Problem.UNCLEAR: "L’énoncé n’est pas clair",
    Problem.BROKEN: "Une image ou un fichier ne s’ouvre pas",
    Problem.RIGHT: "Je crois avoir juste",
    Problem.OTHER: "Autre chose",
    Grade.SIXIEME: "6e",
    Grade.CINQUIEME: "5e",
    Grade.QUATRIEME: "4e",
    Grade.TROISIEME: "3e",
    Grade.SECONDE: "2de",
    Grade.PREMIERE: "1re",
    Grade.TERMINALE: "Terminale",
    Grade.SECONDE_PRO: "2de professionnelle",
    Grade.PREMIERE_PRO: "1re professionnelle",
    Grade.TERMINALE_PRO: "Terminale professionnelle",
    Grade.CAP_1: "CAP, 1re année",
    Grade.CAP_2: "CAP, 2e année",
    Grade.BTS_1: "BTS, 1re année",
    Grade.BTS_2: "BTS, 2e année",
    Grade.CPGE: "CPGE",
}


def label(member: object) -> str:
    """Give the French word of an enumeration's member, also from its stored value with `as_grade`."""
    return LABELS[member]


# Grades that follow each other, and the name of them all if they have one.
_TRACKS: tuple[tuple[str, tuple[Grade, ...]], ...] = (
    ("", (Grade.SIXIEME, Grade.CINQUIEME, Grade.QUATRIEME, Grade.TROISIEME)),
    ("", (Grade.SECONDE, Grade.PREMIERE, Grade.TERMINALE)),
    (
        "2de à Terminale professionnelle",
        (Grade.SECONDE_PRO, Grade.PREMIERE_PRO, Grade.TERMINALE_PRO),
    ),
    ("CAP", (Grade.CAP_1, Grade.CAP_2)),
    ("BTS", (Grade.BTS_1, Grade.BTS_2)),
    ("", (Grade.CPGE,)),
)


def grade_ranges(grades: Collection[str]) -> str:
    """Name grades in the order of schooling, three in a row or more as « 5e à 3e »; none is every grade."""
    if not grades:
        return "Tous les niveaux"
    return ", ".join(word for name, track in _TRACKS for word in _track_words(name, track, grades))


def _track_words(name: str, track: Sequence[Grade], grades: Collection[str]) -> list[str]:
    mine = [place for place, grade in enumerate(track) if grade in grades]
    if name and len(mine) == len(track):
        return [name]
    if len(mine) < 3 or mine[-1] - mine[0] != len(mine) - 1:
        return [LABELS[track[place]] for place in mine]
    return [f"{LABELS[track[mine[0]]]} à {LABELS[track[mine[-1]]]}"]


def as_grade(value: str | None) -> str:
    """Give the word of a stored grade."""
    return LABELS[Grade(value)] if value else "à confirmer"


def as_day(value: date | datetime | None) -> str:
    """Write a day as 23/11/2026, Paris time for an instant."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(PARIS)
    return value.strftime("%d/%m/%Y")


def as_moment(value: datetime | None) -> str:
    """Write an instant as 23/11/2026 à 14:05, Paris time."""
    return "–" if value is None else value.astimezone(PARIS).strftime("%d/%m/%Y à %H:%M")


def counted(count: int, singular: str, plural: str) -> str:
    """Write a number with its noun: zero and one are singular in French."""
    return f"{count:,}".replace(",", "\u202f") + "\u00a0" + (singular if count < 2 else plural)


def decimal(value: float) -> str:
    """Write a number with one decimal and a comma, as 2,3."""
    return f"{value:.1f}".replace(".", ",")


def percent(rate: float | None) -> str:
    """Write a ratio as a whole percent, by the rule that keeps 0 and 100 for none and all."""
    return "–" if rate is None else f"{whole_percent(rate)}\u00a0%"


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    filters = {
        "label": label,
        "grade": as_grade,
        "grades": grade_ranges,
        "day": as_day,
        "moment": as_moment,
        "percent": percent,
        "decimal": decimal,
        "spaced_code": spaced_code,
        "duration": lambda value: LABELS[Duration(value)],
        "problem": lambda value: LABELS[Problem(value)],
        "role": lambda value: LABELS[Role(value)],
        "function": lambda value: LABELS[Function(value)] if value else "–",
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["counted"] = counted
