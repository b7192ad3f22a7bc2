"""Imports as services: what lasts while, and what happens in between."""

import threading
from dataclasses import replace

import pytest

from portal.domain.errors import NotFound
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import AuditEvent, ClassGroup, RosterImport, RosterImportRow, Student
from portal.persistence.queries import rosters as queries
from portal.persistence.transaction import write_tx
from portal.services import roster_plans, rosters, students
from portal.services.members import Doer
from tests.factories import SEPTEMBER, make_class, make_student
from tests.tools.siecle import draw_pupils, siecle_xml


@pytest.fixture
def doer(cast):
    """Solène, in September."""
    return Doer(cast.school.id, cast.solene.id, SEPTEMBER)


def stage(pupils, doer):
    return rosters.stage(siecle_xml(pupils), "eleves.xml", doer)


def count(model, *conditions):
    return db.session.scalar(db.select(db.func.count()).select_from(model).where(*conditions))


def test_a_file_is_read_back_as_it_was_written_aside(cast, doer):
    pupils = draw_pupils(450)
    public_id = stage(pupils, doer)

    found = queries.entries(db.session.scalars(db.select(RosterImport.id)).one())

    assert len(found) == rosters.preview(public_id, doer).counts["created"] > 400
    assert {entry.groups for entry in found} > {(), ("LATIN",)}
    assert all(isinstance(entry.birth_date, type(cast.lina.birth_date)) for entry in found)


def test_a_file_is_not_shown_before_it_is_whole(cast, doer):
    public_id = stage(draw_pupils(5), doer)
    with write_tx():
        db.session.scalars(db.select(RosterImport)).one().is_ready = False

    with pytest.raises(NotFound):
        rosters.preview(public_id, doer)
    with pytest.raises(NotFound):
        rosters.publish(public_id, {}, doer)


def test_the_writes_are_short_transactions(cast, doer, monkeypatch):
    transactions = []
    monkeypatch.setattr(rosters, "write_tx", lambda: transactions.append(1) or write_tx())
    monkeypatch.setattr(roster_plans, "write_tx", lambda: transactions.append("publish") or write_tx())

    public_id = stage(draw_pupils(450), doer)
    entries = count(RosterImportRow)
    assert len(transactions) == 2 + -(-entries // rosters.ROWS_A_TRANSACTION)

    rosters.publish(public_id, {}, doer)
    assert transactions.count("publish") == 1 and count(RosterImportRow) == 0


def test_a_new_school_year_moves_everybody_and_keeps_the_accounts(cast, doer):
    with write_tx() as session:
        session.execute(db.delete(Student).where(Student.school_id == cast.school.id))
    pupils = draw_pupils(80, classes=("6eA", "5eB"))
    rosters.publish(stage(pupils, doer), {"6eA": Grade.SIXIEME}, doer)
    before = dict(db.session.execute(db.select(Student.public_id, Student.ine)).all())

    older = [
        replace(one, classes=("4eC",) if one.classes != ("Inactifs",) else one.classes) for one in pupils
    ]
    done = rosters.publish(stage(older, doer), {}, doer)

    assert done.counts["moved"] == done.counts["pupils"] and done.counts["created"] == 0
    in_4ec = db.select(Student.public_id).join(ClassGroup).where(ClassGroup.name == "4eC")
    assert set(db.session.scalars(in_4ec)) < set(before)


def test_a_class_already_confirmed_keeps_its_grade(cast, doer):
    public_id = stage(draw_pupils(20, classes=("5eB",)), doer)
    assert rosters.preview(public_id, doer).to_confirm == ()

    rosters.publish(public_id, {"5eB": Grade.TERMINALE, "inconnue": Grade.CPGE}, doer)

    assert cast.class_5eb.grade == Grade.CINQUIEME
    assert count(ClassGroup, ClassGroup.name == "inconnue") == 0


def test_what_is_added_while_publishing_is_compared_again(cast, doer, monkeypatch):
    pupils = [one for one in draw_pupils(30) if not one.left_on]
    public_id = stage(pupils, doer)
    make, calls = roster_plans.make, []

    def make_then_somebody_adds_a_class_and_a_pupil(*arguments):
        plan = make(*arguments)
        if not calls:
            make_student(cast.school, first_name="Zoé", class_group=make_class(cast.school, name="3eG"))
        calls.append(1)
        return plan

    monkeypatch.setattr(roster_plans, "make", make_then_somebody_adds_a_class_and_a_pupil)
    done = rosters.publish(public_id, {}, doer)

    assert len(calls) == 2 and done.counts["disabled"] == 3


def test_a_list_that_never_stops_changing_is_left_alone(cast, doer, monkeypatch):
    public_id = stage(draw_pupils(5), doer)
    monkeypatch.setattr(roster_plans, "apply", lambda *_: False)

    with pytest.raises(rosters.ListMoved):
        rosters.publish(public_id, {}, doer)
    assert count(Student, Student.school_id == cast.school.id) == 2


def test_an_error_in_the_middle_undoes_everything(cast, doer, monkeypatch):
    public_id = stage(draw_pupils(50), doer)

    def fail(**_):
        raise OSError("the disk is full")

    monkeypatch.setattr(roster_plans, "AuditEvent", fail)
    with pytest.raises(OSError, match="full"):
        rosters.publish(public_id, {}, doer)

    db.session.expire_all()
    assert count(Student, Student.school_id == cast.school.id) == 2
    assert cast.lina.disabled_at is None and count(ClassGroup, ClassGroup.school_id == cast.school.id) == 1
    monkeypatch.undo()
    assert rosters.publish(public_id, {}, doer).published_at == SEPTEMBER


def test_two_administrators_publish_at_the_same_time(app, cast, doer):
    public_id = stage(draw_pupils(120), doer)
    together, published = threading.Barrier(2), []

    def publish():
        with app.app_context():
            together.wait()
            published.append(rosters.publish(public_id, {}, doer).published_at)
            db.session.remove()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert published == [SEPTEMBER, SEPTEMBER]
    assert count(AuditEvent, AuditEvent.action == "roster_import") == 1
    ines = db.session.scalars(
        db.select(Student.ine).where(Student.school_id == cast.school.id, Student.ine.is_not(None))
    )
    found = ines.all()
    assert len(found) == len(set(found))


def test_an_empty_import_never_empties_the_list(cast, doer):
    empty = RosterImport(
        school_id=cast.school.id, member_id=cast.solene.id, file_name="x", is_ready=True, created_at=SEPTEMBER
    )
    with write_tx() as session:
        session.add(empty)

    with pytest.raises(rosters.ProblemsFound):
        rosters.publish(empty.public_id, {}, doer)
    assert cast.lina.disabled_at is None


def test_a_usage_name_is_searched_but_does_not_sort():
    assert students.sort_key("Le Goff", "D'Angelo", "Zoé") == "legoff zoe dangelo"
    assert students.sort_key("Œ" * 80, None, "É" * 60) == "oe" * 80


def test_an_import_cancelled_while_it_is_published_changes_nothing(cast, doer, monkeypatch):
    public_id = stage(draw_pupils(30), doer)
    make = roster_plans.make

    def make_then_somebody_cancels(*arguments):
        plan = make(*arguments)
        rosters.cancel(public_id, doer)
        return plan

    monkeypatch.setattr(roster_plans, "make", make_then_somebody_cancels)
    with pytest.raises(NotFound):
        rosters.publish(public_id, {}, doer)

    assert count(Student, Student.school_id == cast.school.id) == 2
    assert cast.lina.disabled_at is None


def test_cancelling_what_was_published_in_the_meantime_changes_nothing(cast, doer, monkeypatch):
    public_id = stage(draw_pupils(30), doer)
    staged = queries.staged

    def staged_then_somebody_publishes(*arguments):
        found = staged(*arguments)
        db.session.expunge(found)
        monkeypatch.undo()
        rosters.publish(public_id, {}, doer)
        return found

    monkeypatch.setattr(queries, "staged", staged_then_somebody_publishes)
    rosters.cancel(public_id, doer)

    assert rosters.preview(public_id, doer).staged.published_at == SEPTEMBER
