"""The bank as a whole: enough variants, no repeats, no answer found by its place or its length."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import sqrt

from rapidfuzz import fuzz

from portal.bank.checks.places import every_challenge, tube_file
from portal.bank.loader import Bank
from portal.domain.marking import treat
from portal.domain.referential import CHOICES, Challenge, Kind

MOST_CHOICES, LEAST_DOING = 35, 40
GUIDED_LEVEL = 3
VARIANTS, VARIANTS_WHEN_GUIDED = 2, 3
SAME_INSTRUCTION = 90
SAME_WORDS = 0.8
# One look at the lengths, several at the positions: a wider bound there, or chance alone would break it.
LENGTH_DEVIATIONS, POSITION_DEVIATIONS = 2, 3
Draws = list[tuple[float, bool]]
"""Of each question: the chance of a blind guess to meet the trait, and whether the right answer has it."""


def problems(bank: Bank) -> list[str]:
    """Check variants, repeats, shares, and that guessing does not pay."""
    return [
        *_variants(bank),
        *_paraphrases(bank),
        *_repeated_instructions(bank),
        *_shares(bank),
        *_longest(bank),
        *_positions(bank),
    ]


def _variants(bank: Bank) -> Iterator[str]:
    for tube in bank.tubes.values():
        for skill in tube.skills:
            least = VARIANTS_WHEN_GUIDED if skill.level <= GUIDED_LEVEL else VARIANTS
            count = len(bank.challenges[skill.id])
            if count < least:
                yield f"{tube_file(tube)}, acquis {skill.id} : {count} questions, {least} au moins."


def _solution(challenge: Challenge) -> tuple[frozenset[str], ...]:
    """Give the accepted answers, a set for each thing to find."""
    if challenge.proposals:
        return (frozenset(treat(one.text, ("t1", "t2")) for one in challenge.proposals if one.right),)
    groups = challenge.groups or tuple(entry.solutions for entry in challenge.entries)
    return tuple(frozenset(treat(one, ("t1", "t2")) for one in group) for group in groups)


def _words(challenge: Challenge) -> Counter[str]:
    """Count the words that the pupil reads before answering, those of the picture included."""
    parts = [challenge.instruction, *(one.text for one in challenge.proposals)]
    parts += [text for entry in challenge.entries for text in (entry.label, *entry.options)]
    if challenge.media:
        parts.append(challenge.media.alternative)
    return Counter(re.findall(r"\w+", " ".join(parts).casefold()))


def _paraphrases(bank: Bank) -> Iterator[str]:
    for tube in bank.tubes.values():
        for skill in tube.skills:
            for one, other in combinations(bank.challenges[skill.id], 2):
                if _share_an_answer(one, other) and _overlap(_words(one), _words(other)) > SAME_WORDS:
                    yield (
                        f"{tube_file(tube)}, questions {one.id} et {other.id} : même solution et presque"
                        " les mêmes mots, ce ne sont pas deux questions."
                    )


def _share_an_answer(one: Challenge, other: Challenge) -> bool:
    first, second = _solution(one), _solution(other)
    return len(first) == len(second) and all(a & b for a, b in zip(first, second, strict=True))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _repeated_instructions(bank: Bank) -> Iterator[str]:
    asked = [
        (place, challenge.id, " ".join(challenge.instruction.casefold().split()))
        for place, _, challenge in every_challenge(bank)
    ]
    for (place, _, one), (_, twin, other) in combinations(asked, 2):
        if fuzz.ratio(one, other, score_cutoff=SAME_INSTRUCTION):
            yield f"{place} : consigne presque identique à celle de {twin}."


def _shares(bank: Bank) -> Iterator[str]:
    challenges = [challenge for _, challenge in bank.every_challenge()]
    whole = len(challenges) or 1
    choices = 100 * sum(one.kind in CHOICES for one in challenges) / whole
    doing = 100 * sum(one.doing for one in challenges) / whole
    if choices > MOST_CHOICES:
        yield f"banque : {choices:.0f} % de choix uniques ou multiples, {MOST_CHOICES} % au plus."
    if doing < LEAST_DOING:
        yield f"banque : {doing:.0f} % de questions où l’on fait (doing), {LEAST_DOING} % au moins."


def _is_longest(texts: list[str], index: int) -> bool:
    return all(len(texts[index]) > len(text) for other, text in enumerate(texts) if other != index)


def _lists(bank: Bank) -> Iterator[tuple[bool, list[str], list[int]]]:
    """Give each list to choose from: whether its order is fixed, its texts, the places of the right ones."""
    for _, challenge in bank.every_challenge():
        # Those made from a pupil's file are drawn with it.
        if challenge.kind in CHOICES and challenge.proposals:
            right = [place for place, one in enumerate(challenge.proposals) if one.right]
            yield not challenge.shuffle, [one.text for one in challenge.proposals], right
        elif challenge.kind is Kind.SELECT:
            for entry in challenge.entries:
                yield True, list(entry.options), [entry.options.index(entry.solutions[0])]


def _longest(bank: Bank) -> Iterator[str]:
    draws = [
        (len(right) / len(texts), any(_is_longest(texts, place) for place in right))
        for _, texts, right in _lists(bank)
    ]
    met, bound = _bound(draws, LENGTH_DEVIATIONS)
    if met > bound:
        yield (
            f"banque : la bonne proposition est la plus longue dans {met} listes sur {len(draws)},"
            f" {bound:.0f} au plus si le hasard décidait : raccourcissez-la ou allongez les mauvaises."
        )


def _positions(bank: Bank) -> Iterator[str]:
    """Look at every list, shuffled or not: a habit of the writers shows in both."""
    lists = list(_lists(bank))
    for fixed, what in ((True, "listes déroulantes ou non mélangées"), (False, "choix mélangés")):
        kept = [(texts, right) for is_fixed, texts, right in lists if is_fixed is fixed]
        traits = {"première": 0, "deuxième": 1, "troisième": 2, "dernière": -1}
        for name, at in traits.items():
            draws = [
                (len(right) / len(texts), at % len(texts) in right)
                for texts, right in kept
                if at < len(texts)
            ]
            met, bound = _bound(draws, POSITION_DEVIATIONS)
            if met > bound:
                yield (
                    f"banque : la bonne réponse est la {name} dans {met} {what} sur {len(draws)},"
                    f" {bound:.0f} au plus si le hasard décidait : changez l’ordre."
                )


def _bound(draws: Draws, deviations: float) -> tuple[int, float]:
    """Count how often the trait is met, and how often it may be: blind chance plus some deviations.

    Each question is a draw of its own probability p: mean Σp, variance Σp(1 - p).
    """
    mean = sum(chance for chance, _ in draws)
    deviation = sqrt(sum(chance * (1 - chance) for chance, _ in draws))
    return sum(met for _, met in draws), mean + deviations * deviation
