"""A school keeps an administrator, whatever happens; who leaves is out at once."""

from uuid import UUID, uuid4

import pytest

from portal.domain.errors import NotFound
from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import AuditEvent, SignIn
from portal.services import accounts, members
from tests import factories
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast


def doer(member) -> members.Doer:
    return members.Doer(member.school_id, member.id, NOON)


def test_the_last_administrator_neither_leaves_nor_is_removed_nor_demoted(cast: Cast) -> None:
    with pytest.raises(members.LastAdministrator):
        members.leave(doer(cast.solene))
    with pytest.raises(members.LastAdministrator):
        members.remove(cast.solene.public_id, doer(cast.solene))
    with pytest.raises(members.LastAdministrator):
        members.change_role(cast.solene.public_id, Role.MEMBER, doer(cast.solene))

    assert (cast.solene.role, cast.solene.left_at) == (Role.ADMIN, None)


def test_an_administrator_who_left_does_not_count(cast: Cast) -> None:
    other = factories.make_member(cast.school, first_name="Ali", role=Role.ADMIN)
    members.leave(doer(other))

    with pytest.raises(members.LastAdministrator):
        members.leave(doer(cast.solene))


def test_an_administrator_of_another_school_does_not_count(cast: Cast) -> None:
    assert cast.dora.role == Role.ADMIN

    with pytest.raises(members.LastAdministrator):
        members.leave(doer(cast.solene))


def test_naming_an_administrator_again_changes_nothing(cast: Cast) -> None:
    members.change_role(cast.solene.public_id, Role.ADMIN, doer(cast.solene))

    assert cast.solene.role == Role.ADMIN


def test_leaving_closes_the_sessions_in_this_school_only(cast: Cast) -> None:
    accounts.sign_in_member(cast.bruno.account.email, PASSWORD, device="", at=NOON)
    accounts.sign_in_member(cast.ines.account.email, PASSWORD, device="", at=NOON)

    members.leave(doer(cast.bruno))

    assert cast.bruno.left_at == NOON
    assert db.session.scalars(db.select(SignIn.account_id)).all() == [cast.ines.account_id]


def test_who_changed_what_is_noted(cast: Cast) -> None:
    members.change_role(cast.bruno.public_id, Role.ADMIN, doer(cast.solene))
    members.password_ticket(cast.ines.public_id, doer(cast.solene))
    members.remove(cast.bruno.public_id, doer(cast.solene))

    events = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(one.action, one.member_id) for one in events] == [
        ("member_role", cast.solene.id),
        ("member_password_link", cast.solene.id),
        ("member_left", cast.solene.id),
    ]
    assert events[0].details == {"member": str(cast.bruno.public_id), "role": "admin"}


@pytest.mark.parametrize("stranger", ["unknown", "dora", "gone"])
def test_only_present_members_of_the_school_are_changed(cast: Cast, stranger: str) -> None:
    members.leave(doer(cast.ines))
    public_id: UUID = {"dora": cast.dora.public_id, "gone": cast.ines.public_id}.get(stranger, uuid4())

    for change in (
        lambda: members.change_role(public_id, Role.ADMIN, doer(cast.solene)),
        lambda: members.change_function(public_id, Function.CPE, doer(cast.solene)),
        lambda: members.remove(public_id, doer(cast.solene)),
        lambda: members.password_ticket(public_id, doer(cast.solene)),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_link_for_a_password_dies_when_its_owner_leaves(cast: Cast) -> None:
    _, ticket = members.password_ticket(cast.bruno.public_id, doer(cast.solene))
    members.leave(doer(cast.bruno))

    with pytest.raises(members.LinkGone):
        members.choose_password(ticket, "cinq autres mots bien choisis", device="", at=NOON)
