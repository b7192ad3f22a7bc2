"""Each route × each role × another school's objects."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

from portal import clock
from portal.domain.permissions import PERMISSIONS, Action, Role
from portal.extensions import db
from portal.persistence.models import Invitation, RosterImport, SignIn
from portal.persistence.transaction import write_tx
from tests import exercises, factories, players
from tests.client import CheckingClient
from tests.factories import Cast

PEOPLE = {Role.PUPIL: "lina", Role.MEMBER: "bruno", Role.ADMIN: "solene"}
# A code is given to anybody: what it opens says nothing of the school's pupils.
OPEN_BY_CODE = {"player.landing", "player.identify", "player.propose_credentials", "player.link"}
# Closed for good reasons of their own: the school exists, the signed link is not one of ours, no file is made.
CLOSED = {
    "catalogue.picture",
    "auth.accept_invitation",
    "auth.new_password",
    "auth.set_up",
    "catalogue.file",
    "tutorials.file",
    "tutorials.picture",
}
# The same bank for every school.
OF_THE_BANK = {
    "catalogue.picture",
    "catalogue.file",
    "catalogue.pathway",
    "catalogue.question",
    "tutorials.mark",
    "tutorials.practise",
}
# They say first that their signed field is missing.
SIGNED = ("player.answer", "player.gesture", "player.begin", "player.leave", "player.report")
CSRF = "0" * 40


@pytest.fixture
def ids(cast: Cast) -> dict[str, object]:
    """Name a real object of Solène's school for each kind of argument."""
    campaign = factories.make_campaign(cast.solene)
    now = clock.now()
    participation = players.play(cast.lina, campaign, at=now, questions=0)
    exercises.ask(participation, exercises.DRAWN)
    participation = players.play(cast.lina, campaign, at=now)
    school_id, member_id = cast.school.id, cast.solene.id
    invitation = Invitation(
        public_id=uuid.uuid4(), school_id=school_id, invited_by_id=member_id, email="nouvelle@ecole.example"
    )
    invitation.role, invitation.function, invitation.nonce = "member", "teacher", "n" * 16
    invitation.expires_at = now + timedelta(days=7)
    roster = RosterImport(
        public_id=uuid.uuid4(), school_id=school_id, member_id=member_id, file_name="e.xml", is_ready=True
    )
    roster.created_at = now
    with write_tx() as session:
        session.add_all([invitation, roster])
    return {
        "code": campaign.code,
        "participation": participation,
        "invitation": invitation.public_id,
        "import": roster.public_id,
        "member": cast.bruno.public_id,
        "student": cast.lina.public_id,
    }


def arguments_of(rule: Rule, ids: dict[str, object]) -> dict[str, object]:
    """Fill the arguments of a route; a new kind of argument has to be added here."""
    known = {"code": ids["code"], "number": 1, "tube": "mots-de-passe", "token": "inconnu"}
    known |= {"pathway_id": "6e-1", "key": "mots-de-passe-1a"}
    known["public_id"] = _public_id(rule, ids)
    assert set(rule.arguments) <= set(known), f"{rule.rule}: give this test an object for its arguments"
    return {name: known[name] for name in rule.arguments}


def _public_id(rule: Rule, ids: dict[str, object]) -> object:
    if "/import/" in rule.rule:
        return ids["import"]
    if "/invitations/" in rule.rule:
        return ids["invitation"]
    if "/sessions/" in rule.rule:
        # A session of one's own; the other school's administrator is given Solène's.
        return db.session.scalar(db.select(SignIn.public_id).order_by(SignIn.id)) or uuid.uuid4()
    kind = {"members": "member", "students": "student"}.get(rule.endpoint.partition(".")[0], "participation")
    return ids[kind]


def routes(app: Flask) -> Iterator[tuple[Rule, str, Action]]:
    """Give each route with each of its methods and the right it asks for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, app.view_functions[rule.endpoint].required_action


def status_of(client: CheckingClient, rule: Rule, method: str, arguments: dict[str, object]) -> int:
    """Ask for a route, with a good token against forged requests."""
    url = client.application.url_map.bind("localhost").build(rule.endpoint, arguments, method=method)
    if method == "GET":
        return client.get(url).status_code
    with client.session_transaction() as session:
        session["csrf_token"] = CSRF
    key = client.application.config["SECRET_KEY"]
    token = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(CSRF)
    return client.post(url, data={}, headers={"X-CSRFToken": token}).status_code


def test_a_visitor_is_asked_to_sign_in_everywhere_else(app, client, ids):
    refused = 0
    for rule, method, action in routes(app):
        if Role.ANONYMOUS in PERMISSIONS[action]:
            continue
        status = status_of(client, rule, method, arguments_of(rule, ids))
        # The answer to a question says first that its signed field is missing.
        assert status == (422 if rule.endpoint == "player.answer" else 303), f"{method} {rule.rule}: {status}"
        refused += 1
    assert refused > 30


@pytest.mark.parametrize("role", list(PEOPLE))
def test_a_role_without_the_right_is_refused_everywhere(app, client, log_in, ids, role):
    log_in(PEOPLE[role])
    refused = 0
    for rule, method, action in routes(app):
        if role not in PERMISSIONS[action]:
            status = status_of(client, rule, method, arguments_of(rule, ids))
            # As for a visitor: an answer is kept for its pupil, whoever signed in meanwhile.
            expected = 422 if rule.endpoint == "player.answer" else 403
            assert status == expected, f"{method} {rule.rule}: {status}"
            refused += 1
    assert refused > 5


@pytest.mark.parametrize("role", list(PEOPLE))
def test_a_role_with_the_right_sees_every_page(app, client, log_in, ids, role):
    log_in(PEOPLE[role])
    seen = 0
    for rule, method, action in routes(app):
        if method == "GET" and role in PERMISSIONS[action] and rule.endpoint not in CLOSED:
            status = status_of(client, rule, method, arguments_of(rule, ids))
            is_colleague_s = rule.endpoint == "campaigns.edit" and role is Role.MEMBER
            assert status in ({403} if is_colleague_s else {200, 303}), f"{method} {rule.rule}: {status}"
            seen += 1
    assert seen > 8


@pytest.mark.parametrize(("person", "role"), [("dora", Role.ADMIN), ("malik", Role.PUPIL)])
def test_another_school_s_people_find_nothing(app, client, cast, log_in, ids, person, role):
    log_in("solene")
    client.submit("/deconnexion")
    log_in(person)
    tried = 0
    for rule, method, action in routes(app):
        is_open = PERMISSIONS[action] == frozenset(Role) or rule.endpoint in OPEN_BY_CODE | OF_THE_BANK
        if not rule.arguments or is_open or role not in PERMISSIONS[action] or "/sessions/" in rule.rule:
            continue
        status = status_of(client, rule, method, arguments_of(rule, ids))
        expected = {"player.start": 403, **dict.fromkeys(SIGNED, 422)}.get(rule.endpoint, 404)
        assert status == expected, f"{method} {rule.rule}: {status}"
        tried += 1
    assert tried > (20 if role is Role.ADMIN else 4)
