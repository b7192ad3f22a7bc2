"""Signed fields: whatever their length they are read back, and a long one is light."""

import pytest

from portal import signing
from portal.signing import StaleForm


@pytest.mark.parametrize("steps", [1, 300])
def test_what_is_signed_is_read_back_for_its_purpose_alone(app, steps):
    payload = [7, "é", {"steps": ["ouvrir"] * steps}]
    with app.test_request_context():
        token = signing.sign("essai", payload)

        assert signing.read("essai", token) == payload
        with pytest.raises(StaleForm):
            signing.read("autre", token)


def test_a_long_field_weighs_less_than_what_it_says(app):
    with app.test_request_context():
        token = signing.sign("essai", [["ouvrir", "copier", "coller"] * 100])

    assert len(token) < 300
