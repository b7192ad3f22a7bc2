"""Questions that are done rather than read, and those made for a pupil: read, refused, checked."""

import json
from datetime import date

import pytest
import yaml

from portal.bank import checks, scenarios
from portal.bank.loader import BankError, load_bank
from portal.domain.referential import Kind
from portal.persistence import mapping
from portal.settings import CONTENT

TEXTS = {
    "instruction": "Ouvrez votre fichier, puis cherchez ce qui est demandé.",
    "explanation": "Un dossier se lit de haut en bas. Les autres réponses parlent du fichier.",
    "seconds": 60,
}
ORDERING = {**TEXTS, "kind": "ordering", "steps": ["Ouvrir", "Écrire", "Envoyer"]}
MATCHING = {
    **TEXTS,
    "kind": "matching",
    "pairs": [{"left": ".ods", "right": "un tableau"}, {"left": ".png", "right": "une image"}],
    "extra": ["un son"],
}
TABLE = {
    **TEXTS,
    "kind": "hotspot",
    "table": [["", "Lundi", "Mardi"], ["9 h", "Maths", "Sport"], ["10 h", "Anglais", "Maths"]],
    "right": [[1, 2]],
}
OWN = {**TEXTS, "kind": "number", "material": {"generator": "depenses"}, "answer": "total"}
MAILBOX = {**TEXTS, "kind": "simulator", "scenario": "colis"}
del MAILBOX["instruction"]


@pytest.fixture
def with_question(tube, written):
    """Put a question in the bank in the place of one, and read it."""

    def read(question):
        replaced = tube["skills"][1]["challenges"][-1]
        tube["skills"][1]["challenges"][-1] = {"id": replaced["id"], **question}
        bank = load_bank(written())
        return bank.challenges["dossiers-4"][-1]

    return read


@pytest.mark.parametrize(
    ("question", "kind"),
    [(ORDERING, Kind.ORDERING), (MATCHING, Kind.MATCHING), (TABLE, Kind.HOTSPOT), (OWN, Kind.NUMBER)],
    ids=["ordering", "matching", "table", "own file"],
)
def test_a_question_of_each_kind_is_read(with_question, question, kind):
    assert with_question(question).kind is kind


def test_the_cells_of_a_table_are_named_for_who_cannot_see_it(with_question):
    read = with_question(TABLE)
    assert [one.text for one in read.proposals if one.right] == ["9 h, Mardi\u00a0: Sport"]
    assert [one.cell for one in read.proposals] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**ORDERING, "steps": ["Ouvrir", "Fermer"]}, "steps"),
        ({**TABLE, "right": [[3, 1]]}, "right"),
        ({**TABLE, "table": [["", "A"], ["1"]]}, "même longueur"),
        ({**TEXTS, "kind": "hotspot"}, "places"),
        ({**OWN, "solution": 4}, "answer"),
        ({**OWN, "material": {"generator": "depenses", "day": date(2026, 3, 2)}}, "material"),
        ({**TEXTS, "kind": "number"}, "answer"),
        ({**TEXTS, "kind": "single_choice", "answer": "total"}, "material"),
        (MAILBOX, "le scénario « colis » n’existe pas"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(with_question, question, said):
    with pytest.raises(BankError, match=said):
        with_question(question)


def test_the_line_is_told(with_question):
    with pytest.raises(BankError, match=r"dossiers\.yaml, ligne \d+, question dossiers-4d : steps"):
        with_question({**ORDERING, "steps": []})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**OWN, "material": {"generator": "licorne"}}, "licorne"),
        ({**OWN, "material": {"generator": "depenses", "lines": 3}}, "lines"),
        ({**OWN, "answer": "licorne"}, "licorne"),
        ({**OWN, "instruction": "Combien pour {licorne} dans votre fichier"}, "licorne"),
        ({**ORDERING, "steps": ["Ouvrir", "Écrire", "Écrire"]}, "deux fois"),
    ],
)
def test_what_cannot_be_drawn_is_found(with_question, tube, written, question, said):
    with_question(question)
    folder = written()
    assert any(said in str(one) for one in checks.problems(load_bank(folder), folder))


def scenario(folder, **changes):
    content = {
        "id": "colis",
        "simulator": "mailbox",
        "title": "La messagerie",
        "instruction": "Signalez le message piégé.",
        "messages": [
            {
                "id": "m",
                "sender": "Colis",
                "address": "a@b.example",
                "date": "Hier",
                "subject": "Colis",
                "body": "Payez.",
            }
        ],
        "success": [{"fact": "m.signale", "equals": True}],
        "solution": [{"do": "signaler", "message": "m"}],
        "mistakes": [[{"do": "supprimer", "message": "m"}]],
        **changes,
    }
    path = folder / "scenarios" / "mailbox" / "colis.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def test_a_scenario_is_read_with_its_question(tube, written):
    tube["skills"][1]["challenges"][-1] = {"id": tube["skills"][1]["challenges"][-1]["id"], **MAILBOX}
    folder = written()
    scenario(folder)
    assert load_bank(folder).challenges["dossiers-4"][-1].scenario["title"] == "La messagerie"


def test_what_a_scenario_says_is_read_as_the_rest_of_the_bank(tube, written):
    tube["skills"][1]["challenges"][-1] = {"id": tube["skills"][1]["challenges"][-1]["id"], **MAILBOX}
    folder = written()
    scenario(folder, title="La messagerie : lundi")
    found = [str(one) for one in checks.problems(load_bank(folder), folder)]
    found = [one for one in found if "insécable" in one]
    assert len(found) == 1 and found[0].startswith("scenarios/mailbox/colis.yaml, ligne ")


def test_every_question_is_kept_whole_and_looked_up():
    for _, challenge in load_bank(CONTENT).every_challenge():
        kept = json.loads(json.dumps(mapping.challenge_to_json(challenge)))
        again = mapping.challenge_from_json(kept)
        assert {again: "found"}[challenge] == "found", challenge.id


def test_every_scenario_can_be_kept_with_its_question():
    files = [path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("scenarios/*/*.yaml")]
    read = [scenarios.read(CONTENT, file) for file in files]
    assert files and not any(problems for _, problems in read)
    assert [one for one, _ in read if json.loads(json.dumps(one)) != one] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"titel": "x"}, r"colis\.yaml, ligne \d+ : titel"),
        ({"simulator": "pigeon"}, "simulator"),
        ({"id": "autre"}, "ligne 1 : id"),
        ({"solution": [{"do": "ouvrir", "message": "m"}]}, "solution : ces gestes ne réussissent pas"),
        ({"mistakes": [[{"do": "signaler", "message": "m"}]]}, "ces gestes réussissent"),
        ({"success": [{"fact": "m.couleur", "equals": "bleu"}]}, "n’existe pas"),
    ],
)
def test_a_scenario_that_does_not_hold_is_never_loaded(written, changes, said):
    folder = written()
    scenario(folder, **changes)
    with pytest.raises(BankError, match=said):
        load_bank(folder)
