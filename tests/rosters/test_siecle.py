"""SIECLE exports: what is read, left out, and told of each pupil."""

from dataclasses import fields, replace
from datetime import date

import pytest

from portal.domain.roster import ReadRoster, RosterEntry
from portal.rosters.siecle import INACTIVE, LEFT, WITHOUT_CLASS, read_siecle
from tests.tools.siecle import (
    UAI,
    XML_NAME,
    FakePupil,
    draw_pupils,
    main,
    pupil_xml,
    siecle_text,
    siecle_xml,
    zipped,
)

LINA = FakePupil(
    record="1",
    last_name="DURAND",
    first_name="Lina",
    birth_date="05/04/2013",
    classes=("5eB",),
    ine="123456789AA",
    mef="10110001110",
)


def read(*pupils: FakePupil) -> ReadRoster:
    return read_siecle(siecle_xml(pupils), XML_NAME, UAI)


# ---------------------------------------------------------------- sound files


def test_a_pupil_is_read_with_what_we_keep_and_nothing_else():
    full = replace(LINA, usage_name="LE GOFF", second_name="Rose", third_name="Aya", groups=("LATIN",))
    assert read(full).entries == (
        RosterEntry(
            ine="123456789AA",
            last_name="DURAND",
            usage_name="LE GOFF",
            first_name="Lina",
            second_name="Rose",
            third_name="Aya",
            birth_date=date(2013, 4, 5),
            class_name="5eB",
            groups=("LATIN",),
            mef="10110001110",
            place="DURAND Lina (ELEVE_ID 1, ligne 6)",
        ),
    )
    assert {field.name for field in fields(RosterEntry)}.isdisjoint({"sex", "birthplace", "birth_city"})


def test_a_new_pupil_without_ine_nor_mef_is_read():
    (entry,) = read(replace(LINA, ine="", mef="")).entries
    assert entry.ine is None
    assert entry.mef is None


def test_accents_composed_names_and_particles_are_kept():
    names = [
        ("LE GOFF-MÜLLER", "Anne-Sophie"),
        ("D'ANGELO", "Maëlys"),
        ("ŒHLER", "Cœur"),
        ("ÖZTÜRK", "Élise"),
    ]
    names += [("WAŁĘSA", "Michał"), ("de LA TOUR", "Jean-Noël"), ("MUÑOZ", "João"), ("WEIß & FILS", "Évan")]
    pupils = [
        replace(LINA, record=str(n), ine="", last_name=last, first_name=first)
        for n, (last, first) in enumerate(names)
    ]
    assert [(entry.last_name, entry.first_name) for entry in read(*pupils).entries] == names


def test_twins_and_siblings_are_all_read():
    twin = replace(LINA, record="2", ine="2", first_name="Lisa")
    sibling = replace(LINA, record="3", ine="3", birth_date="01/01/2010", classes=("3eA",))
    roster = read(LINA, twin, sibling)
    assert len(roster.entries) == 3
    assert roster.problems == ()


def test_the_last_class_wins_and_groups_are_kept_once():
    (entry,) = read(
        replace(LINA, classes=("5eA", "5eB", "Inactifs"), groups=("LATIN", "LATIN", "UNSS"))
    ).entries
    assert entry.class_name == "5eB"
    assert entry.groups == ("LATIN", "UNSS")


def test_those_who_are_not_there_are_listed_by_reason_and_not_checked():
    roster = read(
        LINA,
        replace(LINA, record="2", first_name="Noé", left_on="15/10/2025", birth_date="?"),
        replace(LINA, record="3", first_name="Ana", classes=("Inactifs",)),
        replace(LINA, record="4", first_name="Elif", classes=()),
    )
    assert len(roster.entries) == 1
    assert roster.left_out == {LEFT: ["DURAND Noé"], INACTIVE: ["DURAND Ana"], WITHOUT_CLASS: ["DURAND Elif"]}
    assert roster.problems == ()


@pytest.mark.parametrize("encoding", ["ISO-8859-15", "ISO-8859-1", "UTF-8", "UTF-16", "windows-1252"])
def test_a_declared_encoding_is_read(encoding):
    pupil = replace(LINA, last_name="ÉLIE", first_name="Zoé")
    roster = read_siecle(siecle_xml([pupil], encoding=encoding), XML_NAME, UAI)
    assert roster.entries[0].first_name == "Zoé"


def test_a_byte_order_mark_wins_over_the_declaration():
    content = siecle_text([replace(LINA, first_name="Zoé")]).encode("utf-8-sig")
    assert read_siecle(content, XML_NAME, UAI).entries[0].first_name == "Zoé"


def test_white_space_around_texts_is_trimmed():
    content = siecle_xml([LINA]).replace(b">Lina<", b">\n  Lina\t Rose <").replace(b">5eB<", b"> 5eB <")
    (entry,) = read_siecle(content, XML_NAME, UAI).entries
    assert (entry.first_name, entry.class_name) == ("Lina Rose", "5eB")


def test_a_zip_reads_as_its_xml_whatever_hides_beside():
    content = siecle_xml([LINA])
    packed = zipped(
        {
            f"export/{XML_NAME}": content,
            f"__MACOSX/._{XML_NAME}": b"x",
            ".cache.xml": b"x",
            "lisezmoi.txt": b"x",
            "export/": b"",
        }
    )
    assert read_siecle(packed, "Export.ZIP", UAI) == read_siecle(content, XML_NAME, UAI)


def test_unknown_elements_are_ignored():
    content = siecle_xml([LINA]).replace(b"<STRUCTURES>", b"<OPTIONS><OPTION/>x</OPTIONS><STRUCTURES>", 1)
    content = content.replace(b"<TYPE_STRUCTURE>D", b"<AUTRE/><TYPE_STRUCTURE>D")
    content = content.replace(b"</STRUCTURES_ELEVE>", b"<STRUCTURE/></STRUCTURES_ELEVE>")
    content = content.replace(b"<DONNEES>", b"<!-- rien --><?rien?><DONNEES>")
    assert len(read_siecle(content, XML_NAME, UAI).entries) == 1


def test_a_large_school_is_read_whole():
    roster = read_siecle(siecle_xml(draw_pupils(2_500)), XML_NAME, UAI)

    assert roster.problems == ()
    assert len(roster.entries) + sum(len(names) for names in roster.left_out.values()) == 2_500
    assert any(entry.ine is None for entry in roster.entries)


# ---------------------------------------------------------------- problems of pupils


def test_every_problem_of_every_pupil_is_told_at_once_with_its_place():
    roster = read(
        replace(LINA, record="1", ine="", first_name=""),
        replace(LINA, record="2", ine="", last_name="", birth_date=""),
        replace(LINA, record="3", ine="", birth_date="31/02/2013"),
        replace(LINA, record="4", ine="", birth_date="2013-04-05"),
        replace(LINA, record="5", ine="", birth_date="05/04/0213"),
        replace(LINA, record="6", ine="", first_name="x" * 101),
    )
    assert roster.entries == ()
    assert [(problem.place, problem.reason.split("\u00a0: ")[0]) for problem in roster.problems] == [
        ("DURAND (ELEVE_ID 1, ligne 6)", "Le prénom manque"),
        ("Lina (ELEVE_ID 2, ligne 16)", "Le nom de famille manque"),
        ("Lina (ELEVE_ID 2, ligne 16)", "La date de naissance manque"),
        (
            "DURAND Lina (ELEVE_ID 3, ligne 25)",
            "«\u00a031/02/2013\u00a0» n’est pas une date de naissance au format jj/mm/aaaa",
        ),
        (
            "DURAND Lina (ELEVE_ID 4, ligne 36)",
            "«\u00a02013-04-05\u00a0» n’est pas une date de naissance au format jj/mm/aaaa",
        ),
        (
            "DURAND Lina (ELEVE_ID 5, ligne 47)",
            "«\u00a005/04/0213\u00a0» n’est pas une date de naissance au format jj/mm/aaaa",
        ),
        (f"DURAND {'x' * 101} (ELEVE_ID 6, ligne 58)", "Un nom dépasse 100 caractères"),
    ]


def test_an_ine_borne_twice_is_told_for_both_but_not_for_those_who_left():
    twice = replace(LINA, record="2", first_name="Noé")
    assert len(read(LINA, twice).problems) == 2
    assert read(LINA, replace(twice, left_on="15/10/2025")).problems == ()


def test_a_record_number_borne_twice_or_missing_is_told():
    (first, second) = read(LINA, replace(LINA, ine="2", first_name="Noé")).problems
    assert "ELEVE_ID" in first.reason
    assert "ELEVE_ID" in second.reason
    (problem,) = read(replace(LINA, record="")).problems
    assert problem.place == "DURAND Lina (sans ELEVE_ID, ligne 6)"


def test_a_pupil_without_any_name_has_a_place_all_the_same():
    problems = read(replace(LINA, last_name="", first_name="")).problems
    assert {problem.place for problem in problems} == {"élève sans nom (ELEVE_ID 1, ligne 6)"}


# ---------------------------------------------------------------- the generator


def test_the_same_seed_gives_the_same_pupils_and_another_one_others():
    assert draw_pupils(50, seed=3) == draw_pupils(50, seed=3)
    assert draw_pupils(50, seed=3) != draw_pupils(50, seed=4)
    assert pupil_xml(LINA).startswith('<ELEVE ELEVE_ID="1"')


def test_the_command_writes_a_readable_zip(tmp_path, capsys):
    target = tmp_path / "export.zip"
    assert main([str(target), "--eleves", "40", "--classes", "2GT1,2GT2", "--zip"]) == 0
    roster = read_siecle(target.read_bytes(), target.name, UAI)
    assert {entry.class_name for entry in roster.entries} == {"2GT1", "2GT2"}
    assert "40 élèves" in capsys.readouterr().out
