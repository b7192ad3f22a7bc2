"""The page of the generators, written from the generators themselves: `docs/generateurs.md`."""

from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from portal.material.library import RECIPES
from portal.material.recipe import Recipe, dice_of

HEAD = """# Les générateurs de fichiers

Chaque générateur fait, pour un élève, un fichier, des valeurs pour la consigne et des réponses. On le nomme dans
`material`, avec ses paramètres, tous facultatifs. `contenu generateurs` récrit cette page.
"""


def page() -> str:
    """Write the page."""
    return "\n".join([HEAD, *(line for name in sorted(RECIPES) for line in _section(name, RECIPES[name]))])


def _section(name: str, kind: type[Recipe]) -> Iterator[str]:
    made = kind.model_validate({"generator": name}).make(dice_of("exemple"))
    yield f"## `{name}`\n"
    yield f"Fichier : `{made.file.name}`.\n"
    for parameter, field in kind.model_fields.items():
        if parameter != "generator":
            yield f"- paramètre `{parameter}` : {_allowed(field.annotation)}{_first(field)}"
    yield "- valeurs : " + (", ".join(f"`{{{value}}}`" for value in made.values) or "aucune")
    yield "- réponses : " + ", ".join(f"`{answer}`" for answer in made.answers)
    yield ""


def _allowed(annotation: Any) -> str:
    if annotation is bool:
        return "`true` ou `false`"
    if annotation is int:
        return "un nombre entier"
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation))
    if get_origin(annotation) is Union or get_args(annotation):
        return " ; ".join(_allowed(one) for one in get_args(annotation) if one is not type(None))
    return "un texte"


def _first(field: FieldInfo) -> str:
    """Tell what it is when nothing is said."""
    if field.default is None:
        return " (au hasard au départ)"
    value = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f" (`{value}` au départ)"
