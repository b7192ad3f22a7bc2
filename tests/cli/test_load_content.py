"""`contenu charger` stores what is new, and forecasts what changed."""

from portal.bank_store import current_bank
from portal.persistence.queries import forecasts


def test_the_lengths_are_made_once(app):
    runner = app.test_cli_runner()

    first = runner.invoke(args=["contenu", "charger"])
    second = runner.invoke(args=["contenu", "charger"])

    count = len(current_bank().pathways)
    assert f"{count} longueurs de parcours calculées" in first.output, first.output
    assert "0 longueurs de parcours calculées" in second.output
    assert len(forecasts.lengths(current_bank().pathways)) == count
