"""The file explorer: what its gestures do and what they refuse."""

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused
from tests.material.simulators.scenes import after, standing

CONTENT = {
    "id": "essai",
    "simulator": "explorer",
    "title": "Les fichiers de Nour",
    "instruction": "Essayez.",
    "roots": [
        {"id": "docs", "name": "Mes documents"},
        {"id": "cle", "name": "Clé USB"},
        {"id": "classe", "name": "Classe", "read_only": True},
    ],
    "folders": [
        {"id": "svt", "name": "SVT", "inside": "docs"},
        {"id": "vieux", "name": "Vieux", "inside": "svt"},
    ],
    "files": [
        {"id": "zebre", "name": "Zebre.odt", "inside": "svt", "size": 10, "date": "2026-01-02"},
        {"id": "abeille", "name": "abeille.odt", "inside": "svt", "size": 2500, "date": "2026-03-04 09:05"},
        {"id": "ancien", "name": "ancien.png", "inside": "vieux", "size": 5, "date": "2025-01-02"},
        {"id": "jete", "name": "jete.txt", "inside": "svt", "size": 1, "date": "2025-01-02", "in_bin": True},
        {"id": "sujet", "name": "sujet.pdf", "inside": "classe", "size": 9, "date": "2026-02-02"},
    ],
    "success": [{"fact": "svt.contenu", "contains": "sujet.pdf"}],
    "solution": [{"do": "ouvrir", "element": "sujet"}],
    "mistakes": [[{"do": "ouvrir", "element": "sujet"}]],
}
CUT, COPY, PASTE = {"do": "couper"}, {"do": "copier"}, {"do": "coller"}


def to(element):
    return {"do": "ouvrir", "element": element}


@pytest.fixture
def disk():
    return scenario_of(CONTENT, dice_of("1"))


@pytest.fixture
def told(disk):
    return lambda *steps: disk.facts(after(disk, *steps))


def test_what_is_cut_is_moved_and_what_is_copied_is_twice(told):
    facts = told({**CUT, "element": "zebre"}, to("cle"), PASTE)
    assert facts["zebre.chemin"] == "clé usb" and facts["zebre.copies"] == ()
    facts = told({**COPY, "element": "zebre"}, to("cle"), PASTE, PASTE)
    assert facts["zebre.chemin"] == "mes documents/svt"
    assert facts["zebre.copies"] == ("clé usb/zebre.odt", "clé usb/zebre - copie.odt")
    assert facts["cle.contenu"] == ("zebre.odt", "zebre - copie.odt")


def test_a_copied_folder_brings_what_it_holds_but_not_the_bin(told):
    facts = told({**COPY, "element": "svt"}, to("cle"), PASTE)
    assert facts["ancien.copies"] == ("clé usb/svt/vieux/ancien.png",)
    assert facts["jete.copies"] == ()


def test_a_cut_is_pasted_once(disk):
    with pytest.raises(Refused, match="prêt"):
        after(disk, {**CUT, "element": "zebre"}, to("cle"), PASTE, PASTE)


@pytest.mark.parametrize("place", ["svt", "vieux"])
def test_a_folder_does_not_go_into_itself(disk, place):
    with pytest.raises(Refused, match="lui-même"):
        after(disk, {**CUT, "element": "svt"}, to(place), PASTE)


def test_a_folder_is_created_where_one_is(told):
    facts = told(
        to("svt"), {"do": "creer", "nom": "  Oral   de juin "}, to("_1"), {"do": "creer", "nom": "A"}
    )
    assert facts["dossiers"] == ("mes documents/svt/oral de juin", "mes documents/svt/oral de juin/a")


def test_a_name_keeps_its_extension_when_it_is_hidden_only(told):
    rename = {"do": "renommer", "element": "zebre", "nom": "Cheval"}
    assert told(rename)["zebre.nom"] == "cheval"
    assert told({"do": "extensions", "montrer": "non"}, rename)["zebre.nom"] == "cheval.odt"
    assert told({**rename, "element": "svt"})["ancien.chemin"] == "mes documents/cheval/vieux"


def test_the_bin_gives_back_until_it_is_emptied(disk, told):
    thrown = {"do": "supprimer", "element": "svt"}
    facts = told(thrown)
    assert facts["svt.corbeille"] and facts["ancien.corbeille"] and not facts["ancien.perdu"]
    assert not told(thrown, {"do": "restaurer", "element": "svt"})["ancien.corbeille"]
    facts = told(thrown, {"do": "vider"})
    assert facts["ancien.perdu"] and facts["ancien.corbeille"] and facts["ancien.nom"] == ""
    with pytest.raises(Refused, match="aussi dans la corbeille"):
        after(disk, thrown, {"do": "restaurer", "element": "jete"})


def test_what_is_sorted_again_is_reversed_and_folders_stay_first(disk):
    def names(*steps):
        return [row.name for row in disk.screen(after(disk, to("svt"), *steps)).rows]

    by_size = {"do": "trier", "par": "taille"}
    assert names() == ["Vieux", "abeille.odt", "Zebre.odt"]
    assert names(by_size) == ["Vieux", "Zebre.odt", "abeille.odt"]
    assert names(by_size, by_size) == ["Vieux", "abeille.odt", "Zebre.odt"]


def test_a_line_says_day_time_and_size(disk):
    row = next(row for row in disk.screen(after(disk, to("svt"))).rows if row.id == "abeille")
    assert (row.date, row.size) == ("4 mars 2026, 9 h 05", "2,5 Mo")


def test_a_folder_for_reading_gives_copies_and_takes_nothing(disk, told):
    assert (
        told(to("classe"), {**COPY, "element": "sujet"}, to("svt"), PASTE)["svt.contenu"][-1] == "sujet.pdf"
    )
    for refused in (
        {**CUT, "element": "sujet"},
        {"do": "renommer", "element": "sujet", "nom": "a.pdf"},
        {"do": "supprimer", "element": "sujet"},
        {"do": "creer", "nom": "a"},
        PASTE,
    ):
        with pytest.raises(Refused, match="pas le changer"):
            after(disk, {**COPY, "element": "zebre"}, to("classe"), refused)


def test_the_tree_opens_where_the_pupil_is(disk):
    docs = disk.screen(after(disk, to("vieux"))).tree[0]
    assert [one.name for one in docs.inside[0].inside] == ["Vieux"]
    assert disk.screen(after(disk, to("cle"))).tree[0].inside == ()


def test_a_disk_is_full_at_last(disk):
    folder = {**COPY, "element": "svt"}
    with pytest.raises(Refused, match="plein"):
        after(disk, folder, to("cle"), *[PASTE] * 30)
    with pytest.raises(Refused, match="plein"):
        after(disk, *[{"do": "creer", "nom": f"d{number}"} for number in range(100)])


@pytest.mark.parametrize(
    "step",
    [
        to("inconnu"),
        to("_1"),
        to("../docs"),
        to("jete"),
        to(3),
        to(["svt"]),
        {"do": "ouvrir"},
        PASTE,
        {"do": "renommer", "element": "zebre", "nom": "a/b"},
        {"do": "renommer", "element": "zebre", "nom": " "},
        {"do": "renommer", "element": "zebre", "nom": ".."},
        {"do": "renommer", "element": "zebre", "nom": "x" * 81},
        {"do": "renommer", "element": "zebre", "nom": 12},
        {"do": "renommer", "element": "zebre", "nom": "ABEILLE.odt"},
        {"do": "renommer", "element": "docs", "nom": "a"},
        {"do": "creer", "nom": "Svt"},
        {"do": "supprimer", "element": "cle"},
        {"do": "restaurer", "element": "zebre"},
        {"do": "restaurer", "element": "inconnu"},
        {"do": "trier", "par": "couleur"},
        {"do": "trier", "par": "1"},
        {"do": "extensions", "montrer": "peut-être"},
    ],
)
def test_what_cannot_be_done_is_refused(disk, step):
    with pytest.raises(Refused):
        after(disk, step)


def test_nothing_is_made_in_the_bin(disk):
    with pytest.raises(Refused, match="dans un dossier"):
        after(disk, to("corbeille"), {"do": "creer", "nom": "a"})


def test_a_copy_of_the_sheet_in_the_folder_is_the_success(disk):
    assert standing(disk, to("classe"), {**COPY, "element": "sujet"}, to("svt"), PASTE) == "done"


@pytest.mark.parametrize(
    "change",
    [
        {"files": [{**CONTENT["files"][0], "inside": "ailleurs"}]},
        {"files": [{**CONTENT["files"][0], "id": "svt"}]},
        {"files": [{**CONTENT["files"][0], "date": "2026-13-01"}]},
        {"files": [{**CONTENT["files"][0], "name": "sans-extension"}]},
        {"roots": [{"id": "corbeille", "name": "Corbeille"}, *CONTENT["roots"]]},
        {"start": "ailleurs"},
    ],
)
def test_a_file_that_holds_together_badly_is_refused(change):
    with pytest.raises(ValidationError):
        scenario_of({**CONTENT, **change}, dice_of("1"))
