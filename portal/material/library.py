"""Every generator by name, and the way from what the bank writes to what one pupil gets."""

from collections.abc import Mapping
from typing import Any

from portal.material import (
    agenda,
    archives,
    catalogue,
    ciphers,
    codes,
    contacts,
    curriculum,
    damaged,
    deadlines,
    letters,
    log,
    mails,
    marks,
    open_data,
    pages,
    photos,
    prices,
    prints,
    reports,
    sensors,
    spending,
    stock,
    survey,
    timetable,
    track,
    weather,
)
from portal.material.recipe import Recipe

_KINDS: tuple[type[Recipe], ...] = (
    agenda.Agenda,
    archives.FileVersions,
    archives.FolderTree,
    catalogue.Catalogue,
    ciphers.CodedMessage,
    ciphers.ProgramTrace,
    codes.BarCode,
    codes.QrCode,
    contacts.Contacts,
    curriculum.CurriculumVitae,
    damaged.Damaged,
    deadlines.Deadlines,
    letters.InconsistentLetter,
    letters.LetterToRead,
    log.Log,
    mails.MailHeaders,
    mails.MailThread,
    mails.MisleadingLink,
    marks.Marks,
    open_data.OpenData,
    pages.PageLinks,
    pages.PageSource,
    photos.PhotoProperties,
    photos.PictureSet,
    prices.Prices,
    prints.Brochure,
    prints.Invoice,
    reports.DocumentProperties,
    reports.ReviewedDocument,
    reports.StructuredReport,
    sensors.Sensors,
    spending.Spending,
    stock.Stock,
    survey.Survey,
    timetable.Timetable,
    track.Track,
    weather.Weather,
)
RECIPES: Mapping[str, type[Recipe]] = {
    name: kind
    for kind in _KINDS
    for name in kind.model_fields["generator"].annotation.__args__  # type: ignore[union-attr]
}


class UnknownGenerator(ValueError):
    """The bank names a generator that does not exist."""


def recipe_of(content: Mapping[str, Any]) -> Recipe:
    """Read a generator with its parameters.

    Raises: UnknownGenerator, pydantic's ValidationError.
    """
    kind = RECIPES.get(str(content.get("generator")))
    if kind is None:
        raise UnknownGenerator(
            f"generator : « {content.get('generator')} » n’existe pas ({', '.join(RECIPES)})"
        )
    return kind.model_validate(content)
