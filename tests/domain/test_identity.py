"""Who a pupil is."""

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.identity import (
    BLOCKED,
    LONGEST_USERNAME,
    AlreadyLinked,
    Ambiguous,
    Candidate,
    Identified,
    Unknown,
    as_passphrase,
    has_allowed_secret,
    identify,
    lock_after,
    mask,
    normalise_name,
    passphrase,
    username,
)
from portal.domain.passphrase_words import WORDS

LINA = Candidate(1, ("Lina", "Rose", "Aya"), ("DURAND", "LE GOFF"))


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("  Éléonore ", "eleonore"),
        ("D’Angelo", "dangelo"),
        ("Le Goff-Müller", "legoffmuller"),
        ("Œhler", "oehler"),
        ("Lætitia", "laetitia"),
        ("WEIß", "weiss"),
        ("Wałęsa", "walesa"),
        ("Yılmaz", "yilmaz"),
        ("Ørsted", "orsted"),
        ("李", ""),
        ("…", ""),
    ],
)
def test_names_are_reduced_to_plain_letters(typed, normalised):
    assert normalise_name(typed) == normalised


@given(st.text())
def test_a_normalised_name_holds_nothing_else_and_stays_as_it_is(text):
    once = normalise_name(text)
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789" for letter in once)
    assert normalise_name(once) == once


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("lina", "durand"),
        ("LINA", "Le Goff"),
        ("Rose", "Durand"),
        ("aya", "legoff"),
        ("Linna", "Durand"),
        ("Lina", "Duran"),
    ],
)
def test_a_pupil_is_recognised_by_any_first_and_last_name_with_a_few_slips(first, last):
    assert identify(first, last, [LINA]) == Identified(1)


@pytest.mark.parametrize(
    ("first", "last"),
    [("Lin", "Durand"), ("Nina", "Dupont"), ("Lina", ""), ("", "Durand"), ("Lina", "Duval"), ("", "")],
)
def test_beyond_a_quarter_of_the_typed_letters_nobody_is_recognised(first, last):
    assert identify(first, last, [LINA]) == Unknown()


def test_the_tolerance_is_a_quarter_of_what_was_typed_included():
    assert identify("Lima", "Durand", [LINA]) == Identified(1)
    assert identify("Lna", "Durand", [LINA]) == Unknown()


def test_without_candidates_nobody_is_recognised():
    assert identify("Lina", "Durand", []) == Unknown()


def test_the_exact_twin_wins_over_the_near_one():
    twins = [Candidate(1, ("Lina",), ("DURAND",)), Candidate(2, ("Lisa",), ("DURAND",))]
    assert identify("Lisa", "Durand", twins) == Identified(2)
    assert identify("Lisa", "Durrand", twins) == Identified(2)


def test_twins_who_bear_each_other_s_name_are_told_apart_by_the_usual_one():
    twins = [Candidate(1, ("Emma", "Louise"), ("DIOP",)), Candidate(2, ("Louise", "Emma"), ("DIOP",))]
    assert identify("Louise", "Diop", twins) == Identified(2)


def test_two_equal_candidates_are_no_candidate():
    twins = [Candidate(1, ("Lina",), ("DURAND",)), Candidate(2, ("Lisa",), ("DURAND",))]
    assert identify("Lila", "Durand", twins) == Ambiguous()


def test_a_linked_pupil_is_told_the_masked_username():
    linked = Candidate(3, ("Camila",), ("DURANT",), linked_username="camila.durant0504")
    assert identify("Camila", "Durant", [linked]) == AlreadyLinked("c…a.d…t0504")


def test_a_linked_twin_does_not_stand_in_the_way():
    twins = [Candidate(1, ("Lina",), ("DURAND",), "lina.durand0504"), Candidate(2, ("Lisa",), ("DURAND",))]
    assert identify("Lisa", "Durand", twins) == Identified(2)


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        ("camila.durant0504", "c…a.d…t0504"),
        ("li.wu0101", "l….w…0101"),
        ("ana.o0101", "a…a.o…0101"),
        ("eleve42", "e…2"),
    ],
)
def test_a_masked_username_shows_only_what_its_owner_recognises(clear, masked):
    assert mask(clear) == masked


def test_a_username_is_the_names_and_the_day_and_month_of_birth():
    made = username("Jean-Noël", "LE GOFF", date(2013, 4, 5), lambda _: False, lambda _: 0)
    assert made == "jeannoel.legoff0504"


def test_a_taken_username_gets_four_random_digits_until_it_is_free():
    taken = {"lina.durand0504", "lina.durand0007"}
    draws = iter([7, 8])
    made = username("Lina", "DURAND", date(2013, 4, 5), taken.__contains__, lambda _: next(draws))
    assert made == "lina.durand0008"


def test_the_longest_names_give_a_username_that_can_be_kept():
    draws = iter([17])
    born = date(2013, 4, 5)
    made = username("Œ" * 60, "L" * 80, born, lambda name: name.endswith("0504"), lambda _: next(draws))
    assert (len(made), made[-4:]) == (LONGEST_USERNAME, "0017")


def test_names_without_a_latin_letter_still_give_a_username():
    assert username("李", "王", date(2013, 4, 5), lambda _: False, lambda _: 0) == "eleve.eleve0504"


def test_a_passphrase_is_three_words_and_two_digits_of_more_than_39_bits():
    made = passphrase(random.Random(1).randrange)

    *words, digits = made.split("-")
    assert len(words) == 3
    assert set(words) <= set(WORDS)
    assert len(digits) == 2
    assert digits.isdigit()
    assert math.log2(len(WORDS) ** 3 * 100) > 39


def test_the_words_are_many_short_plain_and_different():
    assert len(WORDS) == len(set(WORDS)) >= 2_000
    assert all(4 <= len(word) <= 7 and word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert list(WORDS) == sorted(WORDS)


@given(st.integers(0, 2**32))
def test_a_proposed_passphrase_is_an_allowed_secret(seed):
    assert has_allowed_secret(passphrase(random.Random(seed).randrange))


def test_a_secret_has_eight_characters():
    assert has_allowed_secret("été 2026")
    assert not has_allowed_secret("été 202")
    assert not has_allowed_secret("e\u0301te\u0301 202")
    assert not has_allowed_secret("  lapin   ")


def test_every_tenth_failure_locks_twice_as_long_and_the_thirtieth_blocks():
    locks = {failures: lock_after(failures) for failures in range(40)}
    assert locks.pop(10) == timedelta(minutes=2)
    assert locks.pop(20) == timedelta(minutes=4)
    assert {failures for failures, lock in locks.items() if lock is BLOCKED} == set(range(30, 40))
    assert all(locks[failures] is None for failures in locks if failures < 30)


def test_a_passphrase_is_read_however_its_words_are_separated():
    for typed in ("mimosa-abricot-merci-02", " Mimosa abricot  MERCI 02 ", "mimosa_abricot.merci,02"):
        assert as_passphrase(typed) == "mimosa-abricot-merci-02"


def test_another_secret_is_left_as_it_is():
    for typed in (
        "Une Tortue Bleue",
        "mimosa abricot merci",
        "mimosa abricot merci xx",
        "zzz abricot merci 02",
    ):
        assert as_passphrase(typed) == typed
