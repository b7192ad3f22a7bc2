"""Importing a roster: the file, the dry run, the list."""

import uuid

import pytest

from portal.extensions import db
from portal.persistence.models import (
    AuditEvent,
    ClassGroup,
    Participation,
    RosterImport,
    RosterImportRow,
    Student,
)
from portal.persistence.transaction import write_tx
from tests import factories
from tests.blueprints.students.conftest import pupil
from tests.client import words
from tests.players import play
from tests.tools.siecle import draw_pupils


def students(cast):
    query = db.select(Student).where(Student.school_id == cast.school.id).order_by(Student.sort_key)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def count(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def lead(client):
    return words(client.page.select_one(".lead"))


def sections(client):
    """Read the dry run: the names of each section."""
    return {
        words(one.summary).partition(" :")[0]: [words(name) for name in one.select("li")]
        for one in client.page.select("main details:not(.confirm)")
    }


def lina_in_file(cast, class_name="5eB"):
    return pupil("Durand", "Lina", class_name, ine=cast.lina.ine)


def noe_in_file(cast):
    return pupil("Petit", "Noé", ine=cast.noe.ine, birth_date="09/01/2014")


def test_the_dry_run_names_everybody_and_changes_nothing(client, cast, log_in, upload):
    log_in("solene")
    zoe = pupil("Le Goff", "Zoé", "6eA", ine="123456789ZZ", mef="10010012110")

    response = upload([lina_in_file(cast, "5eC"), zoe])

    assert response.status_code == 200
    assert lead(client) == (
        "2 élèves dans le fichier : 1 créé, 1 change de classe, 1 mis à jour, 1 absent du fichier et désactivé."
    )
    found = sections(client)
    assert found["Créés"] == ["LE GOFF Zoé, 6eA"]
    assert found["Changent de classe"] == ["DURAND Lina : 5eB → 5eC"]
    assert found["Mis à jour"] == ["DURAND Lina : formation"]
    assert found["Désactivés"] == ["PETIT Noé, sans classe"]
    assert [one.sort_key for one in students(cast)] == ["durand lina", "petit noe"]


def test_publishing_makes_the_list_what_the_file_says(client, cast, log_in, upload):
    log_in("solene")
    zoe = pupil("Le Goff", "Zoé", "6eA", groups=("LATIN",), mef="10010012110")
    upload([lina_in_file(cast, "5eC"), zoe])

    response = client.submit("/publier")

    assert response.status_code == 200 and client.page.h1.text == "Import terminé"
    lina, created, noe = students(cast)
    assert lina.class_group.name == "5eC" and lina.learner_id == cast.lina.learner_id
    assert (created.sort_key, created.groups, created.class_group.name) == ("legoff zoe", ["LATIN"], "6eA")
    assert noe.disabled_at is not None and noe.learner_id is not None
    assert count(RosterImportRow) == 0
    event = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "roster_import")).one()
    assert event.details["created"] == "1" and event.member_id == cast.solene.id


def test_the_grades_are_proposed_once_and_kept(client, cast, log_in, upload):
    log_in("solene")
    upload([pupil("Le Goff", "Zoé", "6eA", mef="10010012110"), pupil("Roux", "Léo", "ULIS", mef="")])
    asked = {words(row.th): row.select_one("option[selected]") for row in client.page.select("tbody tr")}
    assert asked["6eA"]["value"] == "6e" and asked["ULIS"] is None and "5eB" not in asked

    client.submit("/publier")

    groups = {group.name: group for group in db.session.scalars(db.select(ClassGroup))}
    assert (groups["6eA"].grade, groups["6eA"].is_grade_confirmed) == ("6e", True)
    assert (groups["ULIS"].grade, groups["ULIS"].is_grade_confirmed) == (None, False)


def test_a_grade_out_of_the_list_is_refused(client, cast, log_in, upload):
    log_in("solene")
    upload([pupil("Le Goff", "Zoé", "6eA")])

    response = client.submit("/publier", **{"niveau-6eA": "7e"})

    assert response.status_code == 422 and "6eA" not in {
        one.name for one in db.session.scalars(db.select(ClassGroup))
    }


def test_the_same_file_twice_changes_nothing_and_says_so(client, cast, log_in, upload):
    log_in("solene")
    pupils = draw_pupils(60)
    upload(pupils)
    client.submit("/publier")
    before = [(one.public_id, one.class_group_id, one.disabled_at, one.ine) for one in students(cast)]

    upload(pupils)

    assert "Ce fichier ne change rien." in words(client.page.main)
    assert not client.page.select("form[action$='/publier']")
    assert [(one.public_id, one.class_group_id, one.disabled_at, one.ine) for one in students(cast)] == before


def test_an_absent_pupil_is_disabled_and_comes_back_with_everything(client, cast, log_in, upload):
    play(cast.lina, factories.make_campaign(cast.solene), questions=1)
    log_in("solene")
    upload([noe_in_file(cast)])
    client.submit("/publier")
    assert students(cast)[0].disabled_at is not None

    upload([noe_in_file(cast), lina_in_file(cast)])
    assert sections(client)["De retour dans la liste"] == ["DURAND Lina, 5eB"]
    client.submit("/publier")

    lina = students(cast)[0]
    assert lina.disabled_at is None and lina.public_id == cast.lina.public_id
    assert count(Participation) == 1


def test_a_pupil_added_by_hand_is_kept_then_recognised(client, cast, log_in, upload):
    log_in("solene")
    client.get("/eleves/nouveau")
    client.submit("/nouveau", last_name="Roux", first_name="Léo", birth_date="02/03/2014", class_name="5eB")
    upload([lina_in_file(cast), noe_in_file(cast)])
    assert sections(client)["Ajoutés à la main et gardés"] == ["ROUX Léo, 5eB"]
    client.submit("/publier")
    assert students(cast)[-1].disabled_at is None

    upload(
        [
            lina_in_file(cast),
            noe_in_file(cast),
            pupil("ROUX", "Leo", birth_date="02/03/2014", ine="123456789ZZ"),
        ]
    )
    client.submit("/publier")

    leo = students(cast)[-1]
    assert (leo.ine, leo.first_name, leo.is_by_hand) == ("123456789ZZ", "Leo", False)
    assert len(students(cast)) == 3


def test_twins_and_siblings_are_as_many_pupils(client, cast, log_in, upload):
    log_in("solene")
    twins = [pupil("Diop", "Awa"), pupil("Diop", "Aminata")]

    upload([*twins, pupil("Diop", "Moussa", birth_date="01/02/2012")])
    client.submit("/publier")

    assert [one.first_name for one in students(cast) if one.last_name == "Diop"] == [
        "Aminata",
        "Awa",
        "Moussa",
    ]


def test_publishing_twice_is_publishing_once(client, cast, log_in, upload):
    log_in("solene")
    upload([lina_in_file(cast), pupil("Le Goff", "Zoé")])
    dry_run = client.page

    first = client.submit("/publier")
    client.page = dry_run
    second = client.submit("/publier")

    assert first.status_code == second.status_code == 200
    assert [one.sort_key for one in students(cast)] == ["durand lina", "legoff zoe", "petit noe"]
    assert (
        len(db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "roster_import")).all()) == 1
    )


def test_the_difference_is_computed_again_when_publishing(client, cast, log_in, upload):
    log_in("solene")
    upload([lina_in_file(cast), noe_in_file(cast), pupil("Roux", "Léo", birth_date="02/03/2014")])
    dry_run = client.page
    client.get("/eleves/nouveau")
    client.submit("/nouveau", last_name="Roux", first_name="Léo", birth_date="02/03/2014")
    client.page = dry_run

    client.submit("/publier")

    assert [one.sort_key for one in students(cast)].count("roux leo") == 1


def test_a_cancelled_file_leaves_no_trace_in_the_list(client, cast, log_in, upload):
    log_in("solene")
    upload([lina_in_file(cast, "5eC")])
    dry_run = client.page

    client.submit("/annuler")
    client.page = dry_run
    again = client.submit("/annuler")

    assert again.status_code == 200 and students(cast)[0].class_group.name == "5eB"
    assert count(RosterImportRow) == 0


def test_another_school_s_administrator_cannot_see_nor_publish_it(client, cast, log_in, upload):
    log_in("solene")
    upload([lina_in_file(cast, "5eC")])
    staged = db.session.scalars(db.select(RosterImport)).one()
    client.get("/")
    client.submit("/deconnexion")
    log_in("dora")
    client.get("/eleves")
    token = {"csrf_token": client.csrf()}

    assert client.get(f"/eleves/import/{staged.public_id}").status_code == 404
    assert client.post(f"/eleves/import/{staged.public_id}/publier", data=token).status_code == 404
    assert client.post(f"/eleves/import/{staged.public_id}/annuler", data=token).status_code == 404
    assert client.get(f"/eleves/import/{uuid.uuid4()}").status_code == 404
    assert students(cast)[0].class_group.name == "5eB"


@pytest.mark.parametrize("person", ["bruno", "ines"])
def test_only_administrators_import(client, log_in, person):
    log_in(person)

    assert client.get("/eleves/import").status_code == 403


def test_an_import_forgotten_for_a_day_goes_when_another_comes(client, cast, log_in, upload):
    log_in("solene")
    upload([lina_in_file(cast)])
    old = db.session.scalars(db.select(RosterImport)).one()
    with write_tx():
        old.created_at = old.created_at.replace(year=old.created_at.year - 1)

    upload([noe_in_file(cast)])

    assert count(RosterImport) == 1 and count(RosterImportRow) == 1
    assert client.get(f"/eleves/import/{old.public_id}").status_code == 404
