"""Whole classes at once, for counting queries."""

import uuid
from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import insert, select

from portal.persistence.models import Campaign, Learner, Participation, Snapshot, Student
from portal.persistence.transaction import write_tx
from tests.factories import SEPTEMBER, Cast
from tests.players import play


@pytest.fixture
def fill_class(cast: Cast) -> Callable[[Campaign, int], None]:
    """Add pupils who all sent what Lina sent: rows copied, since playing 300 tries would take minutes."""
    numbers = count(1)

    def fill(campaign: Campaign, size: int) -> None:
        public_id = play(cast.lina, campaign)
        with write_tx() as session:
            table = Participation.__table__
            played = session.execute(select(table).where(table.c.public_id == public_id)).one()._asdict()
            sent = session.execute(
                select(Snapshot.content).where(Snapshot.participation_id == played["id"])
            ).scalar_one()
            for number in (next(numbers) for _ in range(size)):
                learner = Learner(username=f"copie{number}", secret_hash="-", created_at=SEPTEMBER)
                student = Student(
                    school=cast.school,
                    class_group=cast.class_5eb,
                    learner=learner,
                    last_name=f"Copie{number}",
                    first_name="Élève",
                    sort_key=f"copie{number:04d} eleve",
                    birth_date=cast.lina.birth_date,
                    created_at=SEPTEMBER,
                )
                session.add(student)
                session.flush()
                own = {"public_id": uuid.uuid4(), "learner_id": learner.id, "student_id": student.id}
                row = {**played, **own}
                del row["id"]
                [key] = session.execute(insert(table).values(**row)).inserted_primary_key
                session.add(Snapshot(participation_id=key, content=sent, taken_at=SEPTEMBER))

    return fill
