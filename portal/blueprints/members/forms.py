"""Inviting colleagues, and changing what they are in the school."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # Newer than the published types.
from wtforms.validators import InputRequired, Length

from portal.domain.permissions import Function, Role
from portal.labels import label
from portal.services.invitations import Draft

FUNCTIONS = [SelectChoice(one.value, label(one)) for one in Function]
ROLES = [
    SelectChoice(Role.MEMBER.value, "Membre\u00a0: suit les élèves, crée ses campagnes"),
    SelectChoice(Role.ADMIN.value, "Référent (RUPN)\u00a0: gère aussi la liste des élèves et l’équipe"),
]
# A hundred addresses of the usual length, with the names that mail programs add.
LONGEST_LIST = 12_000


class InviteForm(FlaskForm):
    """Several addresses, one function and one role."""

    addresses = TextAreaField(
        "Adresses électroniques",
        description="Une par ligne, ou séparées par des virgules ou des points-virgules.",
        validators=[
            InputRequired("Saisissez au moins une adresse."),
            Length(max=LONGEST_LIST, message="Invitez moins de personnes à la fois."),
        ],
        render_kw={"rows": 5, "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"},
    )
    function = SelectField(
        "Fonction",
        choices=FUNCTIONS,
        default=Function.TEACHER.value,
        validators=[InputRequired("Choisissez une fonction.")],
    )
    role = RadioField(
        "Rôle dans Balise",
        choices=ROLES,
        default=Role.MEMBER.value,
        validators=[InputRequired("Choisissez un rôle.")],
    )

    def draft(self) -> Draft:
        """Give what was typed to the service."""
        return Draft(self.addresses.data or "", Function(self.function.data), Role(self.role.data))


class FunctionForm(FlaskForm):
    """The work of a member in the school."""

    function = SelectField(
        "Fonction", choices=FUNCTIONS, validators=[InputRequired("Choisissez une fonction.")]
    )


class RoleForm(FlaskForm):
    """What a button of the member's page asks for."""

    role = SelectField(choices=ROLES)
