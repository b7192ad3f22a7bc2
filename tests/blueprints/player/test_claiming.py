"""What a claim lets nobody do: guess a secret, or make an account without a name."""

from portal.extensions import db
from portal.persistence.models import Learner
from tests import factories
from tests.blueprints.player.test_joining import identify, unlinked


def test_the_form_of_a_claim_is_no_way_round_the_lockout(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")
    client.submit("/identifiants")
    page = client.page
    client.submit("/rattachement", chosen="une tortue bleue")
    for guess in range(10):
        client.page = page
        client.submit("/rattachement", chosen=f"une tortue {guess}")
    client.page = page

    right = client.submit("/rattachement", chosen="une tortue bleue")

    assert right.status_code == 422
    zoe = db.session.scalars(db.select(Learner).where(Learner.username == "zoe.legoff0405")).one()
    db.session.refresh(zoe)
    assert (zoe.failures, zoe.locked_until is None) == (10, False)


def test_a_claim_without_its_username_creates_nothing(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")
    form = client.page.select_one("form[action$='/identifiants']")
    typed = {name: form.select_one(f"[name={name}]")["value"] for name in ("csrf_token", "claim")}

    response = client.post(
        f"/rejoindre/{campaign.code}/rattachement", data=typed | {"proposed": "panier violet lune 42"}
    )

    assert response.status_code == 404
    assert db.session.scalar(db.select(db.func.count(Learner.id))) == 3
