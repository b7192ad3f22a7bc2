"""The parcours that nobody writes: one for each competence, with all of its subjects."""

import re
from collections.abc import Iterable, Iterator, Mapping

from portal.domain.mastery import Stage
from portal.domain.pathway import Category, Pathway
from portal.domain.referential import Competence, Referential, Tube

HIGHEST_LEVEL = 5
STAGES = (
    Stage(0, "Départ", "Chaque question vous apprend quelque chose, prenez votre temps."),
    Stage(None, "C’est lancé", "Vous savez déjà faire une chose utile."),
    Stage(25, "Sur la voie", "Vous avez pris plusieurs bonnes habitudes, continuez ainsi."),
    Stage(50, "Solide", "Vous savez vous débrouiller dans les situations les plus courantes."),
    Stage(75, "Très solide", "Vous maîtrisez cette compétence, et vous pouvez aider les autres."),
)


def is_reserved(name: str) -> bool:
    """Tell whether a name is one of those given here, of a competence that has subjects or not yet."""
    return re.fullmatch(r"c-\d-\d", name) is not None


def by_competence(referential: Referential, tubes: Mapping[str, Tube]) -> Iterator[Pathway]:
    """Make the parcours of each competence that has a subject: a new subject joins it at once."""
    for competence in referential.competences():
        mine = [
            tube
            for tube in tubes.values()
            if tube.competence == competence.id and tube.skills[0].level <= HIGHEST_LEVEL
        ]
        if mine:
            yield _pathway(competence, mine)


def _pathway(competence: Competence, tubes: Iterable[Tube]) -> Pathway:
    named = f"{competence.id}\u00a0– {competence.title}"
    return Pathway(
        id=f"c-{competence.id.replace('.', '-')}",
        title=f"Progresser en {named}",
        category=Category.COMPETENCE,
        description="Tous les sujets d’une seule compétence, pour la reprendre ou aller plus loin.",
        learned=tuple(tube.description for tube in tubes),
        # For whoever needs it, whatever the class: the teacher says for whom.
        grades=(),
        tubes=tuple((tube.id, HIGHEST_LEVEL) for tube in tubes),
        stages=STAGES,
    )
