"""A pupil proves who he or she is, and receives credentials."""

from datetime import date

import pytest

from portal.domain.errors import NotFound
from portal.extensions import db
from portal.persistence.models import AuditEvent, Learner, SignIn
from portal.persistence.transaction import write_tx
from portal.services import accounts, identities
from tests.factories import PASSPHRASE, SEPTEMBER, make_student

BORN = date(2014, 5, 4)


@pytest.fixture
def zoe(cast):
    """A pupil without account."""
    return make_student(
        cast.school, first_name="Zoé", last_name="Le Goff", class_group=cast.class_5eb, is_linked=False
    )


def test_a_pupil_is_found_by_names_and_birth_date(cast, zoe):
    assert identities.identify(cast.school.id, "zoe", "LEGOFF", BORN) == zoe


def test_a_small_mistake_is_forgiven(cast, zoe):
    assert identities.identify(cast.school.id, "Zoée", "Le Gof", BORN) == zoe


@pytest.mark.parametrize(
    ("first_name", "last_name", "born"),
    [("Zoé", "Le Goff", date(2014, 5, 5)), ("Chloé", "Le Goff", BORN), ("Zoé", "Martin", BORN)],
)
def test_a_wrong_name_or_birth_date_finds_nobody(cast, zoe, first_name, last_name, born):
    with pytest.raises(identities.NobodyFound, match="Personne"):
        identities.identify(cast.school.id, first_name, last_name, born)


def test_a_pupil_of_another_school_is_nobody_here(cast, zoe):
    with pytest.raises(identities.NobodyFound):
        identities.identify(cast.other_school.id, "Zoé", "Le Goff", BORN)


def test_a_pupil_who_left_is_nobody(cast):
    make_student(cast.school, first_name="Théo", is_linked=False, is_disabled=True)

    with pytest.raises(identities.NobodyFound):
        identities.identify(cast.school.id, "Théo", "Durand", BORN)


def test_two_pupils_who_answer_equally_well_are_not_guessed(cast, zoe):
    make_student(cast.school, first_name="Zoé", last_name="Le Goff", is_linked=False)

    with pytest.raises(identities.NobodyFound, match="Plusieurs"):
        identities.identify(cast.school.id, "Zoé", "Le Goff", BORN)


def test_an_account_is_recalled_without_showing_its_name(cast):
    with pytest.raises(identities.HasAccount) as refusal:
        identities.identify(cast.school.id, "Lina", "Durand", BORN)

    assert cast.lina.learner.username not in str(refusal.value) and "l…a.d…d" in str(refusal.value)


def test_a_username_is_made_of_the_names_and_the_birthday(cast, zoe):
    proposal = identities.propose(zoe)

    assert proposal.username == "zoe.legoff0405" and len(proposal.passphrase.split("-")) == 4


def test_a_taken_username_gets_other_digits(cast, zoe):
    identities.link(zoe.id, "zoe.legoff0405", PASSPHRASE, at=SEPTEMBER)
    cousin = make_student(cast.other_school, first_name="Zoé", last_name="Le Goff", is_linked=False)

    assert identities.propose(cousin).username.startswith("zoe.legoff")
    assert identities.propose(cousin).username != "zoe.legoff0405"


def test_linking_gives_credentials_that_open_a_session(cast, zoe):
    identities.link(zoe.id, "zoe.legoff0405", "lune panier 42", at=SEPTEMBER)

    opened = accounts.sign_in_learner("zoe.legoff0405", "lune panier 42", device="", at=SEPTEMBER)
    assert opened.token and not opened.must_change_secret
    assert zoe.linked_at == SEPTEMBER
    event = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "link")).one()
    assert event.student_id == zoe.id


def test_a_double_click_links_once(cast, zoe):
    identities.link(zoe.id, "zoe.legoff0405", PASSPHRASE, at=SEPTEMBER)

    with pytest.raises(identities.HasAccount):
        identities.link(zoe.id, "zoe.legoff1234", PASSPHRASE, at=SEPTEMBER)
    names = db.session.scalars(db.select(Learner.username).where(Learner.username.startswith("zoe."))).all()
    assert names == ["zoe.legoff0405"]


def test_a_username_taken_meanwhile_is_told(cast, zoe):
    with pytest.raises(identities.UsernameTaken):
        identities.link(zoe.id, cast.lina.learner.username, PASSPHRASE, at=SEPTEMBER)

    db.session.refresh(zoe)
    assert zoe.learner_id is None


def test_a_pupil_who_left_meanwhile_is_not_linked(cast):
    gone = make_student(cast.school, first_name="Théo", is_linked=False, is_disabled=True)

    with pytest.raises(NotFound):
        identities.link(gone.id, "theo.durand0405", PASSPHRASE, at=SEPTEMBER)
    with pytest.raises(NotFound):
        identities.link(987_654, "theo.durand0405", PASSPHRASE, at=SEPTEMBER)


def test_a_short_secret_is_refused(cast, zoe):
    with pytest.raises(identities.WeakSecret):
        identities.link(zoe.id, "zoe.legoff0405", " court ", at=SEPTEMBER)
    with pytest.raises(identities.WeakSecret):
        identities.change_secret(cast.lina.learner_id, "court", current="", keep=0, at=SEPTEMBER)


def test_a_changed_secret_closes_the_other_sessions(cast):
    username = cast.lina.learner.username
    for _ in range(2):
        accounts.sign_in_learner(username, PASSPHRASE, device="", at=SEPTEMBER)
    with write_tx():
        cast.lina.learner.must_change_secret = True
    kept = db.session.scalars(db.select(SignIn.id).order_by(SignIn.id)).first()

    identities.change_secret(cast.lina.learner_id, "trois nouveaux mots", current="", keep=kept, at=SEPTEMBER)

    assert db.session.scalars(db.select(SignIn.id)).all() == [kept]
    assert not cast.lina.learner.must_change_secret
    assert accounts.sign_in_learner(username, "trois nouveaux mots", device="", at=SEPTEMBER).token
