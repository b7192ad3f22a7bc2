"""Why a file of the bank is refused, in the words of its author rather than in those of the reader."""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

_SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "des minuscules sans accent, des chiffres et des tirets, comme « mon-image-1a »",
    r"^[1-5]\.[1-5]$": 'le numéro d’une compétence entre guillemets droits, comme "1.2"',
    r"^[1-5]$": 'le numéro d’un domaine entre guillemets droits, comme "1"',
    r"^[a-z0-9-]+\.(svg|png|webp)$": "un nom de fichier en minuscules, comme « dossiers-1a.svg »",
}
_TYPES = {
    "bool": "true ou false",
    "int": "un nombre entier",
    "float": "un nombre",
    "decimal": "un nombre, avec un point pour la virgule",
    "date": "un jour, comme 2026-11-23",
    "string": "un texte (entre guillemets s’il ressemble à un nombre ou à oui, non)",
    "tuple": "une liste : chaque ligne commence par un tiret",
    "list": "une liste : chaque ligne commence par un tiret",
    "dict": "des clés et leurs valeurs",
    "mapping": "des clés et leurs valeurs",
    "model": "des clés et leurs valeurs",
}
_TOLD = {
    "Field required": "cette clé manque, ajoutez-la",
    "Extra inputs are not permitted": "cette clé n’existe pas ici, corrigez-la ou retirez-la",
}
_SYNTAX = (
    ("mapping values", "deux-points mal placés : mettez ce texte entre guillemets"),
    ("cannot start any token", "une tabulation ou un signe mal placé : décalez avec des espaces"),
    ("unexpected end of stream", "un guillemet ou un crochet n’est pas fermé"),
    ("expected ':'", "il manque deux-points suivis d’une espace"),
    ("expected ',' or", "un crochet ou une accolade n’est pas fermé, ou une virgule manque"),
    ("block", "le décalage n’est pas celui des lignes voisines, ou un guillemet est fermé trop tôt"),
    ("expected key", "le décalage n’est pas celui des lignes voisines, ou un guillemet est fermé trop tôt"),
    ("expected '-' indicator", "il manque un tiret, ou le décalage n’est pas celui des lignes voisines"),
    ("expected whitespace", "ce texte commence par un signe réservé : mettez-le entre guillemets"),
    ("escape", "une barre oblique inverse entre guillemets doubles : employez des guillemets simples"),
    ("written twice", "cette clé est écrite deux fois au même endroit : gardez-en une"),
)


def syntax(error: yaml.YAMLError) -> tuple[int, str]:
    """Say where and why a text is no YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told = f"{getattr(error, 'problem', None) or error}"
    why = next((words for sign, words in _SYNTAX if sign in told), None)
    if isinstance(error, yaml.reader.ReaderError):
        why = "enregistrez ce fichier en UTF-8, sans caractère invisible"
    return (mark.line + 1 if mark else 1), f"ce n’est pas du YAML : {why or told}."


def reason(error: Mapping[str, Any]) -> str:
    """Say why a value is refused."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    if error.get("wanted"):
        return f"cette clé n’existe pas, écrivez « {error['wanted']} »"
    if kind in _WORDS:
        return _WORDS[kind](error.get("input"), context)
    wanted = _TYPES.get(kind.partition("_")[0])
    told = str(error["msg"]).removeprefix("Value error, ")
    # The parts of a picture are read apart, and say only this.
    return f"écrivez {wanted}" if wanted else _TOLD.get(told, told)


def _among(given: object, context: Mapping[str, Any]) -> str:
    known = (
        str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ").replace("'", "")
    )
    value = context.get("tag", given)
    return f"« {value} » n’existe pas, choisissez parmi : {known}"


def _shape(given: object, context: Mapping[str, Any]) -> str:
    pattern = str(context["pattern"])
    return f"« {given} » est refusé, écrivez {_SHAPES.get(pattern, pattern)}"


_WORDS: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda given, context: "cette clé manque, ajoutez-la",
    "extra_forbidden": lambda given, context: "cette clé n’existe pas ici, corrigez-la ou retirez-la",
    "union_tag_not_found": lambda given, context: "« kind » manque : dites la sorte de la question",
    "union_tag_invalid": _among,
    "literal_error": _among,
    "string_pattern_mismatch": _shape,
    "string_too_short": lambda given, context: f"trop court, {context['min_length']} signes au moins",
    "string_too_long": lambda given, context: f"trop long, {context['max_length']} signes au plus",
    "too_short": lambda given, context: (
        f"{context['actual_length']} dans la liste, {context['min_length']} au moins"
    ),
    "too_long": lambda given, context: (
        f"{context['actual_length']} dans la liste, {context['max_length']} au plus"
    ),
    "greater_than_equal": lambda given, context: f"{given} est trop petit, {context['ge']} au moins",
    "less_than_equal": lambda given, context: f"{given} est trop grand, {context['le']} au plus",
    "greater_than": lambda given, context: f"{given} est trop petit, plus de {context['gt']}",
    "less_than": lambda given, context: f"{given} est trop grand, moins de {context['lt']}",
}
