"""The simulated worlds, what is measured on them, and the replay of recorded answers."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import span
from bench.simulation import lengths, replay
from bench.simulation.cells import Cell, pupil_of, run, trial_of
from bench.simulation.ends import Ended, ends_of
from bench.simulation.measures import Comparison, Played, calibration_error
from bench.simulation.pupils import PLAIN, POPULATIONS, SKIPPING, VARIANTS
from bench.simulation.report import percent
from bench.simulation.school import decode, encode, illegal_questions
from bench.simulation.tries import SWEEP, Steps, level_weights, longest_losing_run, lost_share, play
from bench.simulation.worlds import COMPETENCES, make_trial, make_world
from portal.domain.adaptive import Mode, Observation, TryContext
from portal.domain.engine import decide
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE, Prior

QUESTIONS = "question,sujet,niveau,compétence,type\n" + "".join(
    f"{tube}{level},{tube},{level},1.1,QCU\n" for tube in "abc" for level in (1, 2, 3)
)
NAMES = [line.split(",")[0] for line in QUESTIONS.splitlines()[1:]]


def answered(count: int) -> tuple[Observation, ...]:
    return tuple(Observation("s", f"c{at}", Outcome.KO if at % 3 else Outcome.OK) for at in range(count))


def steps(accuracy) -> Steps:
    rows = np.array(accuracy, float)
    bins = np.zeros((len(rows), 3, 10))
    return Steps(20, rows, 1 - rows, 1 - rows, bins, np.zeros(len(rows)), answered(len(rows) - 1))


def ends(accuracy, counts) -> tuple[Ended, ...]:
    return tuple(
        Ended(right, 1 - right, 1 - right, np.zeros((3, 10)), answered(count))
        for right, count in zip(accuracy, counts, strict=True)
    )


def test_a_world_has_the_shape_that_is_announced():
    world = make_world(1)
    tubes = {skill.tube for skill in world.skills}

    assert len(world.competences) == COMPETENCES
    assert 7 * COMPETENCES <= len(tubes) <= 14 * COMPETENCES
    assert 3.4 <= len(world.skills) / len(tubes) <= 4.2
    assert {skill.level for skill in world.skills} == set(range(1, 9))
    assert {len(skill.challenges) for skill in world.skills} == {1, 2, 3, 4, 5}
    assert 0.5 < np.std([skill.label_error for skill in world.skills]) < 0.7


def test_a_world_is_the_same_each_time_and_another_seed_gives_another():
    make_world.cache_clear()
    first = make_world(1)
    make_world.cache_clear()

    assert first == make_world(1) != make_world(2)


def test_worlds_of_single_choices_differ_by_nothing_else():
    plain, choice = make_world(3), make_world(3, is_all_choice=True)

    assert [one.difficulty for one in plain.skills] == [one.difficulty for one in choice.skills]
    assert {each.kind for one in choice.skills for each in one.challenges} == {"single_choice"}


@pytest.mark.parametrize("size", [30, 60, 120, 250])
def test_a_test_has_its_size_in_a_few_competences(size):
    trial = make_trial(make_world(1), size, [1])

    assert len(trial.skills) == size == len({skill.id for skill in trial.skills})
    assert len({skill.competence for skill in trial.skills}) == min(16, round(size / 14))


def test_a_strong_pupil_owns_more_than_a_weak_one_and_answers_always_alike():
    shares = {}
    for population in ("faible", "mixte", "fort"):
        cell = Cell(1, 60, population)
        pupils = [pupil_of(cell, trial_of(cell, 0), number) for number in range(20)]
        shares[population] = np.mean([pupil.owned.mean() for pupil in pupils])
        question = pupils[0].trial.skills[0].challenges[0].id
        assert pupils[0].answer(question, 3) is pupils[0].answer(question, 3)

    assert shares["faible"] < shares["mixte"] < shares["fort"]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.label)
def test_each_variant_can_be_played_by_both_engines(variant):
    (played,) = run(Cell(1, 30, "mixte", variant, count=1))

    counts = [len(one.answers) for one in played.ends]
    assert 0 < played.baseline.count <= 30 and 0 < counts[0] < counts[-1] <= 24
    assert 0.4 < played.ends[-1].accuracy <= 1


def test_an_inverted_key_marks_the_one_who_knows_wrong():
    cell = Cell(1, 60, "fort")
    pupil = pupil_of(cell, trial_of(cell, 0), 0)
    known = [at for at, margin in enumerate(pupil.margins) if margin > 2]
    names = [each.id for at in known for each in pupil.trial.skills[at].challenges]
    inverted = replace(pupil, inverted=frozenset(names))

    assert sum(pupil.answer(name, 0) is Outcome.OK for name in names) > 0.8 * len(names)
    assert sum(inverted.answer(name, 0) is Outcome.OK for name in names) < 0.2 * len(names)


def test_a_year_moves_the_level_of_each_subject_by_about_the_growth():
    cell = Cell(1, 250, "mixte")
    pupil = pupil_of(cell, trial_of(cell, 0), 0)

    moves = pupil.grown([1], 0.5, 0.1).margins - pupil.margins

    assert 0.4 < moves.mean() < 0.6


# Of a pupil known to be strong, the easy first question teaches less than any cost.
@pytest.mark.parametrize(
    ("population", "prior"), [("faible", UNKNOWN_GRADE), ("fort", UNKNOWN_GRADE), ("fort", Prior(5.2, 0.4))]
)
def test_a_try_ends_at_a_cost_as_the_engine_itself_ends_it(population, prior):
    cell = Cell(1, 60, population)
    pupil = pupil_of(cell, trial_of(cell, 0), 0)
    context = TryContext("fin", mode=Mode.SHORT, prior=prior)
    costs = [2.0, 0.6, 0.2]
    competence_of = {skill.id: skill.competence for skill in pupil.trial.skills}

    found = ends_of(pupil, context, play(decide, pupil, context), costs)

    for cost, end in zip(costs, found, strict=True):
        numbers = replace(SWEEP, cost_short=cost, most_share=RELEASED.most_share)
        itself = play(decide, pupil, context, numbers)
        assert end.answers == itself.answers
        assert end.accuracy == itself.accuracy[-1] and end.brier == pytest.approx(itself.brier[-1])
        assert {competence_of[one.skill] for one in end.answers} == set(competence_of.values())


def test_questions_saved_are_read_where_the_accuracies_meet():
    ours = ends([0.5, 0.6, 0.8, 0.9, 1.0], range(5))
    theirs = steps([0.5, 0.6, 0.7, 0.75, 0.8])

    comparison = Comparison([Played("essai", ours, ours[-1], theirs)] * 2)

    assert comparison.saved().value == pytest.approx(0.5)
    assert comparison.gained().value == pytest.approx(0.2)


def test_the_same_tries_save_nothing():
    ours, theirs = ends([0.5, 0.6, 0.8], range(3)), steps([0.5, 0.6, 0.8])

    comparison = Comparison([Played("essai", ours, ours[-1], theirs)] * 3)

    assert comparison.saved().value == pytest.approx(0) and comparison.brier_ratio().value == pytest.approx(1)


def test_only_the_pupils_that_goals_look_at_play():
    effort = lengths.Effort(plain=8, varied=4)

    def variants(*goals):
        return {cell.variant.label for cell in lengths.plan([1, 2], effort, set(goals))}

    assert variants(1, 2) == variants(4) == {PLAIN.label}
    assert variants(5) == {PLAIN.label, SKIPPING.label}
    assert variants(3) == {one.label for one in VARIANTS}
    modes = [{cell.mode for cell in lengths.plan([1], effort, {goal})} for goal in (1, 4)]
    assert modes == [{Mode.SHORT}, {Mode.SHORT, Mode.NORMAL}]


def test_pupils_of_one_test_are_drawn_together():
    ours, better, theirs = ends([0.5, 0.8], range(2)), ends([0.5, 1.0], range(2)), steps([0.5, 0.7])
    alike = [Played("un", ours, ours[-1], theirs), Played("un", better, better[-1], theirs)]
    apart = [replace(alike[0], test="deux"), alike[1]]

    assert Comparison(alike).gained().value == pytest.approx(Comparison(apart).gained().value)
    assert Comparison(alike).gained().error == pytest.approx(0) and Comparison(apart).gained().error > 0.01


def test_losses_are_counted():
    assert lost_share(answered(6)) == pytest.approx(4 / 6) and longest_losing_run(answered(6)) == 2


def test_a_calibration_error_is_the_mean_gap_between_announced_and_true():
    assert calibration_error(np.array([[10.0, 10.0], [2.0, 8.0], [2.0, 10.0]])) == pytest.approx(0.1)


def test_a_competence_has_one_level_for_each_level_owned():
    weights = level_weights([("a", 1), ("a", 1), ("a", 2), ("b", 1)])

    assert weights.tolist() == [[0.5, 0.5, 1, 0], [0, 0, 0, 1]]


def test_a_frozen_test_survives_its_text():
    trial = trial_of(Cell(1, 30, "mixte"), 0)

    assert decode(encode(trial.frozen)).skills == trial.frozen.skills


def test_a_question_asked_twice_is_told():
    trial = trial_of(Cell(1, 30, "mixte"), 0)
    skill = trial.frozen.skills[0]
    one = Observation(skill.id, skill.challenges[0].id, Outcome.OK)

    assert illegal_questions(trial.frozen, [one]) == 0 and illegal_questions(trial.frozen, [one, one]) == 1


def test_populations_are_named_in_french_and_ranges_are_read():
    assert list(POPULATIONS) == ["faible", "mixte", "fort"]
    assert list(span("2-4")) == [2, 3, 4] and list(span("7")) == [7]
    for wrong in ("a", "4-2", "-3"):
        with pytest.raises(ValueError, match="«"):
            span(wrong)


def test_a_row_tells_whether_its_goal_is_reached():
    from bench.simulation.measures import Figure

    assert "atteint" in percent(1, "x", Figure(0.40, 0.01), 0.29).line()
    assert "MANQUÉ" in percent(1, "x", Figure(0.20, 0.01), 0.29).line()


def write(tmp_path, questions: str, answers: str):
    (tmp_path / "q.csv").write_text(questions, encoding="utf-8")
    (tmp_path / "r.csv").write_text(answers, encoding="utf-8")
    return tmp_path / "r.csv", tmp_path / "q.csv"


def test_recorded_answers_are_replayed_by_the_three_engines(tmp_path, capsys):
    rows = [
        f"e{number}," + ",".join("1" if at % 3 <= number % 3 else "0" for at in range(9))
        for number in range(6)
    ]
    rows.append("e7," + ",".join(["1", "", "0"] * 3))
    files = write(tmp_path, QUESTIONS, "eleve," + ",".join(NAMES) + "\n" + "\n".join(rows) + "\n")

    assert replay.main(*files) == 0
    printed = capsys.readouterr().out
    assert "7 élèves, 9 questions" in printed
    assert all(name in printed for name in ("Balise", "référence", "hasard"))


def test_only_recorded_answers_are_asked_and_only_the_others_foretold(tmp_path):
    _, path = write(tmp_path, QUESTIONS, "")
    skills = replay.read_questions(path)
    pupil = replay.Recorded("e", {name: True for name in NAMES[:5]})

    foretold = replay.replay(replay.engine.decide, skills, pupil)

    at_start = [one for one in foretold if one.share == 0]
    assert len(at_start) == 5 and all(0 < one.announced < 1 for one in foretold)


@pytest.mark.parametrize(
    ("questions", "answers", "message"),
    [
        ("question,sujet\nq,s\n", "e,q\na,1\n", "ligne 1 : il manque la colonne niveau"),
        ("question,sujet,niveau\nq,s,9\n", "e,q\na,1\n", "ligne 2 : niveau « 9 »"),
        ("question,sujet,niveau\nq,s,1\nq,s,2\n", "e,q\na,1\n", "ligne 3 : la question « q » y est déjà"),
        ("question,sujet,niveau\nq,,1\n", "e,q\na,1\n", "ligne 2 : sujet est vide"),
        ("question,sujet,niveau,type\nq,s,1,oral\n", "e,q\na,1\n", "ligne 2 : type « oral »"),
        ("question,sujet,niveau\nq,s\n", "e,q\na,1\n", "ligne 2 : 2 cellules au lieu de 3"),
        ("question,sujet,niveau\nq,s,1\n", "e,r\na,1\n", "ligne 1 : question inconnue « r »"),
        ("question,sujet,niveau\nq,s,1\n", "e,q\na,1\nb,2\n", "ligne 3 : « 2 » à la question « q »"),
        ("question,sujet,niveau\nq,s,1\n", "e,q\na,1,0\n", "ligne 2 : 3 cellules au lieu de 2"),
        ("question,sujet,niveau\nq,s,1\n", "e,q\n", "aucun élève"),
    ],
)
def test_a_bad_line_is_named_in_french(tmp_path, capsys, questions, answers, message):
    assert replay.main(*write(tmp_path, questions, answers)) == 2
    assert message in capsys.readouterr().out
