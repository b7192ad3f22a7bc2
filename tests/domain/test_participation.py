"""The states of a try."""

import pytest

from portal.domain import participation as rules
from portal.domain.campaign import Sending
from portal.domain.participation import Status


def test_automatic_sending_shares_at_completion():
    assert rules.status_at_completion(Sending.AUTOMATIC) is Status.SHARED
    assert rules.status_at_completion(Sending.EXPLICIT) is Status.COMPLETED


def test_only_what_is_finished_is_sent_and_once():
    rules.check_can_share(Status.COMPLETED)
    with pytest.raises(rules.NotFinished):
        rules.check_can_share(Status.STARTED)
    with pytest.raises(rules.AlreadyShared):
        rules.check_can_share(Status.SHARED)


def test_progress_never_goes_back_nor_reaches_the_end_before_the_end():
    assert rules.progress(5, 5.0, before=0.0) == 0.5
    assert rules.progress(5, 50.0, before=0.4) == 0.4
    assert rules.progress(99, 0.0, before=0.0) < 1


def test_a_checkpoint_opens_every_five_answers():
    assert [answered for answered in range(12) if rules.checkpoint_after(answered)] == [5, 10]
    assert rules.checkpoint_after(10) == 2
