"""What every part shares: the keys an author writes, how it is drawn, what is said of it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from portal.material.pictures.letters import Misfit
from portal.material.pictures.pen import Pen

NO_BREAK = "\u00a0"
GAP = 14.0
MOST_PARTS = 12
PARTS: dict[str, type["Part"]] = {}


def _as_text(value: Any) -> Any:
    """Write a number the French way; whatever else is not a text is refused by its field."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value).replace(".", ",").replace("-", "−")
    return value


Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Word = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(min_length=1, max_length=1500)]


class Keys(BaseModel):
    """A group of keys: frozen, and closed to those it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)


class Part(Keys):
    """Something that is drawn. Each kind gives its `title`, what it is for; `sample`, an example for the docs.

    Attributes:
        id: the name of its places, when that of its kind is not enough.
    """

    id: Name | None = None

    kind: ClassVar[str]
    title: ClassVar[str]
    sample: ClassVar[str]

    def __init_subclass__(cls, *, kind: str = "", **more: Any) -> None:
        """Add the part to those that files may name."""
        super().__init_subclass__(**more)
        if kind:
            cls.kind = kind
            PARTS[kind] = cls

    @abstractmethod
    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        """Draw from the top left in a given width.

        Returns: the height taken.
        """

    @abstractmethod
    def told(self) -> str:
        """Say in sentences what is drawn; code and addresses between grave accents."""


def read_part(value: Any) -> Part:
    """Read `{kind: {keys}}`.

    Raises: ValueError, pydantic's ValidationError.
    """
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ValueError("une partie s’écrit « - nom: {clés} », un seul nom par tiret")
    ((kind, content),) = value.items()
    if kind not in PARTS:
        raise ValueError(f"« {kind} » n’est pas une partie ({', '.join(sorted(PARTS))})")
    try:
        return PARTS[kind].model_validate(content)
    except ValidationError as error:
        raise refusal([((kind, *one["loc"]), one["msg"]) for one in error.errors()]) from error


def refusal(faults: Sequence[tuple[tuple[int | str, ...], str]]) -> ValidationError:
    """Make an error of faults, each with where it is."""
    return ValidationError.from_exception_data(
        "picture",
        [
            InitErrorDetails(
                type=PydanticCustomError("picture", "{fault}", {"fault": fault}), loc=place, input=None
            )
            for place, fault in faults
        ],
    )


def _some(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if not 1 <= len(parts) <= MOST_PARTS:
        raise ValueError(f"il faut au moins une partie, {MOST_PARTS} au plus")
    return parts


Parts = Annotated[tuple[Annotated[Part, PlainValidator(read_part)], ...], AfterValidator(_some)]


def place(pen: Pen, part: Part, x: float, y: float, width: float) -> float:
    """Draw a part under its name: the second window without a name is `window-2`."""
    if part.id in pen.zones:
        raise Misfit(f"l’id « {part.id} » est écrit deux fois")
    name = part.id or pen.name_for(part.kind)
    with pen.within(name):
        height = part.draw(pen, x, y, width)
        if part.kind != "row":
            pen.zone("", x, y, width, height)
    return height


def stack(pen: Pen, parts: Sequence[Part], x: float, y: float, width: float) -> float:
    """Draw parts one under the other.

    Returns: the height taken.
    """
    top = y
    for part in parts:
        top += place(pen, part, x, top, width) + GAP
    return top - GAP - y


def told_of(parts: Sequence[Part]) -> str:
    """Say what parts show, in the order they are drawn."""
    return " ".join(part.told() for part in parts)


def quoted(text: str) -> str:
    """Quote what is written on the picture."""
    plain = " ".join(text.split(" ")).replace("\n", " ")
    return f"«{NO_BREAK}{plain.removesuffix('.')}{NO_BREAK}»"


def code(text: str) -> str:
    """Say an address or code: its signs are not those of a sentence."""
    return f"`{text}`"


def sentence(*parts: str | None) -> str:
    """Make a sentence of what there is."""
    text = ", ".join(part for part in parts if part)
    return text if text.endswith((".", "…")) else f"{text}."


def listed(heading: str, items: Sequence[str]) -> str:
    """Say a list: « Boutons : Oui ; Non. »."""
    return f"{heading}{NO_BREAK}: {f'{NO_BREAK}; '.join(items)}." if items else ""


def joined(*sentences: str) -> str:
    """Put sentences one after the other, without the empty ones."""
    return " ".join(one for one in sentences if one)
