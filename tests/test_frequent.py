"""Statements run at each answer: in the transaction of the session, whatever columns they are given."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import bindparam, create_engine, select, update

from portal.extensions import db
from portal.persistence.frequent import Frequent, _Compiled
from portal.persistence.models import School
from portal.persistence.transaction import write_tx

NAMES = Frequent(select(School.name, School.uai).where(School.id == bindparam("school_id")))


@pytest.fixture
def school_id(cast):
    return cast.solene.school_id


def renamed(school_id):
    return NAMES.run({"school_id": school_id}).one()


def test_a_statement_sees_what_its_own_transaction_wrote(school_id):
    change = Frequent(update(School).where(School.id == bindparam("which")))

    with write_tx():
        change.run({"which": school_id, "name": "Collège Ada"})
        assert renamed(school_id).name == "Collège Ada"

    assert renamed(school_id).name == "Collège Ada"


def test_what_is_undone_is_gone_for_the_next_statement(school_id):
    before = renamed(school_id).name
    change = Frequent(update(School).where(School.id == bindparam("which")))

    with pytest.raises(ZeroDivisionError), write_tx():
        change.run({"which": school_id, "name": "Collège Ada"})
        raise ZeroDivisionError

    assert renamed(school_id).name == before


def test_the_columns_given_make_another_form(school_id):
    change = Frequent(update(School).where(School.id == bindparam("which")))

    with write_tx():
        change.run({"which": school_id, "name": "Collège Ada"})
        change.run({"which": school_id, "uai": "0290999Z"})
        change.run({"which": school_id, "name": "Collège Grace"})

    assert tuple(renamed(school_id)) == ("Collège Grace", "0290999Z")


def test_another_database_makes_its_own_form(school_id, monkeypatch):
    renamed(school_id)
    other = create_engine("sqlite://")
    with other.connect() as connection:
        db.metadata.tables["schools"].create(connection)
        monkeypatch.setattr("portal.persistence.frequent._connection", lambda: connection)
        assert NAMES.run({"school_id": school_id}).one_or_none() is None
    monkeypatch.undo()

    assert renamed(school_id).name


def test_threads_that_make_forms_at_once_never_hinder_each_other():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def make_forms(forms, thread):
        for number in range(12):
            forms["dialect", None, (thread, number), False, False] = number

    try:
        with ThreadPoolExecutor(3) as threads:
            for _ in range(100):
                forms = _Compiled()
                list(threads.map(make_forms, [forms] * 3, range(3)))
                assert len(forms) == 36
    finally:
        sys.setswitchinterval(usual)
