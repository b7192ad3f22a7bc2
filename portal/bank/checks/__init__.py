"""What a bank that can be read must still hold: one module per family of checks. See docs/ecrire-une-question.md."""

from pathlib import Path

from portal.bank.checks import (
    answers,
    balance,
    exercises,
    files,
    following,
    pathways,
    pictures,
    tutorials,
    wording,
)
from portal.bank.checks.exercises import SEEDS
from portal.bank.loader import Bank, BankError, load_bank
from portal.bank.places import Lines, Problem

__all__ = ["SEEDS", "problems", "verdicts"]


def verdicts(content: Path, seeds: int = SEEDS) -> list[Problem]:
    """Read the bank of a folder and check it; what cannot be read is told first, and alone."""
    try:
        return problems(load_bank(content), content, seeds)
    except BankError as refusal:
        return refusal.problems


def problems(bank: Bank, content: Path, seeds: int = SEEDS) -> list[Problem]:
    """Check the whole bank read from the folder `content`.

    Args:
        seeds: for how many pupils each file and each scenario is drawn.
    Returns: each defect with its file, its line and a French sentence; none if the bank is good.
    """
    found = [
        *files.problems(bank, content),
        *answers.problems(bank),
        *exercises.problems(bank, seeds),
        *balance.problems(bank),
        *wording.problems(bank),
        *pictures.problems(bank, content),
        *tutorials.problems(bank, content),
        *pathways.problems(bank),
        *following.problems(bank),
    ]
    if seeds > SEEDS:
        found += exercises.generators(seeds)
    return Lines(content).located(found)
