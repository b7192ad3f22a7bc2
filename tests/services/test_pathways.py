"""Every parcours of the bank is played to its end, whatever its questions are."""

from sqlalchemy import select

from portal.bank_store import current_bank
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import Participation
from portal.services import replays
from tests.answering import RIGHT, SKIP, WRONG
from tests.factories import Cast, make_campaign
from tests.players import play


def _as_a_class_does(skill: str, level: int, position: int) -> str:
    return (RIGHT, WRONG, RIGHT, SKIP)[position % 4]


def test_every_parcours_of_the_bank_is_played_to_its_end(cast: Cast) -> None:
    for pathway in current_bank().pathways:
        public_id = play(cast.lina, make_campaign(cast.solene, pathway=pathway), _as_a_class_does)

        done = db.session.scalars(select(Participation).where(Participation.public_id == public_id)).one()
        assert (done.status, done.progress) == (Status.SHARED, 1.0), pathway
        assert replays.replay(done.id) == [], pathway
