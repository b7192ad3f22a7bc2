"""What a file of the bank names in another: found, or refused with its line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.bank import schema
from portal.bank.places import line_of


def unknown_topics(tubes: Mapping[Path, schema.Tube], referential: schema.Referential) -> Iterator[str]:
    """Tell which subjects name a theme that `referentiel.yaml` does not hold."""
    known = {topic.id for topic in referential.topics}
    for path, tube in tubes.items():
        for at, topic in enumerate(tube.topics):
            if topic not in known:
                place = f"{path.name}, ligne {line_of(path, ['topics', at])}"
                yield f"{place} : le thème « {topic} » n’est pas dans referentiel.yaml."


def wrong_order(pathways: Mapping[Path, schema.Pathway]) -> Iterator[str]:
    """Tell which parcours come after one that is not there, or that comes after them."""
    before = {pathway.id: pathway.prerequisites for pathway in pathways.values()}
    for path, pathway in pathways.items():
        for at, name in enumerate(pathway.prerequisites):
            place = f"{path.name}, ligne {line_of(path, ['prerequisites', at])}"
            if name not in before:
                yield f"{place} : le parcours préalable « {name} » n’existe pas."
            elif pathway.id in _all_before(name, before):
                yield f"{place} : « {name} » attend lui-même « {pathway.id} », aucun des deux ne s’ouvrirait."


def _all_before(name: str, before: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Name a parcours and all that come before it, however far."""
    found: set[str] = set()
    left = [name]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += before.get(one, ())
    return found
