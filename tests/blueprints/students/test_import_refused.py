"""Files that no import takes: every problem at once, and nothing written."""

import pytest

from portal.extensions import db
from portal.persistence.models import RosterImport, RosterImportRow, Student
from tests.blueprints.students.conftest import pupil
from tests.client import words
from tests.tools.siecle import siecle_text, siecle_xml, zipped


def students(cast):
    return db.session.scalars(db.select(Student).where(Student.school_id == cast.school.id)).all()


def count(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_every_problem_is_told_at_once_and_nothing_is_written(client, cast, log_in, upload):
    log_in("solene")
    wrong = [
        pupil("Le Goff", "Zoé", birth_date="31/02/2014"),
        pupil("Roux", ""),
        pupil("Diop", "Awa", ine="123456789ZZ"),
        pupil("Diallo", "Ali", ine="123456789ZZ"),
        pupil("N" * 90, "Trop"),
    ]

    response = upload(wrong)

    assert response.status_code == 422
    places = [words(row.th) for row in client.page.select("#problems tbody tr")]
    assert len(places) == 5 and any("Le Goff" in place for place in places)
    assert "5 points à corriger : rien n’a été importé" in words(client.page.main)
    assert count(RosterImport) == count(RosterImportRow) == 0 and len(students(cast)) == 2


BOMB = zipped({"eleves.xml": b"<BEE_ELEVES>" + b" " * 40_000_000})
DTD = (
    siecle_text([pupil("A", "B")], "0750001U")
    .replace("\n", '\n<!DOCTYPE x [<!ENTITY e "e">]>\n', 1)
    .encode("iso-8859-15")
)
GOOD = siecle_xml([pupil("Lefèvre", "Zoé")], uai="0750001U")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"<html><body>Non</body></html>", "page.xml", id="another XML"),
        pytest.param(GOOD[:-200], "eleves.xml", id="truncated"),
        pytest.param(BOMB, "eleves.zip", id="bomb"),
        pytest.param(zipped({"a.xml": GOOD, "b.xml": GOOD}), "eleves.zip", id="two files in the zip"),
        pytest.param(siecle_xml([pupil("A", "B")], uai="0290001U"), "eleves.xml", id="another school"),
        pytest.param(siecle_xml([pupil("A", "B")], uai=None), "eleves.xml", id="no school"),
        pytest.param(GOOD.replace(b"ISO-8859-15", b"UTF-8"), "eleves.xml", id="wrongly encoded"),
        pytest.param(DTD, "eleves.xml", id="DTD"),
        pytest.param(b"x" * (20 * 1024 * 1024 + 1), "eleves.xml", id="over 20 MB"),
        pytest.param(b"Nom;Prenom\nRoux;Leo\n", "eleves.csv", id="CSV"),
        pytest.param(b"", "eleves.xml", id="empty"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(client, cast, log_in, upload, content, name):
    log_in("solene")

    response = upload(content, name=name)

    assert response.status_code == 422
    assert len(words(client.page.select_one("#file-error"))) > 30
    assert count(RosterImport) == 0 and len(students(cast)) == 2


def test_no_file_at_all_is_asked_for(client, log_in):
    log_in("solene")
    client.get("/eleves/import")

    assert client.submit("/eleves/import").status_code == 422
    assert "Choisissez le fichier" in words(client.page.select_one("#file-error"))


def test_a_huge_request_is_refused_before_it_is_read(client, log_in, upload):
    log_in("solene")

    response = upload(b"x" * (25 * 1024 * 1024))

    assert response.status_code == 413 and "20 Mo" in words(client.page.main)
