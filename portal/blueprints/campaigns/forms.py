"""What is asked to create a campaign, and what may change afterwards."""

from collections.abc import Collection, Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # Newer than the published types.
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from portal.bank.loader import Bank
from portal.domain.analysis import natural_order
from portal.domain.campaign import LONGEST_NAME, CampaignDraft, Duration, Sending
from portal.domain.pathway import Category, Pathway
from portal.domain.school import Grade
from portal.labels import LABELS, counted
from portal.persistence.queries import campaigns as queries

LONGEST_LANDING_TEXT = 1000
GRADE, CLASS = "niveau:", "classe:"
WHOM = "Choisissez au moins un niveau ou une classe."


class AudienceForm(FlaskForm):
    """Name, landing text and audience: all that may change once a campaign exists."""

    name = StringField(
        "Nom de la campagne",
        name="nom",
        filters=[lambda typed: " ".join((typed or "").split())],
        validators=[
            DataRequired("Donnez un nom à la campagne."),
            Length(max=LONGEST_NAME, message=f"Le nom compte {LONGEST_NAME} caractères au plus."),
        ],
        render_kw={"autocomplete": "off"},
    )
    audience = SelectMultipleField(
        "Pour qui",
        name="public",
        validators=[InputRequired(WHOM)],
        validate_choice=False,
    )
    landing_text = TextAreaField(
        "Message d’accueil",
        name="message",
        description="Les élèves le lisent avant de commencer.",
        filters=[lambda typed: (typed or "").strip()],
        validators=[
            Optional(),
            Length(
                max=LONGEST_LANDING_TEXT,
                message=f"Le message compte {LONGEST_LANDING_TEXT} caractères au plus.",
            ),
        ],
        render_kw={"rows": 3},
    )

    def offer(self, classes: queries.Rows) -> None:
        """Offer the grades and classes of the school; a class alone adds nothing to its whole grade."""
        self._class_ids = {one.name: one.id for one in classes}
        self._grade_of = {one.name: one.grade for one in classes}
        self.audience.choices = [*_audience_choices(classes)]

    def validate_audience(self, field: SelectMultipleField) -> None:
        """Refuse what the school does not have."""
        if not _values(field).issuperset(field.data or ()):
            raise ValidationError("Un niveau ou une classe n’existe plus. Vérifiez la liste.")

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Give the whole grades that were ticked."""
        return tuple(grade for grade in Grade if GRADE + grade in (self.audience.data or ()))

    @property
    def classes(self) -> tuple[int, ...]:
        """Give the ids of the single classes that were ticked."""
        ticked = [one.removeprefix(CLASS) for one in self.audience.data or () if one.startswith(CLASS)]
        return tuple(self._class_ids[name] for name in ticked if self._grade_of[name] not in self.grades)

    def tick(self, grades: Collection[str], class_ids: Collection[int]) -> None:
        """Tick grades, and single classes."""
        chosen = [GRADE + grade for grade in grades]
        self.audience.data = chosen + [
            CLASS + name for name, one in self._class_ids.items() if one in class_ids
        ]


class CampaignForm(AudienceForm):
    """A new campaign, on one page."""

    nonce = HiddenField(name="formulaire", render_kw={"autocomplete": "off"})
    pathway = SelectField(
        "Parcours",
        name="parcours",
        validators=[InputRequired("Choisissez un parcours.")],
        validate_choice=False,
    )
    sending = RadioField(
        "Envoi des résultats à l’équipe",
        name="envoi",
        choices=[SelectChoice(sending.value, LABELS[sending]) for sending in Sending],
        default=Sending.AUTOMATIC.value,
        validators=[AnyOf([*Sending], message="Choisissez quand les résultats sont envoyés.")],
        validate_choice=False,
    )

    duration = RadioField(
        "Durée",
        name="duree",
        description="Une durée plus longue donne des résultats plus sûrs.",
        choices=[SelectChoice(duration.value, LABELS[duration]) for duration in Duration],
        default=Duration.MEDIUM.value,
        validators=[AnyOf([*Duration], message="Choisissez une durée.")],
        validate_choice=False,
    )

    def offer_pathways(self, bank: Bank, classes: queries.Rows) -> None:
        """Offer the pathways for pupils, those for the grades of the school first in each family."""
        present = {one.grade for one in classes}
        pathways = sorted(
            (one for one in bank.pathways.values() if one.category is not Category.STAFF),
            key=lambda one: (
                [*Category].index(one.category),
                present.isdisjoint(one.grades),
                natural_order(one.id),
            ),
        )
        self.pathway.choices = [
            SelectChoice("", "Choisissez un parcours"),
            *(SelectChoice(one.id, one.title, optgroup=LABELS[one.category]) for one in pathways),
        ]

    def validate_pathway(self, field: SelectField) -> None:
        """Refuse a pathway that is not offered."""
        if field.data not in _values(field):
            raise ValidationError("Ce parcours n’existe pas. Choisissez-en un dans la liste.")

    def draft(self) -> CampaignDraft:
        """Give what is asked for."""
        return CampaignDraft(
            pathway=self.pathway.data,
            name=self.name.data or "",
            grades=self.grades,
            classes=self.classes,
            sending=Sending(self.sending.data),
            landing_text=self.landing_text.data or "",
            duration=Duration(self.duration.data),
        )


def proposed_name(pathway: Pathway, year: int) -> str:
    """Name a campaign after its pathway and the school year."""
    ending = f" – {year}-{year + 1}"
    return pathway.title[: LONGEST_NAME - len(ending)] + ending


def _values(field: SelectField | SelectMultipleField) -> set[str]:
    return {str(one[0]) for one in field.iter_choices()}


def _audience_choices(classes: queries.Rows) -> Iterable[SelectChoice]:
    by_grade: dict[str | None, list[queries.OneRow]] = {}
    for one in sorted(classes, key=lambda one: natural_order(one.name)):
        by_grade.setdefault(one.grade, []).append(one)
    for grade in Grade:
        group = by_grade.pop(grade.value, [])
        if group:
            pupils = counted(sum(one.pupils for one in group), "élève", "élèves")
            whole = f"Toutes les classes ({counted(len(group), 'classe', 'classes')}, {pupils})"
            yield SelectChoice(GRADE + grade, whole, optgroup=LABELS[grade])
            yield from (SelectChoice(CLASS + one.name, one.name, optgroup=LABELS[grade]) for one in group)
    for one in by_grade.pop(None, []):
        yield SelectChoice(CLASS + one.name, one.name, optgroup="Niveau à confirmer")
