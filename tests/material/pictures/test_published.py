"""What a stored question names is drawn for ever: `published.yaml` says which names that is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml

from portal.material.pictures.icons import ICONS
from portal.material.pictures.library import compose, kinds
from portal.material.pictures.part import Keys, Part

PUBLISHED = yaml.safe_load((Path(__file__).parent / "published.yaml").read_text(encoding="utf-8"))
FIRST = [next(iter(one["picture"][0])) for one in PUBLISHED]


@pytest.mark.parametrize("published", PUBLISHED, ids=FIRST)
def test_what_was_published_is_still_drawn(published: dict[str, Any]) -> None:
    """Its options are read, since a picture refuses those it does not know; its places have their names."""
    drawn = compose(published["picture"])

    gone = set(published["places"]) - drawn.zones.keys()
    assert not gone, "stored questions point at these places: draw them still"


def test_every_name_of_today_is_written_down() -> None:
    used = {name for one in PUBLISHED for name in _used(one["picture"])}

    new = set(_offered()) | {f"icon={name}" for name in ICONS}
    assert not new - used, "add a picture that uses these to published.yaml"
    drawn = {place for one in PUBLISHED for place in compose(one["picture"]).zones}
    assert not drawn - {place for one in PUBLISHED for place in one["places"]}, "add these places to it"


def _offered() -> Iterator[str]:
    """Name what an author may write: `form`, `form.fields`, `form.fields.label`, `chart.kind=pie`."""
    for kind in kinds():
        yield kind.kind
        yield from _keys(kind, kind.kind)


def _keys(group: type[Keys], path: str) -> Iterator[str]:
    for name, field in group.model_fields.items():
        if name == "id":
            continue
        own = f"{path}.{field.alias or name}"
        yield own
        for one in _within(field.annotation):
            if get_origin(one) is Literal:
                yield from (f"{own}={value}" for value in get_args(one))
            elif isinstance(one, type) and issubclass(one, Keys) and one is not Part:
                yield from _keys(one, own)


def _within(annotation: Any) -> Iterator[Any]:
    """Give all that a type is made of."""
    yield annotation
    for one in () if get_origin(annotation) is Literal else get_args(annotation):
        yield from _within(one)


def _used(parts: list[dict[str, Any]]) -> Iterator[str]:
    for part in parts:
        ((kind, keys),) = part.items()
        yield kind
        yield from _written(keys, kind)


def _written(keys: dict[str, Any], path: str) -> Iterator[str]:
    """Name what a picture uses of a part, in the words of `_offered`."""
    for key, value in keys.items():
        own = f"{path}.{key}"
        if key == "id":
            continue
        yield own
        if key == "icon":
            yield f"icon={value}"
        elif isinstance(value, str):
            yield f"{own}={value}"
        inner = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
        if key in {"content", "parts"}:
            yield from _used(inner)
        else:
            yield from (name for one in inner for name in _written(one, own))
