"""The bank of the portal is good, and so is the small one that the other tests spoil."""

from portal.bank import checks
from portal.bank.loader import load_bank
from portal.settings import CONTENT


def test_the_bank_of_the_portal_has_no_problem():
    assert checks.problems(load_bank(CONTENT), CONTENT) == []


def test_a_good_small_bank_has_no_problem(problems):
    assert problems() == []
