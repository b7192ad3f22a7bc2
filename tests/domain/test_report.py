"""What a report of a problem must say."""

import pytest

from portal.domain.report import (
    LONGEST_COMMENT,
    MOST_AN_HOUR,
    NoProblem,
    Problem,
    TooManyReports,
    check_rate,
    read_comment,
    read_problem,
)


def test_a_problem_is_one_of_the_list():
    assert read_problem("broken") is Problem.BROKEN
    for typed in ("", "autre"):
        with pytest.raises(NoProblem):
            read_problem(typed)


def test_a_comment_is_one_line_and_not_a_book():
    assert read_comment("  deux\r\n lignes ") == "deux lignes"
    assert len(read_comment("a" * 900)) == LONGEST_COMMENT


def test_an_hour_holds_so_many_reports():
    check_rate(MOST_AN_HOUR - 1)
    with pytest.raises(TooManyReports):
        check_rate(MOST_AN_HOUR)
