"""Adding and correcting a pupil by hand, and the grades of classes."""

import pytest

from portal.extensions import db
from portal.persistence.models import ClassGroup, Student
from tests import factories
from tests.client import words

ZOE = {"last_name": " Le  Goff ", "first_name": "Zoé", "birth_date": "4.5.2014", "class_name": "5e b"}


def find(first_name):
    query = db.select(Student).where(Student.first_name == first_name)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def add(client, **typed):
    client.get("/eleves/nouveau")
    return client.submit("/nouveau", **(ZOE | typed))


def edit(client, student, **typed):
    client.get(f"/eleves/{student.public_id}/modifier")
    return client.submit("/modifier", **typed)


def test_a_late_comer_is_added_and_can_be_identified(client, cast, log_in):
    log_in("solene")

    response = add(client)

    assert response.status_code == 200 and client.page.h1.text == "Le Goff Zoé"
    (zoe,) = find("Zoé")
    assert (zoe.last_name, zoe.sort_key, zoe.is_by_hand) == ("Le Goff", "legoff zoe", True)
    assert zoe.class_group_id == cast.class_5eb.id and zoe.school_id == cast.school.id


def test_a_new_class_is_made_with_the_grade_its_name_suggests(client, log_in):
    log_in("solene")

    add(client, class_name="4eC")

    group = db.session.scalars(db.select(ClassGroup).where(ClassGroup.name == "4eC")).one()
    assert (group.grade, group.is_grade_confirmed) == ("4e", False)
    assert "Confirmez le niveau de la classe 4eC" in words(client.page.main)


def test_a_form_sent_twice_is_one_pupil(client, log_in):
    log_in("solene")
    add(client)

    response = add(client)

    assert response.status_code == 422 and len(find("Zoé")) == 1
    assert "est déjà dans la liste" in words(client.page.select_one("#last_name-error"))


def test_homonyms_born_on_the_same_day_are_told_apart_by_their_ine(client, log_in):
    log_in("solene")
    add(client, ine="123456789AB")

    assert add(client, ine="123 456 789 ac").status_code == 200
    assert sorted(one.ine for one in find("Zoé")) == ["123456789AB", "123456789AC"]


def test_twins_are_two_pupils(client, log_in):
    log_in("solene")
    add(client)

    assert add(client, first_name="Chloé").status_code == 200


def test_a_pupil_who_left_is_not_made_again(client, cast, log_in):
    factories.make_student(cast.school, first_name="Théo", is_disabled=True)
    log_in("solene")

    add(client, first_name="theo", last_name="DURAND", birth_date="04/05/2014")

    assert "déjà parmi les élèves sortis" in words(client.page.select_one("#last_name-error"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"first_name": ""}, "first_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"birth_date": "31/02/2014"}, "birth_date"),
        ({"birth_date": "mai 2014"}, "birth_date"),
        ({"birth_date": "04/05/3014"}, "birth_date"),
        ({"class_name": "x" * 41}, "class_name"),
        ({"ine": "12"}, "ine"),
    ],
)
def test_each_wrong_field_says_what_to_do(client, log_in, typed, field):
    log_in("solene")

    response = add(client, **typed)

    assert response.status_code == 422 and find("Zoé") == []
    assert words(client.page.select_one(f"#{field}-error"))
    assert client.page.select_one("#class_name")["list"] == "classes"


def test_an_ine_of_the_school_is_taken(client, cast, log_in):
    log_in("solene")
    ine = "123456789AB"
    add(client, ine=ine)

    response = add(client, first_name="Chloé", ine=ine)

    assert response.status_code == 422 and "Un autre élève" in words(client.page.select_one("#ine-error"))


def test_a_correction_keeps_the_account(client, cast, log_in):
    log_in("solene")

    edit(client, cast.lina, first_name="Linah", class_name="5eC", birth_date="05042014")

    assert client.page.h1.text == "Durand Linah"
    db.session.refresh(cast.lina)
    assert (cast.lina.sort_key, f"{cast.lina.birth_date:%d/%m/%Y}") == ("durand linah", "05/04/2014")
    assert cast.lina.learner_id is not None and not cast.lina.is_by_hand


def test_a_correction_opens_with_what_is_known(client, cast, log_in):
    log_in("solene")
    client.get(f"/eleves/{cast.lina.public_id}/modifier")

    values = {one["name"]: one.get("value") for one in client.page.select("main input[name]")}
    assert (values["last_name"], values["birth_date"], values["class_name"]) == (
        "Durand",
        "04/05/2014",
        "5eB",
    )
    assert "Corrigez aussi dans SIECLE" in words(client.page.main)


def test_a_pupil_who_leaves_and_comes_back(client, cast, log_in):
    log_in("solene")

    edit(client, cast.noe, has_left="y")
    assert "Sorti de l’établissement" in words(client.page.main)
    edit(client, cast.noe, has_left=None)

    assert "Sorti de l’établissement" not in words(client.page.main)


def test_a_correction_cannot_make_a_double(client, cast, log_in):
    log_in("solene")
    other = factories.make_student(cast.school, first_name="Lena", class_group=cast.class_5eb)

    response = edit(client, other, first_name="Lina", ine="")

    assert response.status_code == 422


def test_the_grades_of_classes_are_corrected(client, cast, log_in):
    factories.make_class(cast.school, name="ULIS", grade=None)
    log_in("solene")
    client.get("/eleves/classes")
    assert words(client.page.select_one(".lead")) == "Le niveau de chaque classe est confirmé."

    client.submit("/classes", **{"niveau-5eB": "4e", "niveau-ULIS": ""})

    db.session.refresh(cast.class_5eb)
    assert (cast.class_5eb.grade, cast.class_5eb.is_grade_confirmed) == ("4e", True)
    assert client.submit("/classes", **{"niveau-5eB": "9e"}).status_code == 422


def test_another_school_s_class_of_the_same_name_keeps_its_grade(client, cast, log_in):
    log_in("dora")
    client.get("/eleves/classes")

    client.submit("/classes", **{"niveau-5eB": "3e"})

    db.session.refresh(cast.class_5eb)
    assert cast.class_5eb.grade == "5e"


@pytest.mark.parametrize("person", ["bruno", "ines"])
def test_only_administrators_change_the_list(client, cast, log_in, person):
    log_in(person)

    for path in ("/eleves/nouveau", "/eleves/classes", f"/eleves/{cast.lina.public_id}/modifier"):
        assert client.get(path).status_code == 403


def test_another_school_s_pupil_is_not_to_correct(client, cast, log_in):
    log_in("dora")

    assert client.get(f"/eleves/{cast.lina.public_id}/modifier").status_code == 404
