"""The page of the parts of a picture, written from the parts themselves: `docs/dessins.md`."""

from collections.abc import Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from portal.material.pictures.icons import ICONS
from portal.material.pictures.library import compose, kinds
from portal.material.pictures.part import Keys, Part

HEAD = """# Les dessins

Une question montre un écran, un message, un tableau… sans fichier d’image : `picture` dit ce qui s’y
trouve. Le portail le dessine, clair et sombre, et en fait le texte de remplacement.
`contenu dessins` récrit cette page.

```yaml
- id: dossiers-1a
  kind: text
  doing: true
  instruction: "Quel fichier Inès demande-t-elle\u00a0?"
  picture:                       # à la place de media ; les parties sont l’une sous l’autre
    - window: {title: "Documents", files: [{name: "exposé.odt"}, {name: "photo.jpg", size: "2\u00a0Mo"}]}
    - message: {from: "Inès", text: "Envoie-moi la photo."}
  alternative: "…"               # facultatif : remplace le texte fait des parties, s’il en dit trop ou trop peu
  solutions: ["photo.jpg"]
```

- Une image a 640 unités de large, 480 si elle n’est qu’un téléphone ; le texte a au moins 15 unités de haut.
- Sur un petit écran, elle est redessinée aussi étroite que ses textes le permettent, avec les mêmes endroits. Les
  lettres y font au moins douze pixels. Ce qui reste trop large défile. Une image `hotspot` l’est sur tout écran.
- `row: {parts: […]}` met des parties côte à côte. `window`, `browser` et `phone` en contiennent d’autres, dans
  `content`.
- Un texte trop long pour sa place est refusé au chargement, avec le fichier et la ligne : raccourcissez-le.
- Un retour à la ligne s’écrit `\\n` entre guillemets droits, ou avec `|`.
- Mettez entre guillemets les heures, les dates et les pourcentages : sans eux, YAML lit `12:30` comme un nombre.
- Avec `material`, `{nom}` est remplacé par ce que le générateur donne à l’élève, comme dans la consigne.
- Le texte de remplacement dit ce que l’image montre : si le lire donne la réponse plus vite que regarder, écrivez
  `alternative`. Il est relu par `contenu verifier` comme la consigne.
- Les signes rares (émojis) sont refusés : ils ne se dessinent pas partout.

## Trouver un endroit

Chaque partie nomme ses endroits. Une question `hotspot` les cite, sans coordonnées ni `size` :

```yaml
  kind: hotspot
  picture:
    - browser: {url: "https://college.example", tabs: ["Collège", "Météo"]}
  places:
    - {text: "l’adresse", part: browser.url, right: true}
    - {text: "le cadenas", part: browser.padlock}
```

Une partie s’appelle comme sa sorte : `browser`, puis `browser-2` pour la deuxième. `id: nav` lui donne un autre nom :
`nav.url`. Le nom seul (`browser`) désigne la partie entière.

## Un nom publié ne part plus

Une question posée est gardée telle quelle, et redessinée par le portail d’aujourd’hui. Un parcours en cours et les
réponses de l’an dernier citent donc les parties, leurs clés et leurs endroits par leur nom. Aucun ne se retire ni ne
change de nom. `tests/material/pictures/published.yaml` les tient tous, et un test les redessine. Ajoutez-y une image
pour chaque nom nouveau. Si un nom manquait pourtant, l’élève lirait le texte de remplacement, et choisirait les
endroits par leurs mots.

# Les parties
"""


def page() -> str:
    """Write the page."""
    signs = f"## Signes\n\nPour `icon` : {', '.join(f'`{name}`' for name in ICONS)}.\n"
    return "\n".join([HEAD, *(line for kind in kinds() for line in _section(kind)), signs])


def _section(kind: type[Part]) -> Iterator[str]:
    drawn = compose([yaml.safe_load(kind.sample)])
    places = [name.removeprefix(f"{kind.kind}.") for name in drawn.zones if name.startswith(f"{kind.kind}.")]
    yield f"## `{kind.kind}`\n"
    yield f"{kind.title}\n"
    yield from _keys(kind, "")
    yield f"\n```yaml\n{kind.sample}```\n"
    yield f"Texte de remplacement : {drawn.alternative}\n"
    if places:
        yield f"Endroits : {', '.join(f'`{kind.kind}.{name}`' for name in places)}.\n"


def _keys(kind: type[Keys], margin: str) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        if name != "id":
            yield f"{margin}- `{field.alias or name}` : {_allowed(field.annotation)}{_presence(field)}"
            if inner := _inner(field.annotation):
                yield from _keys(inner, margin + "  ")


def _presence(field: FieldInfo) -> str:
    if field.is_required():
        return ", obligatoire"
    if field.default in (None, (), False):
        return ""
    value = str(field.default).lower() if isinstance(field.default, bool) else field.default
    value = ", ".join(value) if isinstance(value, tuple) else value
    return f" (`{value}` si rien n’est dit)"


def _inner(annotation: Any) -> type[Keys] | None:
    """Find the group of keys that a field holds, if it holds one; parts are told elsewhere."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Keys) and annotation is not Part else None
    return next((found for one in get_args(annotation) if (found := _inner(one))), None)


_PLAIN = {
    bool: "`true` ou `false`",
    int: "un nombre entier",
    float: "un nombre",
    str: "un texte",
    Part: "partie",
}


def _allowed(annotation: Any) -> str:
    """Say what a key may hold."""
    choices = [one for one in get_args(annotation) if one not in (NoneType, ...)]
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in choices)
    if get_origin(annotation) is tuple:
        return "une liste" if not choices else f"une liste ({_allowed(choices[0])})"
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type):
        return "des clés"
    return _allowed(choices[0])
