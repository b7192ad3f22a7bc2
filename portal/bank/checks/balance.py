"""The bank as a whole: enough variants, no repeats, more to do than to choose."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

from portal.bank.checks import guessing
from portal.bank.checks.places import every_challenge, instruction_place, skill_place, tube_file
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.domain.marking import treat
from portal.domain.referential import CHOICES, Challenge

GUIDED_LEVEL = 3
VARIANTS, VARIANTS_WHEN_GUIDED = 2, 3
SAME_INSTRUCTION = 90
SAME_WORDS = 0.8


def problems(bank: Bank) -> list[Problem]:
    """Check variants, repeats, shares, and that guessing does not pay."""
    return [
        *variants(bank),
        *repeated_instructions(bank, bank),
        *_shares(bank),
        *guessing.problems(bank),
    ]


def variants(bank: Bank) -> Iterator[Problem]:
    """Check that each skill has enough questions, and that they are different ones."""
    for tube in bank.tubes.values():
        for skill in tube.skills:
            least = VARIANTS_WHEN_GUIDED if skill.level <= GUIDED_LEVEL else VARIANTS
            count = len(bank.challenges[skill.id])
            if count < least:
                yield Problem(skill_place(tube, skill), f"{count} questions, {least} au moins.")
            for one, other in combinations(bank.challenges[skill.id], 2):
                if _is_paraphrase(one, other):
                    yield Problem(
                        Place(tube_file(tube), f"question {other.id}", other.id),
                        f"même solution et presque les mêmes mots que {one.id}, ce ne sont pas deux questions.",
                    )


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


def _is_paraphrase(one: Challenge, other: Challenge) -> bool:
    return _share_an_answer(one, other) and _overlap(_words(one), _words(other)) > SAME_WORDS


def _share_an_answer(one: Challenge, other: Challenge) -> bool:
    first, second = _solution(one), _solution(other)
    return len(first) == len(second) and all(a & b for a, b in zip(first, second, strict=True))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def repeated_instructions(some: Bank, bank: Bank) -> Iterator[Problem]:
    """Compare the instructions of some questions with those of the bank, each pair once."""
    asked = {challenge.id: _folded(challenge.instruction) for _, challenge in bank.every_challenge()}
    rank = {name: at for at, name in enumerate(asked)}
    ours = {challenge.id for _, challenge in some.every_challenge()}
    for place, _, challenge in every_challenge(some):
        text = asked[challenge.id]
        near = process.extract(text, asked, scorer=fuzz.ratio, score_cutoff=SAME_INSTRUCTION, limit=None)
        for twin in sorted((name for _, _, name in near), key=lambda name: rank[name]):
            # Of two that are looked at, the second is told.
            if rank[twin] < rank[challenge.id] or twin not in ours:
                why = f"consigne presque identique à celle de {twin}, changez la situation."
                yield Problem(instruction_place(place, challenge), why)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _shares(bank: Bank) -> Iterator[Problem]:
    asked, questions = bank.objectives.challenges, list(every_challenge(bank))
    whole = len(questions) or 1
    choices = [place for place, _, one in questions if one.kind in CHOICES]
    known = [place for place, _, one in questions if not one.doing]
    share, doing = 100 * len(choices) / whole, 100 - 100 * len(known) / whole
    if share > asked.most_choices:
        yield guessing.worst(
            choices, f"{share:.0f}\u00a0% de choix uniques ou multiples, {asked.most_choices}\u00a0% au plus."
        )
    if known and doing < asked.least_doing:
        yield guessing.worst(
            known,
            f"{doing:.0f}\u00a0% de questions où l’on fait (doing), {asked.least_doing}\u00a0% au moins.",
        )
