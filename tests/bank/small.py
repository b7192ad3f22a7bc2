"""The content of the small bank without defect, and words to speak of it."""

from typing import Any

NB = "\u00a0"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200">'
    '<rect width="640" height="200" fill="#ffffff"/><text x="10" y="40" font-size="16">Mes fichiers</text></svg>'
)
TUTORIAL = """# Ranger ses fichiers

## Niveaux 1 et 2

Un dossier contient des fichiers. Voir [plus bas](#niveaux-3-et-4).

![Deux dossiers, puis trois fichiers](medias/dossiers-page.svg)

## Niveaux 3 et 4

Un chemin dit où se trouve un fichier.
"""


def _base(key: str, instruction: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "instruction": instruction,
        "explanation": "Un dossier se lit de haut en bas. Les autres réponses parlent du fichier.",
        "seconds": 40,
        **more,
    }


def _seen(key: str, instruction: str, **more: Any) -> dict[str, Any]:
    media = {"file": f"{key}.svg", "alternative": f"Une fenêtre qui montre {key.replace('-', ' ')}."}
    return _base(key, instruction, doing=True, media=media, **more)


def first_skill() -> dict[str, Any]:
    lists = {"label": "Dossier", "options": ["Photos", "Musique", "Notes"], "solutions": ["Musique"]}
    return {
        "id": "dossiers-1",
        "level": 1,
        "description": "Trouver un fichier dans un dossier.",
        "hint": "Lisez le nom de la fenêtre.",
        "tutorial": "niveaux-1-et-2",
        "challenges": [
            _seen(
                "dossiers-1a", f"Dans quel dossier est la chanson de Lina{NB}?", kind="select", fields=[lists]
            ),
            _seen(
                "dossiers-1b",
                "Recopiez le nom du gros document.",
                kind="text",
                solutions=["exposé", "mon exposé"],
            ),
            _seen("dossiers-1c", f"Combien d’images voit Noé{NB}?", kind="number", solution=4),
        ],
    }


def second_skill() -> dict[str, Any]:
    typed = [
        {"label": "Racine", "solutions": ["Documents"]},
        {"label": "Rang", "format": "number", "solutions": ["3"]},
    ]
    words = ["Le volcan dort.", "La marée monte vite.", "Le vent se lève.", "La nuit tombe."]
    single = [{"text": word, "right": place == 2} for place, word in enumerate(words)]
    names = ["carte", "plan de la ville", "croquis", "photo"]
    several = [{"text": name, "right": place in {0, 3}} for place, name in enumerate(names)]
    return {
        "id": "dossiers-4",
        "level": 4,
        "description": "Suivre un chemin de dossiers.",
        "hint": "Chaque barre sépare deux dossiers.",
        "tutorial": "niveaux-3-et-4",
        "challenges": [
            _seen(
                "dossiers-4a", "Lisez le chemin, puis complétez ces deux lignes.", kind="fields", fields=typed
            ),
            _seen(
                "dossiers-4b",
                "Quels sont les parents de la sauvegarde d’Amadou ?".replace(" ?", f"{NB}?"),
                kind="interchangeable_fields",
                labels=["Premier parent", "Second parent"],
                groups=[["archives", "les archives"], ["musique"], ["vacances"]],
            ),
            _base(
                "dossiers-4c",
                "Choisissez la phrase qui parle de l’air.",
                kind="single_choice",
                proposals=single,
            ),
            _base(
                "dossiers-4d",
                "Choisissez les deux mots les plus courts.",
                kind="multiple_choice",
                proposals=several,
            ),
        ],
    }


def challenge(tube: dict[str, Any], key: str) -> dict[str, Any]:
    """Find a question of the small bank."""
    return next(one for skill in tube["skills"] for one in skill["challenges"] if one["id"] == key)


def assert_only(found: list[str], *parts: str) -> None:
    """Expect one problem, that names its place and its defect."""
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0]
