"""Questions of our choice under the sections of a page."""

from dataclasses import replace

import pytest

from portal import signing
from portal.bank_store import current_bank
from portal.services.practice import Trial

TUBE = "adresse-d-un-site"


@pytest.fixture
def put(app, monkeypatch):
    """Put these questions, and no other, under the last section of a page."""

    def put(*challenges):
        bank = current_bank()
        skill = bank.tubes[TUBE].skills[-1]
        changed = replace(bank, challenges={**bank.challenges, skill.id: challenges})
        monkeypatch.setitem(app.extensions, "bank", changed)
        return f"/tutoriels/{TUBE}?essai={skill.tutorial}"

    return put


@pytest.fixture
def trial(client):
    """Read which question is open on the page."""

    def trial():
        token = client.page.select_one("#essai-jeton")["value"]
        return Trial(*signing.read("tutorials:trial", token)[1:])

    return trial
