"""Grades, UAI and school years."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.school import Grade, is_valid_uai, normalise_uai, proposed_grade, school_year


@pytest.mark.parametrize(
    ("mef", "grade"),
    [
        ("10010012110", Grade.SIXIEME),
        ("10110001110", Grade.CINQUIEME),
        ("10210001110", Grade.QUATRIEME),
        ("10310019110", Grade.TROISIEME),
        ("16410002110", Grade.SIXIEME),
        ("16710002110", Grade.TROISIEME),
        ("20010018110", Grade.SECONDE),
        ("20110019110", Grade.PREMIERE),
        ("20210019110", Grade.TERMINALE),
        ("24125214210", Grade.CAP_1),
        ("24125214220", Grade.CAP_2),
        ("24725214310", Grade.SECONDE_PRO),
        ("24725214320", Grade.PREMIERE_PRO),
        ("24725214330", Grade.TERMINALE_PRO),
        ("31123201210", Grade.BTS_1),
        ("31123201220", Grade.BTS_2),
        ("30011001110", Grade.CPGE),
        ("24125214290", None),
        ("24125214230", None),
        ("247", None),
        ("99900000000", None),
        (None, None),
    ],
)
def test_the_mef_tells_the_grade(mef, grade):
    assert proposed_grade(mef, "Groupe des tulipes") == grade


@pytest.mark.parametrize(
    ("names", "grade"),
    [
        ("6A|6eA|6EME 1|6 SEGPA|601|sixième B|6°2", Grade.SIXIEME),
        ("5eB|5ÈME C|503|5 ULIS", Grade.CINQUIEME),
        ("4A|4SEG|404", Grade.QUATRIEME),
        ("3eB|3PM|3PREPA METIERS|3 PRO|302", Grade.TROISIEME),
        ("2nde 3|2de4|2GT3|SECONDE 4|2-5|201", Grade.SECONDE),
        ("1G4|1ère STMG|1re G2|PREMIERE 1|1STI2D|101", Grade.PREMIERE),
        ("TG2|TLE 4|Terminale G|TSTMG1|T3|TERM A|TA", Grade.TERMINALE),
        ("2PRO MELEC|2nde Pro|2BP3|2 BAC PRO AGORA", Grade.SECONDE_PRO),
        ("1PRO MELEC|1BP2|1re Bac Pro", Grade.PREMIERE_PRO),
        ("TPRO MELEC|TBP1|Tle pro|T BAC PRO", Grade.TERMINALE_PRO),
        ("1CAP|1 CAP CUISINE|CAP1|1ère année CAP", Grade.CAP_1),
        ("2CAP|CAP 2|TCAP", Grade.CAP_2),
        ("1BTS SIO|BTS1|BTS SIO 1|1STS", Grade.BTS_1),
        ("2BTS SIO|BTS CG 2", Grade.BTS_2),
        ("MPSI 2|PCSI|ECG1|MP*|PSI", Grade.CPGE),
        ("ULIS|UPE2A|Tulipes|Relais|", None),
    ],
)
def test_the_name_of_the_class_tells_the_grade_when_there_is_no_mef(names, grade):
    assert {name: proposed_grade(None, name) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), grade
    )


def test_the_mef_is_believed_before_the_name():
    assert proposed_grade("10010012110", "5eB") is Grade.SIXIEME


@pytest.mark.parametrize("uai", ["0750001U", " 0750001u ", "075 0001 U", "0750655E"])
def test_a_uai_may_be_typed_freely(uai):
    assert is_valid_uai(uai)


@pytest.mark.parametrize("uai", ["", "0750001A", "075001U", "0750001", "07500011", "A750001U", "²750001U"])
def test_a_text_without_the_right_control_letter_is_no_uai(uai):
    assert not is_valid_uai(uai)


def test_one_wrong_digit_of_a_uai_is_caught():
    assert is_valid_uai("0750001U")
    assert not any(is_valid_uai(f"075000{digit}U") for digit in "02345678")


@given(st.text())
def test_normalising_a_uai_twice_changes_nothing_more(text):
    assert normalise_uai(normalise_uai(text)) == normalise_uai(text)


def test_the_school_year_turns_at_midnight_in_paris():
    assert school_year(datetime(2025, 8, 19, 21, 59, tzinfo=UTC)) == 2024
    assert school_year(datetime(2025, 8, 19, 22, 0, tzinfo=UTC)) == 2025
    assert school_year(datetime(2026, 1, 5, tzinfo=UTC)) == 2025


def test_a_school_may_set_another_first_day():
    assert school_year(datetime(2025, 8, 25, tzinfo=UTC), starts_on=(9, 1)) == 2024


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        school_year(datetime(2025, 9, 1))  # noqa: DTZ001 - what is tested
