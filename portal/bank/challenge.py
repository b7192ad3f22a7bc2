"""What every question of the bank has, whatever its kind."""

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from portal.material.pictures.library import compose

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
_HOLE = re.compile(r"\{[a-z0-9_-]+\}")


class Part(BaseModel):
    """A piece of a bank file: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Media(Part):
    """A picture of `medias/` and the text that says the same to who cannot see it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(svg|png|webp)$")]
    alternative: Annotated[str, Field(min_length=10, max_length=2000)]


def _composed(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draw a picture once, so that its author hears what does not fit; the checks draw those made for a pupil.

    Raises: pydantic's ValidationError.
    """
    compose(parts, is_strict=not _HOLE.search(str(parts)))
    return parts


class Source(Part):
    """Where a fact that may change was found, and when it was read."""

    text: Sentence
    read_on: date


class ChallengeBase(Part):
    """What every kind of challenge has."""

    id: Slug
    instruction: Annotated[str, Field(min_length=10, max_length=3000)]
    alternative_instruction: str | None = None
    media: Media | None = None
    # Any: the margins of a program are part of it, and a question loses those of the texts it knows.
    picture: Annotated[list[dict[str, Any]], AfterValidator(_composed)] | None = None
    """The parts of a picture of ours, in place of `media`."""
    alternative: Annotated[str, Field(min_length=10, max_length=4000)] | None = None
    """What says the same as `picture`, when the sentences made from its parts are not enough."""
    explanation: Annotated[str, Field(min_length=20, max_length=1500)]
    source: Source | None = None
    doing: bool = False
    """True when the pupil acts on, or reads, a realistic picture, page or file."""
    phone_friendly: bool = True
    seconds: Annotated[int, Field(ge=10, le=600)]
    material: dict[str, JsonValue] | None = None
    """The generator of the pupil's own file, with its parameters."""
    timer: Annotated[int, Field(ge=10, le=600)] | None = None
    """How many seconds the pupil has, once begun."""
    focus: bool = False
    """True when the pupil is asked to stay on the page."""

    @model_validator(mode="after")
    def _one_picture(self) -> Self:
        if self.media and self.picture:
            raise ValueError("« media » ou « picture », pas les deux")
        if self.alternative and not self.picture:
            raise ValueError(
                "« alternative » va avec « picture » ; celle d’un fichier s’écrit dans « media »"
            )
        if self.picture and not self.material and (hole := _HOLE.search(str(self.picture))):
            raise ValueError(f"« {hole[0]} » dans « picture » va avec « material », qui n’est pas là")
        return self
