"""A fault planted alone in a good bank is named, with its file and line, and nothing else is."""

import shutil
from pathlib import Path

import pytest

from portal.bank.checks import verdicts
from tests.bank.planted import FAULTS
from tests.bank.planted.fault import Fault

GOOD = Path(__file__).parents[1] / "good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good bank."""
    return Path(shutil.copytree(GOOD, tmp_path / "fr"))


def test_the_good_bank_has_no_fault(folder):
    assert verdicts(folder) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_named_with_its_file_and_line_and_nothing_else_is(folder, fault: Fault):
    fault.plant(folder)

    found = verdicts(folder)

    assert len(found) == 1, [str(one) for one in found]
    assert fault.says in str(found[0])
    assert (found[0].place.file, found[0].line) == fault.place(folder), str(found[0])


def test_the_faults_are_of_many_kinds():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 25
