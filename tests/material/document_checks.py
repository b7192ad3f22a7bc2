"""What every generator of documents must keep to, and the loop over the seeds."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from portal.domain.marking import UnreadableNumber, read_number, treat
from portal.material.document_words import plain
from portal.material.recipe import Made, Recipe, dice_of

SEEDS = 200
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
# Few answers are possible there: a rank, a count, a letter.
NARROW = re.compile(
    r"nombre_|lettre$|page$|element$|vrai_format|plus_(grande|lourde)|cle$|lieu$|prix$|duree|annee|heure$"
)
Truth = dict[str, str | int | Decimal]


def check(
    recipe: Recipe,
    truth: Callable[[Made], Truth],
    *,
    weight: int = 200_000,
    again: int = 1,
    seeds: int = SEEDS,
) -> None:
    """Make the material of many seeds; compare its answers with what another reader finds in its bytes.

    Args:
        again: one seed in so many is made twice.
        seeds: fewer where several variants of a slow recipe share them.
    """
    everything = []
    for seed in range(seeds):
        made = recipe.make(dice_of(f"{recipe.generator}:{seed}"))
        if seed % again == 0:
            assert made == recipe.make(dice_of(f"{recipe.generator}:{seed}"))
        _check_file(made, weight)
        _check_wrong(made)
        found = truth(made)
        assert set(found) == set(made.answers), set(found) ^ set(made.answers)
        for name, value in found.items():
            _same(name, value, made.answers[name])
        everything.append({name: spellings[0] for name, spellings in made.answers.items()})
    _check_variety(everything)


def _same(name: str, value: str | int | Decimal, spellings: tuple[str, ...]) -> None:
    if isinstance(value, str):
        wanted = {treat(one, ("t1",)) for one in spellings}
        assert treat(value, ("t1",)) in wanted, f"{name}: {value!r} is not in {spellings}"
    else:
        assert read_number(spellings[0]) == value, f"{name}: {value} is not {spellings[0]}"


def _check_file(made: Made, weight: int) -> None:
    assert re.fullmatch(r"[a-z0-9-]+\.[a-z]+", made.file.name)
    assert 0 < len(made.file.content) <= weight
    for name, spellings in made.answers.items():
        assert spellings and all(one.strip() for one in spellings), name
        assert len(set(spellings)) == len(spellings), f"{name}: {spellings}"
        assert f"-{plain(spellings[0])}-" not in f"-{made.file.name.rpartition('.')[0]}-", name
    for text in (*made.values.values(), *(one for group in made.answers.values() for one in group)):
        assert "!" not in text and "'" not in text and text == text.strip()


def _check_wrong(made: Made) -> None:
    for name, others in made.wrong.items():
        right = made.answers[name]
        assert others and len(set(others)) == len(others), name
        accepted = {treat(one, ("t1", "t2")) for one in right}
        for other in others:
            assert treat(other, ("t1", "t2")) not in accepted, f"{name}: {other!r} is right too"
            assert _number(other) is None or _number(other) != _number(right[0]), (
                f"{name}: {other!r} is right too"
            )


def _number(text: str) -> Decimal | None:
    try:
        return read_number(text)
    except UnreadableNumber:
        return None


def _check_variety(everything: list[dict[str, str]]) -> None:
    for name in everything[0]:
        counts = Counter(answers[name] for answers in everything)
        alike = sum(count * (count - 1) for count in counts.values()) / (
            len(everything) * (len(everything) - 1)
        )
        assert alike <= (0.5 if NARROW.search(name) else 0.1), (
            f"{name}: two pupils share it {alike:.0%} of the time"
        )
    if len(everything[0]) > 1:
        assert len({tuple(answers.values()) for answers in everything}) >= 0.9 * len(everything)


def day_in(text: str) -> str:
    """Give the only date of a text, as figures: « 12/03/2026 »."""
    (found,) = days_in(text)
    return found


def days_in(text: str) -> list[str]:
    """Give the dates of a text, in order."""
    pattern = rf"(\d\d?)(?:er)?\s({'|'.join(MONTHS)}) (\d{{4}})"
    return [
        f"{int(day):02}/{MONTHS.index(month) + 1:02}/{year}" for day, month, year in re.findall(pattern, text)
    ]


def hour_in(text: str) -> str:
    """Give the first time of a text: « 09:30 »."""
    hour, minutes = re.search(r"(\d\d?)\sh(?:\s(\d\d))?", text).groups()
    return f"{int(hour):02}:{minutes or '00'}"
