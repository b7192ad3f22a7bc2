"""Lina, before a question of our choice."""

import pytest

from tests import factories
from tests.exercises import ask
from tests.players import play


@pytest.fixture
def public_id(cast, client, log_in):
    """Lina before her first question, signed in."""
    found = play(cast.lina, factories.make_campaign(cast.solene), questions=0)
    log_in("lina")
    return found


@pytest.fixture
def meet(client, public_id):
    """Put a question before Lina; give its row."""

    def meet(challenge):
        row = ask(public_id, challenge)
        client.get(f"/participations/{public_id}/question")
        return row

    return meet
