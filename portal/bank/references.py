"""What a file of the bank names in another: found, or refused with its line."""

from collections.abc import Iterable, Iterator, Mapping

from portal.bank import generated, schema
from portal.bank.places import Place, Problem


def unknown_topics(
    tubes: Iterable[tuple[str, schema.Tube]], referential: schema.Referential
) -> Iterator[Problem]:
    """Tell which subjects name a theme that `referentiel.yaml` does not hold."""
    known = {topic.id for topic in referential.topics}
    for file, tube in tubes:
        for at, topic in enumerate(tube.topics):
            if topic not in known:
                why = f"le thème « {topic} » n’est pas dans referentiel.yaml."
                yield Problem(Place(file, keys=("topics", at)), why)


def reserved(pathways: Iterable[tuple[str, schema.Pathway]]) -> Iterator[Problem]:
    """Tell which parcours bear a name that the bank gives itself."""
    for file, pathway in pathways:
        if generated.is_reserved(pathway.id):
            why = f"« {pathway.id} » est le nom d’un parcours fait par la banque : donnez-lui un autre nom."
            yield Problem(Place(file, keys=("id",)), why)


def wrong_order(pathways: Iterable[tuple[str, schema.Pathway]]) -> Iterator[Problem]:
    """Tell which parcours come after one that is not there, or that comes after them."""
    written = list(pathways)
    before = {pathway.id: pathway.prerequisites for _, pathway in written}
    for file, pathway in written:
        for at, name in enumerate(pathway.prerequisites):
            place = Place(file, keys=("prerequisites", at))
            if name not in before:
                yield Problem(place, f"le parcours préalable « {name} » n’existe pas.")
            elif pathway.id in _all_before(name, before):
                yield Problem(
                    place, f"« {name} » attend lui-même « {pathway.id} », aucun des deux ne s’ouvrirait."
                )


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
