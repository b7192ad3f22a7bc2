"""Every solution passes its own correction, every wrong answer fails it."""

import re
from collections.abc import Iterator

from portal.bank.checks.places import every_challenge
from portal.bank.loader import Bank
from portal.bank.places import Problem
from portal.domain.errors import DomainError
from portal.domain.marking import Given, Outcome, expects_several, mark, matches, read_number, treat
from portal.domain.referential import CHOSEN, Challenge, Entry, Kind


def problems(bank: Bank) -> list[Problem]:
    """Correct each question with what must pass and with what must fail."""
    return [
        Problem(place, problem)
        for place, _, challenge in every_challenge(bank)
        # What a file answers is known once it is made.
        if challenge.recipe is None
        for problem in problems_of(challenge)
    ]


def problems_of(challenge: Challenge) -> Iterator[str]:
    """Correct one question, whole, with what must pass and with what must fail."""
    if challenge.kind is Kind.SIMULATOR:
        return
    if challenge.kind in CHOSEN:
        yield from _choices(challenge)
    elif challenge.kind is Kind.ORDERING:
        yield from _order(challenge)
    elif challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        yield from _groups(challenge)
    else:
        yield from _entries(challenge)
    for entry in challenge.entries:
        yield from _lenient(entry, challenge)


def _is_right(challenge: Challenge, given: Given) -> bool | None:
    """Tell whether an answer is right; None when it is refused before any correction."""
    try:
        return mark(challenge, given) is Outcome.OK
    except DomainError:
        return None


def _choices(challenge: Challenge) -> Iterator[str]:
    proposals = challenge.proposals
    right = {index for index, proposal in enumerate(proposals) if proposal.right}
    if not _is_right(challenge, Given(choices=tuple(sorted(right)))):
        yield "les bonnes propositions ne passent pas la correction."
    for index, proposal in enumerate(proposals):
        for wrong in _variations(challenge, right, index):
            if _is_right(challenge, Given(choices=tuple(sorted(wrong)))):
                yield f"une réponse fausse passe la correction (« {proposal.text} »)."
    yield from _twins("la proposition", [proposal.text for proposal in proposals])


def _order(challenge: Challenge) -> Iterator[str]:
    places = tuple(range(len(challenge.proposals)))
    if not _is_right(challenge, Given(choices=places)):
        yield "le bon ordre ne passe pas la correction."
    for at in places[1:]:
        swapped = [*places[: at - 1], at, at - 1, *places[at + 1 :]]
        if _is_right(challenge, Given(choices=tuple(swapped))):
            yield "un autre ordre passe la correction."
    yield from _twins("l’élément", [proposal.text for proposal in challenge.proposals])


def _variations(challenge: Challenge, right: set[int], index: int) -> Iterator[set[int]]:
    """Give the answers one step from the right one that concern this proposal."""
    if not expects_several(challenge):
        yield from ([{index}] if index not in right else [])
        return
    yield right ^ {index}
    if index not in right:
        yield from ((right - {left_out}) | {index} for left_out in right)


def _twins(what: str, options: list[str]) -> Iterator[str]:
    """Find options that say the same: compared without case, spaces nor accents, signs kept."""
    treated = [treat(option, ("t1",)) for option in options]
    for index, option in enumerate(options):
        if treated[index] in treated[:index]:
            yield f"{what} « {option} » est écrite deux fois."


def _entries(challenge: Challenge) -> Iterator[str]:
    right = tuple(entry.solutions[0] for entry in challenge.entries)
    for position, entry in enumerate(challenge.entries):
        for solution in entry.solutions:
            if not _is_right(challenge, Given(texts=_with(right, position, solution))):
                yield f"la solution « {solution} » du champ « {entry.label} » ne passe pas sa correction."
        for wrong in _wrong_texts(entry):
            if _is_right(challenge, Given(texts=_with(right, position, wrong))):
                yield f"la réponse fausse « {wrong} » passe dans le champ « {entry.label} »."
        yield from _twins("l’option", list(entry.options))
        others = (*challenge.entries[:position], *challenge.entries[position + 1 :])
        yield from _near(entry, tuple(text for other in others for text in other.solutions + other.options))


def _with(texts: tuple[str, ...], position: int, text: str) -> tuple[str, ...]:
    return (*texts[:position], text, *texts[position + 1 :])


def _wrong_texts(entry: Entry) -> Iterator[str]:
    if entry.options:
        yield from (option for option in entry.options if option not in entry.solutions)
    elif entry.is_number:
        numbers = {read_number(solution) for solution in entry.solutions if _is_number(solution)}
        for number in numbers:
            yield from (str(near) for near in (number + 1, number - 1) if near not in numbers)


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except DomainError:
        return False
    return True


def _near(entry: Entry, others: tuple[str, ...]) -> Iterator[str]:
    """Find the answers of another field that only the tolerance for typing errors lets in."""
    if entry.options or entry.is_number:
        return
    strict = tuple(one for one in entry.treatments if one != "t3")
    for other in others:
        if matches(other, entry.solutions, entry.treatments) and not matches(other, entry.solutions, strict):
            yield f"« {other} », réponse d’un autre champ, passe dans « {entry.label} » : retirez t3."


def _lenient(entry: Entry, challenge: Challenge) -> Iterator[str]:
    """Refuse t3 where one wrong character makes another answer: digits and addresses."""
    if entry.options or entry.is_number or "t3" not in entry.treatments:
        return
    for solution in entry.solutions or [one for group in challenge.groups for one in group]:
        if re.search(r"\d|\w\.\w|@", solution):
            yield f"la solution « {solution} » est un nombre, un code ou une adresse : retirez t3."


def _groups(challenge: Challenge) -> Iterator[str]:
    count = len(challenge.entries)
    for position, group in enumerate(challenge.groups):
        others = [one for index, one in enumerate(challenge.groups) if index != position]
        rest = tuple(one[0] for one in others)[: count - 1]
        yield from _shared(challenge, group, [one for other in others for one in other])
        for spelling in group:
            if not _is_right(challenge, Given(texts=(spelling, *rest))):
                yield f"la solution « {spelling} » ne passe pas sa correction."
            if _is_right(challenge, Given(texts=(spelling, group[0], *rest[1:]))) and not _belongs(
                challenge, spelling, others
            ):
                yield f"« {spelling} » et « {group[0]} » comptent pour deux réponses différentes."


def _belongs(challenge: Challenge, spelling: str, groups: list[tuple[str, ...]]) -> bool:
    """Tell whether other groups take a spelling, which is then told of there."""
    return any(matches(spelling, group, challenge.entries[0].treatments) for group in groups)


def _shared(challenge: Challenge, group: tuple[str, ...], others: list[str]) -> Iterator[str]:
    """Find the spellings of other groups that this group would take."""
    treatments = challenge.entries[0].treatments
    for other in others:
        if matches(other, group, treatments):
            yield f"« {other} » passe aussi pour « {group[0]} » : deux solutions se confondent."
