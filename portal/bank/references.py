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
