"""Nothing is won by guessing: no answer is found by its length nor by its place, over the whole bank."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from portal.bank.checks.places import every_challenge
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.domain.referential import CHOICES, Kind

# One look at the lengths, several at the positions: a wider bound there, or chance alone would break it.
LENGTH_DEVIATIONS, POSITION_DEVIATIONS = 2, 3
# Of three, the last is also the third: it is told once.
TRAITS = {"première": 0, "dernière": -1, "deuxième": 1, "troisième": 2}


@dataclass(frozen=True, slots=True)
class _List:
    """A list to choose from, and the places of the right ones."""

    place: Place
    is_fixed: bool
    texts: tuple[str, ...]
    right: tuple[int, ...]

    @property
    def chance(self) -> float:
        """Give the chance of a blind guess."""
        return len(self.right) / len(self.texts)


def problems(bank: Bank) -> Iterator[Problem]:
    """Look at every list, shuffled or not: a habit of the writers shows in both."""
    lists = list(_lists(bank))
    longest = [one for one in lists if any(_is_longest(one.texts, place) for place in one.right)]
    most = _most(lists, LENGTH_DEVIATIONS)
    if len(longest) > most:
        yield worst(
            [one.place for one in longest],
            f"la bonne proposition est la plus longue dans {len(longest)} listes sur {len(lists)},"
            f" {most:.0f} au plus si le hasard décidait : raccourcissez-la ou allongez les mauvaises.",
        )
    for is_fixed, what in ((True, "listes déroulantes ou non mélangées"), (False, "choix mélangés")):
        yield from _positions([one for one in lists if one.is_fixed is is_fixed], what)


def worst(places: Sequence[Place], reason: str) -> Problem:
    """Tell a defect of the whole bank where it is met most: there it is best mended."""
    file, count = Counter(place.file for place in places).most_common(1)[0]
    first = next(place for place in places if place.file == file)
    others = f" (ici {count} fois)" if count > 1 else ""
    return Problem(first, f"dans toute la banque{others}, {reason}")


def _positions(lists: list[_List], what: str) -> Iterator[Problem]:
    for name, at in TRAITS.items():
        long_enough = [one for one in lists if at < len(one.texts)]
        met = [one for one in long_enough if at % len(one.texts) in one.right]
        most = _most(long_enough, POSITION_DEVIATIONS)
        if len(met) > most:
            yield worst(
                [one.place for one in met],
                f"la bonne réponse est la {name} dans {len(met)} {what} sur {len(long_enough)},"
                f" {most:.0f} au plus si le hasard décidait : changez l’ordre.",
            )
            return


def _is_longest(texts: Sequence[str], index: int) -> bool:
    return all(len(texts[index]) > len(text) for other, text in enumerate(texts) if other != index)


def _lists(bank: Bank) -> Iterator[_List]:
    for place, _, challenge in every_challenge(bank):
        # Those made from a pupil's file are drawn with it.
        if challenge.kind in CHOICES and challenge.proposals:
            right = tuple(at for at, one in enumerate(challenge.proposals) if one.right)
            texts = tuple(one.text for one in challenge.proposals)
            yield _List(place.at("proposals"), not challenge.shuffle, texts, right)
        elif challenge.kind is Kind.SELECT:
            for at, entry in enumerate(challenge.entries):
                index = entry.options.index(entry.solutions[0])
                yield _List(place.at("fields", at), True, entry.options, (index,))


def _most(lists: Sequence[_List], deviations: float) -> float:
    """Tell how often a trait may be met: blind chance plus some deviations.

    Each list is a draw of its own probability p: mean Σp, variance Σp(1 - p).
    """
    mean = sum(one.chance for one in lists)
    deviation = sqrt(sum(one.chance * (1 - one.chance) for one in lists))
    return mean + deviations * deviation
