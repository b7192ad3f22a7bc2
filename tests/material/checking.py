"""What every recipe keeps, whatever it makes."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from portal.domain.marking import matches, read_number
from portal.material.recipe import Made, Recipe, dice_of
from tests.material import readers

SEEDS = 200
AGAIN = 20
Found = Mapping[str, object]
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"]
MONTHS += ["octobre", "novembre", "décembre"]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def read_day(text: str) -> date:
    """Read a date as an instruction writes it."""
    _, number, month, year = re.split(r"[ \u00a0]", text)
    return date(int(year), MONTHS.index(month) + 1, int(number.removesuffix("er")))


def body(made: Made) -> list[list]:
    """Give the rows of the first sheet, without the titles."""
    return readers.sheets(made.file.name, made.file.content)[0][1:]


def check(
    recipe: Recipe, recompute: Callable[[Made, Recipe], Found], wide: set[str], seeds: int = SEEDS
) -> None:
    """Make many files and answer each from its bytes.

    Args:
        recompute: answers found again in the file, with another reader.
        wide: names of the answers that nine pupils in ten do not share.
    """
    seen: dict[str, Counter[str]] = {}
    for seed in range(seeds):
        made = recipe.make(dice_of(f"pupil-{seed}"))
        _check_file(made)
        if seed < AGAIN:
            assert made == recipe.make(dice_of(f"pupil-{seed}")), "another file for the same seed"
        found = recompute(made, recipe)
        assert set(found) == set(made.answers) == set(made.wrong)
        for name, value in found.items():
            _check_answer(made.answers[name], value)
            _check_wrong(made.answers[name], made.wrong[name], value)
            seen.setdefault(name, Counter())[made.answers[name][0]] += 1
    for name, counts in seen.items():
        # A few seeds say nothing of chance.
        assert seeds < 100 or max(counts.values()) <= 0.6 * seeds, f"{name} is nearly always the same"
        if name in wide:
            assert len(counts) >= 0.9 * seeds, f"{name}: {len(counts)} answers for {seeds} pupils"


def _check_file(made: Made) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+", made.file.name)
    assert 0 < len(made.file.content) <= 200_000
    assert not any("!" in value or "'" in value for value in made.values.values())


def _check_answer(spellings: tuple[str, ...], value: object) -> None:
    match value:
        case Decimal() | int():
            assert [read_number(each) for each in spellings] == [value]
        case date():
            assert f"{value:%d/%m/%Y}" == spellings[0]
        case time():
            assert (f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}") in spellings
        case _:
            assert value == spellings[0]
    assert len(set(spellings)) == len(spellings)


def _check_wrong(spellings: tuple[str, ...], wrong: tuple[str, ...], value: object) -> None:
    assert len(wrong) == len(set(wrong)) >= 2
    for one in wrong:
        if isinstance(value, Decimal | int):
            assert read_number(one) != read_number(spellings[0])
        else:
            assert not matches(one, spellings, ("t1",))
