"""Reading a list of addresses, and the life of an invitation."""

from datetime import timedelta

import pytest

from portal.domain.errors import NotFound
from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import Account, Invitation, Member
from portal.services import accounts, invitations
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast

PERSON = invitations.NewPerson("Aline", "Blanc", "cinq autres mots bien choisis")


def invite(cast: Cast, addresses: str = "aline@ecole.example") -> invitations.Ticket:
    draft = invitations.Draft(addresses, Function.TEACHER, Role.MEMBER)
    public_id = invitations.invite(draft, school_id=cast.school.id, by_id=cast.solene.id, at=NOON)[0]
    nonce = db.session.scalars(db.select(Invitation.nonce).where(Invitation.public_id == public_id)).one()
    return invitations.Ticket(public_id, nonce)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a@ecole.fr", {"a@ecole.fr": 1}),
        ("A@Ecole.FR\n\n a@ecole.fr ", {"a@ecole.fr": 1}),
        ("a@ecole.fr;b@ecole.fr,\tc@ecole.fr;", {"a@ecole.fr": 1, "b@ecole.fr": 1, "c@ecole.fr": 1}),
        ("x\ufeff@ecole.fr".replace("\ufeff", "") + "\r\nb@ecole.fr", {"x@ecole.fr": 1, "b@ecole.fr": 2}),
        ("Zoé Blanc <zoe@ecole.fr>; <max@ecole.fr>", {"zoe@ecole.fr": 1, "max@ecole.fr": 1}),
    ],
)
def test_addresses_are_read_as_people_write_them(typed: str, found: dict[str, int]) -> None:
    assert invitations.read_addresses(typed) == found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Saisissez au moins une adresse."),
        ("a@ecole.fr\nb@", "Ligne 2\u00a0: «\u00a0b@\u00a0» n’est pas une adresse complète."),
        ("a b@ecole.fr", "Ligne 1"),
        ("\n".join(f"a{number}@ecole.fr" for number in range(101)), "100 personnes au plus"),
    ],
)
def test_a_bad_list_is_refused_whole(typed: str, sentence: str) -> None:
    with pytest.raises(invitations.InvalidAddresses, match=sentence):
        invitations.read_addresses(typed)


def test_a_member_among_the_addresses_stops_the_whole_list(cast: Cast) -> None:
    with pytest.raises(invitations.InvalidAddresses, match="fait déjà partie"):
        invite(cast, f"aline@ecole.example\n{cast.ines.account.email}")

    assert db.session.scalars(db.select(Invitation)).all() == []


def test_two_schools_invite_the_same_person_apart(cast: Cast) -> None:
    ticket = invite(cast)
    draft = invitations.Draft("aline@ecole.example", Function.CPE, Role.MEMBER)
    invitations.invite(draft, school_id=cast.other_school.id, by_id=cast.dora.id, at=NOON)

    assert invitations.find(ticket, at=NOON).school_id == cast.school.id


def test_an_invitation_lasts_fourteen_days(cast: Cast) -> None:
    ticket = invite(cast)

    assert invitations.find(ticket, at=NOON + timedelta(days=14, seconds=-1))
    with pytest.raises(invitations.InvitationGone):
        invitations.find(ticket, at=NOON + timedelta(days=14))


def test_renewing_gives_fourteen_more_days_to_a_new_link(cast: Cast) -> None:
    ticket = invite(cast)
    later = NOON + timedelta(days=20)

    assert invitations.renew(cast.school.id, ticket.public_id, at=later) == "aline@ecole.example"

    with pytest.raises(invitations.InvitationGone):
        invitations.find(ticket, at=later)
    with pytest.raises(NotFound):
        invitations.renew(cast.other_school.id, ticket.public_id, at=later)


def test_accepting_deletes_the_invitation_in_the_same_transaction(cast: Cast) -> None:
    ticket = invite(cast)

    invitations.accept_as_new(ticket, PERSON, device="", at=NOON)

    assert db.session.scalars(db.select(Invitation)).all() == []
    with pytest.raises(invitations.InvitationGone):
        invitations.accept_as_new(ticket, PERSON, device="", at=NOON)


def test_a_refused_password_leaves_everything_as_it_was(cast: Cast) -> None:
    ticket = invite(cast)

    with pytest.raises(accounts.WeakPassword):
        invitations.accept_as_new(
            ticket, invitations.NewPerson("Aline", "Blanc", "aline---------"), device="", at=NOON
        )

    assert invitations.find(ticket, at=NOON)
    assert db.session.scalar(db.select(Account).where(Account.email == "aline@ecole.example")) is None


def test_wrong_passwords_on_an_invitation_count_like_any_other(cast: Cast) -> None:
    ticket = invite(cast, cast.dora.account.email)
    for _ in range(10):
        with pytest.raises(accounts.WrongCredentials):
            invitations.accept_with_account(ticket, "faux, toujours faux", device="", at=NOON)

    with pytest.raises(accounts.AccountLocked):
        invitations.accept_with_account(ticket, PASSWORD, device="", at=NOON)


def test_an_account_made_meanwhile_is_not_taken_over(cast: Cast) -> None:
    ticket = invite(cast, cast.dora.account.email)

    with pytest.raises(invitations.InvitationGone):
        invitations.accept_as_new(ticket, PERSON, device="", at=NOON)

    assert invitations.find(ticket, at=NOON), "the transaction was undone whole"
    assert db.session.scalars(
        db.select(Member.school_id).where(Member.account_id == cast.dora.account_id)
    ).all() == [cast.other_school.id]
