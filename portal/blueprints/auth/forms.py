"""Signing in, and coming for the first time."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.domain.errors import DomainError
from portal.services import schools
from portal.services.invitations import NewPerson

LONGEST_SECRET = 200
NEW_PASSWORD_HELP = "12 caractères au moins. Quatre mots sans lien font un bon mot de passe."


def _stripped(typed: str | None) -> str:
    return (typed or "").strip()


def _at_most(length: int) -> Length:
    return Length(max=length, message=f"Raccourcissez\u00a0: {length} caractères au plus.")


def _check(rule: Callable[[str], object], field: StringField) -> None:
    try:
        rule(field.data or "")
    except DomainError as error:
        raise ValidationError(str(error)) from None


def _name_field(label: str, missing: str, autocomplete: str) -> StringField:
    return StringField(
        label,
        filters=[_stripped],
        validators=[DataRequired(missing), _at_most(60)],
        render_kw={"autocomplete": autocomplete},
    )


def _password_field(label: str, missing: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired(missing), _at_most(LONGEST_SECRET)],
        render_kw={"autocomplete": "current-password"},
    )


def _new_password_field(label: str) -> PasswordField:
    return PasswordField(
        label,
        description=NEW_PASSWORD_HELP,
        validators=[InputRequired("Choisissez un mot de passe."), _at_most(LONGEST_SECRET)],
        render_kw={"autocomplete": "new-password"},
    )


def _known_email_field() -> StringField:
    """Make the address that a link already gives: shown, and kept by password managers."""
    return StringField(
        "Adresse électronique", render_kw={"readonly": True, "autocomplete": "username", "type": "email"}
    )


class SignInForm(FlaskForm):
    """A member of the team: e-mail address and password."""

    email = StringField(
        "Adresse électronique",
        validators=[InputRequired("Saisissez votre adresse électronique."), _at_most(254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = _password_field("Mot de passe", "Saisissez votre mot de passe.")


class PupilSignInForm(FlaskForm):
    """A pupil: identifiant and mot de passe (trois mots)."""

    username = StringField(
        "Identifiant",
        description="Par exemple lina.durand0405",
        filters=[lambda typed: _stripped(typed).lower()],
        validators=[InputRequired("Saisissez votre identifiant."), _at_most(130)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    secret = _password_field("Mot de passe", "Saisissez votre mot de passe.")


class SetUpForm(FlaskForm):
    """The school, then its administrator."""

    name = StringField(
        "Nom de l’établissement",
        description="Tel que les élèves le connaissent, par exemple Collège des Tilleuls.",
        filters=[_stripped],
        validators=[DataRequired("Saisissez le nom de l’établissement."), _at_most(120)],
        render_kw={"autocomplete": "organization"},
    )
    uai = StringField(
        "UAI",
        description="Sept chiffres et une lettre, comme 0750001U.",
        filters=[_stripped],
        validators=[DataRequired("Saisissez l’UAI de l’établissement."), _at_most(20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    first_name = _name_field("Prénom", "Saisissez votre prénom.", "given-name")
    last_name = _name_field("Nom", "Saisissez votre nom.", "family-name")
    email = StringField(
        "Adresse électronique",
        description="Votre identifiant pour vous connecter.",
        filters=[_stripped],
        validators=[DataRequired("Saisissez votre adresse électronique."), _at_most(254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = _new_password_field("Mot de passe")

    def validate_uai(self, field: StringField) -> None:
        """Check the control letter with the other fields, so that every mistake shows at once."""
        _check(schools.clean_uai, field)

    def validate_email(self, field: StringField) -> None:
        """Check the shape of the address."""
        _check(schools.clean_email, field)

    def draft(self) -> schools.SchoolDraft:
        """Give what was typed to the service."""
        return schools.SchoolDraft(
            name=self.name.data or "",
            uai=self.uai.data or "",
            first_name=self.first_name.data or "",
            last_name=self.last_name.data or "",
            email=self.email.data or "",
            password=self.password.data or "",
        )


class ExploreForm(FlaskForm):
    """The demonstration school, asked for by one click."""

    nonce = HiddenField(name="demande", validators=[_at_most(60)], render_kw={"autocomplete": "off"})


class JoinForm(FlaskForm):
    """An invited person without account."""

    email = _known_email_field()
    first_name = _name_field("Prénom", "Saisissez votre prénom.", "given-name")
    last_name = _name_field("Nom", "Saisissez votre nom.", "family-name")
    password = _new_password_field("Mot de passe")

    def person(self) -> NewPerson:
        """Give what was typed to the service."""
        return NewPerson(self.first_name.data or "", self.last_name.data or "", self.password.data or "")


class JoinKnownForm(FlaskForm):
    """An invited person whose address already has an account."""

    email = _known_email_field()
    password = _password_field("Mot de passe", "Saisissez votre mot de passe.")


class NewPasswordForm(FlaskForm):
    """A password chosen through a link."""

    email = _known_email_field()
    password = _new_password_field("Nouveau mot de passe")


class ChangePasswordForm(FlaskForm):
    """The current password, and the one that replaces it."""

    old = _password_field("Mot de passe actuel", "Saisissez votre mot de passe actuel.")
    new = _new_password_field("Nouveau mot de passe")
