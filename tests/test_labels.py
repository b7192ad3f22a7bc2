"""Grades are named as people name them."""

import pytest

from portal.labels import grade_ranges


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        ((), "Tous les niveaux"),
        (("6e",), "6e"),
        (("3e", "5e", "4e"), "5e à 3e"),
        (("6e", "4e", "3e"), "6e, 4e, 3e"),
        (("6e", "5e"), "6e, 5e"),
        (("2de-pro", "1re-pro", "tle-pro"), "2de à Terminale professionnelle"),
        (("2de-pro", "tle-pro"), "2de professionnelle, Terminale professionnelle"),
        (("cap-1", "cap-2", "bts-2", "cpge"), "CAP, BTS, 2e année, CPGE"),
        (("5e", "4e", "3e", "2de", "1re", "tle"), "5e à 3e, 2de à Terminale"),
    ],
)
def test_grades_that_follow_each_other_are_one_range(grades, words):
    assert grade_ranges(grades) == words
