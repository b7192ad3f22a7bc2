"""What administrators type of pupils, classes and imports."""

import re
from collections.abc import Mapping
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional, Regexp

from portal.domain.errors import DomainError
from portal.domain.school import Grade
from portal.persistence.models import Student
from portal.services.students import Duplicate, IneTaken, StudentDraft

GRADE_OF = "niveau-"
_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)


class UnknownGrade(DomainError):
    """A grade that no list of ours offers."""


def _tidied(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _upper(typed: str | None) -> str:
    return "".join((typed or "").split()).upper()


def _at_most(length: int) -> Length:
    return Length(max=length, message=f"Raccourcissez\u00a0: {length} caractères au plus.")


def read_day(typed: str) -> date | None:
    """Read a day written 04/05/2014, 4.5.2014 or 04052014; None when it is no day."""
    found = _DAY.fullmatch(typed)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


class ImportForm(FlaskForm):
    """The file exported from SIECLE."""

    file = FileField(
        "Fichier de SIECLE",
        description="Le fichier .zip ou .xml, 20 Mo au plus, sans l’ouvrir dans un autre logiciel.",
        validators=[FileRequired("Choisissez le fichier exporté de SIECLE.")],
        render_kw={"accept": ".xml,.zip"},
    )


class StudentForm(FlaskForm):
    """A pupil added or corrected by hand."""

    last_name = StringField(
        "Nom de famille",
        filters=[_tidied],
        validators=[DataRequired("Saisissez le nom de famille."), _at_most(80)],
        render_kw={"autocomplete": "off"},
    )
    usage_name = StringField(
        "Nom d’usage",
        filters=[_tidied],
        validators=[Optional(), _at_most(80)],
        render_kw={"autocomplete": "off"},
    )
    first_name = StringField(
        "Prénom",
        filters=[_tidied],
        validators=[DataRequired("Saisissez le prénom."), _at_most(60)],
        render_kw={"autocomplete": "off"},
    )
    birth_date = StringField(
        "Date de naissance",
        description="Jour, mois, année. Par exemple 04/05/2014. L’élève la saisit pour créer son compte.",
        filters=[_tidied],
        validators=[DataRequired("Saisissez la date de naissance.")],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    class_name = StringField(
        "Classe",
        description="Une classe de la liste, ou le nom d’une nouvelle.",
        filters=[_tidied],
        validators=[Optional(), _at_most(40)],
        render_kw={"autocomplete": "off", "list": "classes"},
    )
    ine = StringField(
        "INE",
        description="Avec lui, le prochain import reconnaît l’élève à coup sûr.",
        filters=[_upper],
        validators=[Optional(), Regexp(r"^[0-9A-Z]{11}$", message="Un INE compte 11 chiffres et lettres.")],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )

    def validate_birth_date(self, field: StringField) -> None:
        """Refuse what is not a day of a pupil's life."""
        day = read_day(field.data or "")
        if day is None:
            raise ValidationError("Écrivez le jour, le mois et l’année en chiffres, par exemple 04/05/2014.")
        if not 1900 <= day.year <= date.today().year:
            raise ValidationError("Vérifiez l’année de naissance.")

    def draft(self) -> StudentDraft:
        """Give what was typed to the service."""
        birth_date = read_day(self.birth_date.data or "")
        assert birth_date is not None
        return StudentDraft(
            last_name=self.last_name.data or "",
            usage_name=self.usage_name.data or None,
            first_name=self.first_name.data or "",
            birth_date=birth_date,
            class_name=self.class_name.data or None,
            ine=self.ine.data or None,
        )

    def refuse(self, error: Duplicate | IneTaken) -> None:
        """Show a refusal beside the field it is about."""
        field = self.ine if isinstance(error, IneTaken) else self.last_name
        field.errors = [str(error).replace("'", "’")]


class CorrectionForm(StudentForm):
    """A pupil corrected by hand, who may have left."""

    has_left = BooleanField(
        "A quitté l’établissement",
        description="L’élève ne peut plus rien commencer. Ses résultats restent.",
    )


def correction_of(student: Student) -> CorrectionForm:
    """Fill the form with a pupil of the list."""
    return CorrectionForm(
        last_name=student.last_name,
        usage_name=student.usage_name,
        first_name=student.first_name,
        birth_date=f"{student.birth_date:%d/%m/%Y}",
        class_name=student.class_group.name if student.class_group else "",
        ine=student.ine,
        has_left=student.disabled_at is not None,
    )


def read_grades(form: Mapping[str, str]) -> dict[str, Grade | None]:
    """Read the grades chosen for classes: the fields `niveau-` then the name of the class.

    Raises: UnknownGrade.
    """
    chosen = {name.removeprefix(GRADE_OF): form[name] for name in form if name.startswith(GRADE_OF)}
    if not set(chosen.values()) <= {"", *Grade}:
        raise UnknownGrade("Choisissez le niveau de chaque classe dans sa liste.")
    return {name: Grade(value) if value else None for name, value in chosen.items()}
