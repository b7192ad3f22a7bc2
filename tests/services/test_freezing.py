"""What a try takes once at its start, beside its test."""

import uuid

from sqlalchemy import update

from portal.bank_store import current_bank
from portal.extensions import db
from portal.persistence.models import Participation, School
from portal.persistence.queries import participations as queries
from portal.persistence.transaction import write_tx
from portal.services import freezing, participations
from tests.factories import SEPTEMBER, Cast, make_campaign
from tests.players import play


def test_a_try_counts_what_was_served_in_its_own_school(cast: Cast) -> None:
    """A demonstration school beside a real one changes nothing of what its pupils are asked."""
    with write_tx() as session:
        session.execute(update(School).where(School.id == cast.other_school.id).values(is_demonstration=True))
    play(cast.malik, make_campaign(cast.dora))
    ours, theirs = make_campaign(cast.solene), make_campaign(cast.dora, name="B")
    keys = {one.id for _, one in current_bank().every_challenge()}

    play(cast.lina, ours, questions=2)

    assert sum(queries.exposure(sorted(keys), cast.school.id).values()) == 3
    assert sum(queries.exposure(sorted(keys), cast.other_school.id).values()) > 3
    assert _exposure(participations.start(ours, cast.noe, current_bank(), at=SEPTEMBER)) == 3
    assert _exposure(participations.start(theirs, cast.malik, current_bank(), at=SEPTEMBER)) > 3


def _exposure(public_id: uuid.UUID) -> int:
    """Count what a try found served before it."""
    query = db.select(Participation.context).where(Participation.public_id == public_id)
    return sum(db.session.scalars(query).one()["exposure"].values())


def test_every_question_of_the_bank_can_be_frozen(app) -> None:
    """Those with a composed picture too: a profile, and a pupil's second try, freeze the whole bank."""
    bank = current_bank()

    frozen = freezing.everything(bank)

    assert sum(len(one.challenges) for one in frozen.skills) == len(list(bank.every_challenge()))
