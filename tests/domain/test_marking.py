"""Correction: what counts as the same answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import marking
from portal.domain.marking import Given, Outcome, mark
from portal.domain.referential import Challenge, Entry, Kind, Proposal


def challenge(kind: Kind, **parts) -> Challenge:
    return Challenge("c", kind, "Consigne", "Explication", 30, **parts)


def choice(kind: Kind, *rights: bool) -> Challenge:
    return challenge(kind, proposals=tuple(Proposal(f"p{n}", right) for n, right in enumerate(rights)))


def typed(*solutions: str, treatments=("t1", "t2", "t3")) -> Challenge:
    return challenge(Kind.TEXT, entries=(Entry("Réponse", solutions, treatments=treatments),))


def number(solution: str) -> Challenge:
    return challenge(Kind.NUMBER, entries=(Entry("Réponse", (solution,), is_number=True),))


def interchangeable(fields: int, *groups: tuple[str, ...]) -> Challenge:
    entries = tuple(Entry(f"Champ {n}", treatments=("t1",)) for n in range(fields))
    return challenge(Kind.INTERCHANGEABLE_FIELDS, entries=entries, groups=groups)


def test_one_right_proposal_is_an_equality():
    question = choice(Kind.SINGLE_CHOICE, False, True, False)
    assert mark(question, Given(choices=(1,))) is Outcome.OK
    assert mark(question, Given(choices=(0,))) is Outcome.KO


@pytest.mark.parametrize(
    ("choices", "outcome"),
    [((0, 2), Outcome.OK), ((2, 0), Outcome.OK), ((0, 1), Outcome.KO), ((0, 1, 2), Outcome.KO)],
)
def test_several_right_proposals_are_the_same_set_without_partial_credit(choices, outcome):
    assert mark(choice(Kind.MULTIPLE_CHOICE, True, False, True), Given(choices=choices)) is outcome


@pytest.mark.parametrize(
    ("question", "answer", "error"),
    [
        (choice(Kind.SINGLE_CHOICE, True, False), Given(), marking.EmptyAnswer),
        (choice(Kind.SINGLE_CHOICE, True, False), Given(choices=(0, 1)), marking.MalformedAnswer),
        (choice(Kind.SINGLE_CHOICE, True, False), Given(choices=(2,)), marking.MalformedAnswer),
        (choice(Kind.MULTIPLE_CHOICE, True, True, False), Given(choices=(0, 0)), marking.MalformedAnswer),
        (choice(Kind.MULTIPLE_CHOICE, True, True, False), Given(choices=(0,)), marking.NotEnoughChoices),
        (typed("oui"), Given(texts=("\u00a0 ",)), marking.EmptyAnswer),
        (typed("oui"), Given(texts=("oui", "non")), marking.MalformedAnswer),
        (typed("oui"), Given(texts=("o" * 501,)), marking.MalformedAnswer),
        (number("3"), Given(texts=("trois",)), marking.UnreadableNumber),
        (number("3"), Given(texts=("NaN",)), marking.UnreadableNumber),
        (interchangeable(2, ("a",), ("b",)), Given(texts=("a", " ")), marking.IncompleteAnswer),
    ],
)
def test_what_cannot_be_corrected_is_refused(question, answer, error):
    with pytest.raises(error):
        mark(question, answer)


@pytest.mark.parametrize(
    "text", ["Éléphant", " elephant ", "ÉLÉ PHANT", "elephant !", "éléphan", "e\u0301léphant"]
)
def test_case_accents_spaces_signs_and_small_slips_are_forgiven(text):
    assert mark(typed("éléphant"), Given(texts=(text,))) is Outcome.OK


def test_a_slip_of_more_than_a_quarter_of_the_typed_answer_is_wrong():
    assert mark(typed("abcd"), Given(texts=("abce",))) is Outcome.OK
    assert mark(typed("abcd"), Given(texts=("abef",))) is Outcome.KO


def test_without_tolerance_one_letter_is_too_many():
    question = typed("balise.example", treatments=("t1",))
    assert mark(question, Given(texts=("Balise.Example",))) is Outcome.OK
    assert mark(question, Given(texts=("balise.exemple",))) is Outcome.KO
    assert mark(question, Given(texts=("balise example",))) is Outcome.KO


def test_an_answer_made_of_signs_only_is_wrong_not_a_mistake_of_ours():
    assert mark(typed("oui"), Given(texts=("???",))) is Outcome.KO


def test_without_treatment_case_counts():
    question = typed("Ctrl", treatments=())
    assert mark(question, Given(texts=("Ctrl",))) is Outcome.OK
    assert mark(question, Given(texts=("ctrl",))) is Outcome.KO


def test_ligatures_are_two_letters():
    assert mark(typed("cœur", treatments=("t1",)), Given(texts=("coeur",))) is Outcome.OK


@pytest.mark.parametrize("text", ["12,5", "12.5", " 012,50 ", "1 2,5", "12,500", "+12,5"])
def test_a_number_is_read_the_french_way_or_not(text):
    assert mark(number("12.5"), Given(texts=(text,))) is Outcome.OK


def test_a_number_has_no_tolerance():
    assert mark(number("1000"), Given(texts=("1001",))) is Outcome.KO


def test_all_independent_fields_must_match():
    question = challenge(
        Kind.FIELDS, entries=(Entry("Site", ("phare",)), Entry("Mois", ("3",), is_number=True))
    )
    assert mark(question, Given(texts=("Phare", "03"))) is Outcome.OK
    assert mark(question, Given(texts=("Phare", "4"))) is Outcome.KO


def test_a_list_is_compared_as_it_is():
    question = challenge(Kind.SELECT, entries=(Entry("Mois", ("mai",), ("mai", "juin")),))
    assert mark(question, Given(texts=("mai",))) is Outcome.OK
    assert mark(question, Given(texts=("juin",))) is Outcome.KO
    with pytest.raises(marking.MalformedAnswer):
        mark(question, Given(texts=("Mai",)))


def test_interchangeable_answers_fill_different_groups():
    question = interchangeable(2, ("rouge",), ("vert",), ("bleu",))
    assert mark(question, Given(texts=("bleu", "rouge"))) is Outcome.OK
    assert mark(question, Given(texts=("rouge", "rouge"))) is Outcome.KO
    assert mark(question, Given(texts=("rouge", "noir"))) is Outcome.KO


def test_a_greedy_choice_of_groups_would_be_wrong():
    question = interchangeable(3, ("a", "b"), ("b", "c"), ("a",))
    assert mark(question, Given(texts=("b", "c", "a"))) is Outcome.OK
    assert mark(question, Given(texts=("a", "b", "c"))) is Outcome.OK
    assert mark(question, Given(texts=("a", "b", "a"))) is Outcome.OK
    assert mark(question, Given(texts=("c", "b", "c"))) is Outcome.KO


@given(st.text(max_size=60))
def test_treating_twice_changes_nothing(text):
    once = marking.treat(text, ("t1", "t2"))
    assert marking.treat(once, ("t1", "t2")) == once


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_written_with_a_comma_is_the_number(value: Decimal):
    assert marking.read_number(str(value).replace(".", ",")) == value
    assert marking.read_number(str(value).replace("-", "\u2212")) == value
