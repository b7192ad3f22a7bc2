"""Who may sign in, when an account locks, which passwords are refused."""

from datetime import timedelta

import pytest

from portal.extensions import db
from portal.persistence.models import SignIn
from portal.services import accounts
from tests.conftest import NOON
from tests.factories import PASSPHRASE, PASSWORD, Cast

WRONG = "faux, toujours faux"


def sign_in(email: str, password: str = PASSWORD, at=NOON) -> accounts.OpenedSession:
    return accounts.sign_in_member(email, password, device="", at=at)


def fail(email: str, times: int, at=NOON) -> None:
    for _ in range(times):
        with pytest.raises(accounts.WrongCredentials):
            sign_in(email, WRONG, at)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "onze lettre",
        "motdepasse123",
        "azertyuiop123",
        "aaaaaaaaaaaaaa",
        "121212121212",
        "solène------1234",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(accounts.WeakPassword):
        accounts.check_password(password, context=("Solène", "Martin"))


@pytest.mark.parametrize("password", ["douze lettre", "quatre mots sans lien", "Tr0mbone-à-coulisse"])
def test_a_long_password_needs_no_recipe(password: str) -> None:
    accounts.check_password(password, context=("Solène", "Martin"))


def test_a_member_signs_in_and_the_visit_is_noted(cast: Cast) -> None:
    opened = sign_in(cast.bruno.account.email)

    assert len(opened.token) >= 43, "256 bits"
    assert cast.bruno.last_seen_at == NOON


def test_an_unknown_address_is_refused_like_a_wrong_password(cast: Cast) -> None:
    with pytest.raises(accounts.WrongCredentials):
        sign_in("personne@ecole.example")


def test_the_lock_doubles_every_ten_failures(cast: Cast) -> None:
    email = cast.bruno.account.email
    fail(email, 10)
    with pytest.raises(accounts.AccountLocked) as first:
        sign_in(email)
    later = NOON + timedelta(minutes=3)
    fail(email, 10, later)
    with pytest.raises(accounts.AccountLocked) as second:
        sign_in(email, at=later)

    assert first.value.until == NOON + timedelta(minutes=2)
    assert second.value.until == later + timedelta(minutes=4)


def test_a_locked_account_counts_no_further_failure(cast: Cast) -> None:
    fail(cast.bruno.account.email, 10)
    with pytest.raises(accounts.AccountLocked):
        sign_in(cast.bruno.account.email, WRONG)

    assert cast.bruno.account.failures == 10


def test_thirty_failures_block_even_the_right_password(cast: Cast) -> None:
    email, at = cast.bruno.account.email, NOON
    for _ in range(3):
        fail(email, 10, at)
        at += timedelta(hours=1)

    with pytest.raises(accounts.AccountBlocked):
        sign_in(email, at=at + timedelta(days=365))


def test_a_pupil_locks_and_blocks_alike(cast: Cast) -> None:
    username, at = cast.lina.learner.username, NOON
    for _ in range(3):
        for _ in range(10):
            with pytest.raises(accounts.WrongCredentials):
                accounts.sign_in_learner(username, WRONG, device="", at=at)
        at += timedelta(hours=1)

    with pytest.raises(accounts.AccountBlocked):
        accounts.sign_in_learner(username, PASSPHRASE, device="", at=at)


def test_a_pupil_s_failures_do_not_touch_the_others(cast: Cast) -> None:
    fail(cast.bruno.account.email, 10)

    assert accounts.sign_in_learner(cast.lina.learner.username, PASSPHRASE, device="", at=NOON).token
    assert sign_in(cast.ines.account.email).token


def test_the_database_holds_the_hash_of_a_token_only(cast: Cast) -> None:
    token = sign_in(cast.bruno.account.email).token

    assert [row.token_hash for row in db.session.scalars(db.select(SignIn))] == [accounts.token_hash(token)]


def test_changing_the_password_keeps_one_session(cast: Cast) -> None:
    sign_in(cast.bruno.account.email)
    sign_in(cast.bruno.account.email)
    sign_in(cast.ines.account.email)
    kept = db.session.scalars(
        db.select(SignIn.id).where(SignIn.account_id == cast.bruno.account_id).order_by(SignIn.id)
    ).first()
    assert kept is not None

    accounts.change_password(
        cast.bruno.account_id, PASSWORD, "cinq autres mots bien choisis", keep=kept, at=NOON
    )

    left = db.session.scalars(db.select(SignIn.account_id).order_by(SignIn.id)).all()
    assert left == [cast.bruno.account_id, cast.ines.account_id]
    with pytest.raises(accounts.WrongCredentials):
        sign_in(cast.bruno.account.email)
    assert sign_in(cast.bruno.account.email, "cinq autres mots bien choisis").token
