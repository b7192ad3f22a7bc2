"""What a bank that can be read must still hold: one module per family of checks. See docs/banque.md."""

from pathlib import Path

from portal.bank.checks import answers, balance, exercises, files, pathways, pictures, tutorials, wording
from portal.bank.checks.table import coverage
from portal.bank.loader import Bank

__all__ = ["coverage", "problems"]


def problems(bank: Bank, content: Path) -> list[str]:
    """Check the whole bank read from the folder `content`.

    Returns: a French sentence per defect, naming its file and its question; none if the bank is good.
    """
    return [
        *files.problems(bank, content),
        *answers.problems(bank),
        *exercises.problems(bank),
        *balance.problems(bank),
        *wording.problems(bank),
        *pictures.problems(bank, content),
        *tutorials.problems(bank, content),
        *pathways.problems(bank),
    ]
