"""The turtle: programs read, edited and run; drawings compared; what is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Step, take
from portal.material.simulators.turtle_program import MOST_LINES, Unclear, read_program
from portal.material.simulators.turtle_run import Ground, drawing_of, run
from tests.material.simulators.scenes import after

EVERY = ["avancer", "droite", "gauche", "repeter", "si-mur", "si-libre", "lever", "baisser", "couleur"]
MAZE = {
    "id": "essai",
    "simulator": "turtle",
    "title": "Essai",
    "instruction": "Essayez.",
    "palette": EVERY,
    "maze": ["D..#", "##.#", "#..A"],
    "marks": {"C2": "un colis"},
    "success": [{"fact": "arrive", "equals": True}],
    "solution": [{"do": "executer"}],
    "mistakes": [[{"do": "executer"}]],
}
SHEET = {key: value for key, value in MAZE.items() if key not in {"maze", "marks"}}
SQUARE = "répéter 4 :\n  avancer 3\n  droite 90"
SHEET |= {"target": SQUARE, "target_words": "un carré", "start": [2, 2]}
PROGRAM = "avancer 1\nrépéter 2 :\n    droite 90\n    avancer 1\nlever"
WHITE = Ground(20, 20, (5.0, 5.0), 0, is_maze=False)


def turtle(content=MAZE, **changes):
    return scenario_of({**content, **changes}, random.Random("1"))


def facts(program, content=MAZE, **changes):
    scenario = turtle(content, program=program, **changes)
    return scenario.facts(scenario.begin())


def shape(program):
    return [(line["level"], line["do"], line["value"]) for line in program]


def edited(*steps, program=PROGRAM):
    return shape(after(turtle(program=program), *steps)["program"])


def drawn(text):
    return drawing_of(run(read_program(text), WHITE).strokes)


@pytest.mark.parametrize(
    ("point", "name"),
    [((3.0, 2.0), "3\u00a0; 2"), ((-0.5, -0.04), "-0,5\u00a0; 0"), ((12.26, -0.0), "12,3\u00a0; 0")],
)
def test_a_place_on_a_sheet_is_named_by_its_numbers(point, name):
    assert WHITE.name(point) == name


def test_a_maze_is_crossed_cell_by_cell():
    found = facts("avancer 2\ndroite 90\navancer 2\ngauche 90\navancer 1")
    assert (found["arrivee"], found["arrive"], found["heurts"], found["cap"]) == (
        "D3",
        True,
        0,
        "vers la droite",
    )
    assert found["chemin"] == ("A1", "B1", "C1", "C2", "C3", "D3")
    assert found["instructions"] == 5 and found["repete"] is False


def test_a_wall_stops_a_move_and_is_counted():
    found = facts("avancer 9\ngauche 90\navancer 1")
    assert (found["arrivee"], found["heurts"], found["arrive"]) == ("C1", 2, False)


def test_conditions_look_ahead_and_the_goal_may_stop_the_run():
    text = "répéter 20 :\n  si mur :\n    droite 90\n  avancer 1"
    assert facts("répéter 20 :\n  si libre :\n    avancer 1")["heurts"] == 0
    found = facts(text, maze=["D..", "##.", "A.."], stops_at_goal=True)
    assert (found["arrive"], found["heurts"], found["condition"], found["repete"]) == (True, 0, True, True)


def test_a_run_without_end_is_stopped():
    deep = "répéter 60 :\n  répéter 60 :\n    répéter 60 :\n      droite 90"
    assert facts(deep)["trop-long"] is True
    assert facts("répéter 60 :\n  répéter 60 :\n    répéter 60 :")["trop-long"] is True
    assert len(run(read_program(deep), WHITE).moves) < 1500


def test_a_drawing_is_the_same_whatever_the_order_and_the_way():
    again = "droite 90\nrépéter 4 :\n avancer 1\n avancer 2\n gauche 270"
    backwards = "répéter 4 :\n droite 90\n avancer 3\ndroite 90\navancer 3"
    assert drawn("droite 90\n" + SQUARE) == drawn(again)
    assert drawn(backwards) == drawn("droite 90\n" + SQUARE)
    assert drawn(SQUARE) != drawn("couleur rouge\n" + SQUARE)
    assert drawn("avancer 1\nlever\navancer 1\nbaisser\navancer 1") != drawn("avancer 3")
    assert facts(SQUARE, SHEET)["dessin.juste"] is True
    assert facts("avancer 3", SHEET)["dessin.juste"] is False


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 360))
def test_a_line_in_two_moves_is_one_line(first, second, angle):
    turn = f"droite {angle}\n" if angle else ""
    assert drawn(f"{turn}avancer {first}\navancer {second}") == drawn(f"{turn}avancer {first + second}")


def test_a_program_is_read_whatever_its_accents_and_margins():
    read = read_program("Répéter 2\n\tAVANCER 3 # un côté\n\n  si  libre:\n      lever")
    assert shape(read)[:2] == [(0, "repeter", "2"), (1, "avancer", "3")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("avancer", "ligne 1"),
        ("avancer 3\nvoler 2", "ligne 2"),
        ("avancer 0", "1 à 300"),
        ("avancer -3", "n’est pas"),
        ("avancer ٣", "ligne 1"),
        ("avancer 3\n  droite 90", "trop à droite"),
        ("couleur mauve", "couleur parmi"),
        ("lever\n" * (MOST_LINES + 1), "trop long"),
        ("\n".join("  " * one + "répéter 2" for one in range(6)), "trop profond"),
    ],
)
def test_a_text_that_is_not_a_program_is_told_where(text, said):
    with pytest.raises(Unclear, match=said):
        read_program(text)


@given(st.text(alphabet="avancer répéter 239:\n \t#si mur", max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        program = read_program(text)
    except Unclear as reason:
        assert str(reason)
    else:
        assert run(program, WHITE) == run(program, WHITE)


ADD = {"do": "ajouter", "instruction": "avancer", "valeur": "3", "apres": "fin"}


@pytest.mark.parametrize(
    ("step", "place", "level"),
    [
        (ADD, 5, 0),
        ({**ADD, "apres": "0"}, 0, 0),
        ({**ADD, "apres": "2"}, 2, 1),
        ({**ADD, "apres": "4"}, 4, 1),
    ],
)
def test_an_instruction_is_added_where_it_is_asked(step, place, level):
    assert edited(step)[place] == (level, "avancer", "3")


def test_lines_move_with_what_they_hold():
    base = shape(read_program(PROGRAM))
    assert edited({"do": "monter", "ligne": "2"}) == [*base[1:4], base[0], base[4]]
    assert edited({"do": "descendre", "ligne": "2"}) == [base[0], base[4], *base[1:4]]
    assert edited({"do": "monter", "ligne": "4"}) == [*base[:2], base[3], base[2], base[4]]


def test_lines_enter_and_leave_and_are_wrapped_and_deleted():
    base = shape(read_program(PROGRAM))
    assert edited({"do": "entrer", "ligne": "5"})[4] == (1, "lever", "")
    assert edited({"do": "sortir", "ligne": "3"}) == [*base[:2], base[3], (0, "droite", "90"), base[4]]
    wrap = {"do": "entourer", "ligne": "2", "valeur": "3"}
    assert edited(wrap)[1:4] == [(0, "repeter", "3"), (1, "repeter", "2"), (2, "droite", "90")]
    assert edited({"do": "supprimer", "ligne": "2"})[1:3] == [(0, "droite", "90"), (0, "avancer", "1")]
    assert edited({"do": "changer", "ligne": "2", "valeur": "5"})[1] == (0, "repeter", "5")
    assert edited({"do": "supprimer", "ligne": "1"}, program="lever") == []


def test_the_next_instruction_goes_where_it_was_aimed():
    screen = turtle(program=PROGRAM).screen(after(turtle(program=PROGRAM), {"do": "viser", "apres": "2"}))
    assert screen.after == 2 and "ligne 2" in screen.said


def test_a_run_is_shown_move_by_move():
    scenario = turtle(program=PROGRAM)
    state = after(scenario, {"do": "pas"}, {"do": "pas"})
    assert [line.number for line in scenario.screen(state).lines if line.now] == [3]
    assert len(scenario.screen(state).picture.moves) == 2
    assert scenario.facts(after(scenario, {"do": "executer"}))["executions"] == 1
    with pytest.raises(Refused, match="fini"):
        after(scenario, {"do": "executer"}, {"do": "pas"})
    assert scenario.screen(after(scenario, {"do": "executer"}, {"do": "depart"})).picture.strokes == ()


def test_a_text_that_cannot_be_read_is_kept_and_told():
    scenario = turtle(mode="texte", program=PROGRAM)
    state = after(scenario, {"do": "ecrire", "texte": "avancer\r\nlever"})
    assert state["text"] == "avancer\nlever" and "ligne 1" in state["said"]
    assert scenario.facts(state)["lisible"] is False and scenario.facts(state)["instructions"] == 0
    assert (
        "n’est pas proposé"
        in after(turtle(mode="texte", palette=["lever"]), {"do": "ecrire", "texte": "baisser"})["said"]
    )


@pytest.mark.parametrize(
    "step",
    [
        {**ADD, "valeur": "0"},
        {**ADD, "valeur": "301"},
        {**ADD, "valeur": "3.5"},
        {**ADD, "valeur": "٣"},
        {**ADD, "valeur": "x" * 1999},
        {**ADD, "valeur": 3},
        {**ADD, "apres": "6"},
        {**ADD, "apres": "-1"},
        {**ADD, "instruction": "exploser"},
        {**ADD, "instruction": "droite", "valeur": "45"},
        {**ADD, "instruction": "couleur", "valeur": "url(x)"},
        {"do": "supprimer", "ligne": "0"},
        {"do": "supprimer", "ligne": "9"},
        {"do": "supprimer", "ligne": "fin"},
        {"do": "supprimer"},
        {"do": "monter", "ligne": "1"},
        {"do": "descendre", "ligne": "5"},
        {"do": "descendre", "ligne": "4"},
        {"do": "entrer", "ligne": "1"},
        {"do": "entrer", "ligne": "2"},
        {"do": "sortir", "ligne": "1"},
        {"do": "ecrire", "texte": "lever"},
        {"do": "viser", "apres": "x"},
    ],
)
def test_a_gesture_that_makes_no_sense_is_refused(step):
    scenario = turtle(program=PROGRAM)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


@pytest.mark.parametrize("step", [ADD, {"do": "entourer", "ligne": "1", "valeur": "2"}])
def test_blocks_are_refused_in_a_text_program_and_outside_the_palette(step):
    for scenario in (turtle(mode="texte", program=PROGRAM), turtle(palette=["lever"], program=PROGRAM)):
        with pytest.raises(Refused):
            take(scenario, scenario.begin(), Step.model_validate(step))


def test_a_program_has_40_lines_and_a_depth_at_most():
    full = turtle(program="lever\n" * MOST_LINES)
    deep = turtle(program="\n".join("  " * one + "répéter 2" for one in range(4)))
    for scenario, step in ((full, ADD), (deep, {**ADD, "apres": "4"})):
        with pytest.raises(Refused):
            take(scenario, scenario.begin(), Step.model_validate(step))


@pytest.mark.parametrize(
    "changes",
    [
        {"program": "voler"},
        {"maze": ["D.", "..."]},
        {"maze": ["..", ".A"]},
        {"maze": ["D?", ".."]},
        {"maze": []},
        {"target": "avancer 1"},
        {"palette": ["voler"]},
        {"marks": {"Z1": "x"}},
    ],
)
def test_a_scenario_that_makes_no_sense_is_refused(changes):
    with pytest.raises(ValidationError):
        turtle(**changes)
