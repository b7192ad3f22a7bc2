"""What pupils type: a code, who they are, a secret."""

import re
from datetime import date

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from portal.domain.campaign import CODE_PATTERN, normalise_code

_DATE = re.compile(r"^\s*(\d{1,2})\D*?(\d{2})\D*?(\d{4})\s*$|^\s*(\d{1,2})\D+(\d{1,2})\D+(\d{4})\s*$")


class JoinForm(FlaskForm):
    """The code given by the teacher; tolerant of case, spaces and hyphens."""

    code = StringField(
        "Code de la campagne",
        filters=[lambda typed: normalise_code(typed or "")],
        validators=[
            InputRequired("Saisissez le code donné par votre professeur."),
            Regexp(CODE_PATTERN, message="Un code compte six lettres puis trois chiffres. Relisez-le."),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


def read_birth_date(typed: str) -> date | None:
    """Read a day written 04/05/2014, 4 5 2014, 04.05.2014 or 04052014; None when it is no day."""
    found = _DATE.match(typed)
    if not found:
        return None
    day, month, year = [int(part) for part in found.groups() if part is not None]
    try:
        return date(year, month, day)
    except ValueError:
        return None


class IdentityForm(FlaskForm):
    """Names and birth date, as a pupil types them."""

    first_name = StringField(
        "Prénom",
        validators=[InputRequired("Saisissez votre prénom."), Length(max=60, message="60 lettres au plus.")],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    last_name = StringField(
        "Nom de famille",
        validators=[InputRequired("Saisissez votre nom."), Length(max=80, message="80 lettres au plus.")],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    birth_date = StringField(
        "Date de naissance",
        description="Jour, mois, année. Par exemple 04/05/2014.",
        validators=[InputRequired("Saisissez votre date de naissance.")],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )

    def validate_birth_date(self, field: StringField) -> None:
        """Refuse what is not a day."""
        if read_birth_date(field.data or "") is None:
            raise ValidationError("Écrivez le jour, le mois et l’année en chiffres, par exemple 04/05/2014.")


class SecretForm(FlaskForm):
    """The proposed passphrase, or another secret chosen by the pupil."""

    proposed = HiddenField(validators=[InputRequired("Rechargez la page."), Length(max=200)])
    chosen = StringField(
        "Mon mot de passe à moi",
        description="Huit caractères au moins. Ne donnez ni votre nom ni votre date de naissance.",
        validators=[Optional(), Length(min=8, max=200, message="Huit caractères au moins, 200 au plus.")],
        render_kw={"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"},
    )

    @property
    def secret(self) -> str:
        """Give the secret to keep."""
        return self.chosen.data or self.proposed.data or ""


class ChangeSecretForm(SecretForm):
    """Another secret, for a pupil who knows the present one."""

    current = PasswordField(
        "Mon mot de passe actuel",
        validators=[InputRequired("Saisissez votre mot de passe actuel."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
