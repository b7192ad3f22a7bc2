"""Each route × each role × another school's objects."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal import clock
from portal.domain.permissions import PERMISSIONS, Role
from portal.extensions import db
from portal.persistence.models import Invitation, RosterImport
from portal.persistence.transaction import write_tx
from portal.services import accounts
from tests import factories
from tests.client import CheckingClient
from tests.factories import Cast
from tests.players import play

PEOPLE = {Role.ANONYMOUS: None, Role.PUPIL: "lina", Role.MEMBER: "bruno", Role.ADMIN: "solene"}
# Codes and signed links are given to anybody: what they open belongs to the campaign's own school.
OPEN_BY_CODE = ("player.landing", "player.identify", "player.propose_credentials", "player.link")


@pytest.fixture
def objects(cast: Cast) -> Callable[[Rule], dict[str, object]]:
    """Give the arguments of any route, each naming a real object of Solène's school."""
    campaign = factories.make_campaign(cast.solene)
    participation = play(cast.lina, campaign, "right", at=clock.now())
    now = clock.now()
    invitation = Invitation(
        school_id=cast.school.id,
        invited_by_id=cast.solene.id,
        email="nouvelle@ecole.example",
        role="member",
        function="teacher",
        nonce="n" * 16,
        expires_at=now.replace(year=now.year + 1),
    )
    roster = RosterImport(
        school_id=cast.school.id, member_id=cast.solene.id, file_name="eleves.xml", is_ready=True, created_at=now
    )
    with write_tx() as session:
        session.add_all([invitation, roster])
    token = accounts.sign_in_member(
        cast.solene.account.email, factories.PASSWORD, device="autre", at=now
    ).token
    sign_in = db.session.scalar(
        db.select(accounts.SignIn).where(accounts.SignIn.token_hash == accounts.token_hash(token))
    )
    assert sign_in is not None

    def public_id(endpoint: str) -> uuid.UUID:
        if endpoint.startswith(("player.", "results.")):
            return participation
        if "import" in endpoint or endpoint.startswith("students.publish") or endpoint == "students.cancel":
            return roster.public_id
        if "invitation" in endpoint:
            return invitation.public_id
        if endpoint.startswith("members."):
            return cast.bruno.public_id
        if endpoint.startswith("auth."):
            return sign_in.public_id
        return cast.lina.public_id

    def arguments(rule: Rule) -> dict[str, object]:
        known: dict[str, object] = {
            "code": campaign.code,
            "public_id": public_id(rule.endpoint),
            "number": 1,
            "tube": "mots-de-passe",
            "token": "inconnu",
        }
        assert set(rule.arguments) <= set(known), f"{rule.rule}: give this test an object for its arguments"
        return {name: known[name] for name in rule.arguments}

    return arguments


def _rules(app: Flask) -> list[tuple[Rule, str]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [(rule, method) for rule in rules for method in sorted((rule.methods or set()) & {"GET", "POST"})]


def _status(client: CheckingClient, rule: Rule, method: str, arguments: dict[str, object]) -> int:
    url = client.application.url_map.bind("localhost").build(rule.endpoint, arguments, method=method)
    if method == "GET":
        return client.get(url).status_code
    client.get("/healthz")
    with client.session_transaction() as session:
        session["csrf_token"] = "0" * 40
    return client.post(url, data={}, headers={"X-CSRFToken": _signed_token(client)}).status_code


def _signed_token(client: CheckingClient) -> str:
    from itsdangerous import URLSafeTimedSerializer

    key = client.application.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps("0" * 40)


@pytest.mark.parametrize("role", list(PEOPLE))
def test_a_role_without_the_right_is_refused_everywhere(app, client, cast, log_in, objects, role):
    required = {endpoint: view.required_action for endpoint, view in app.view_functions.items()}
    refused = 0
    for rule, method in _rules(app):
        if role in PERMISSIONS[required[rule.endpoint]] or rule.endpoint == "player.answer":
            continue
        if PEOPLE[role] and not _is_signed_in(client):
            log_in(PEOPLE[role])
        status = _status(client, rule, method, objects(rule))
        assert status == (303 if role is Role.ANONYMOUS else 403), f"{role} {method} {rule.rule}: {status}"
        refused += 1
    assert refused > 5


def _is_signed_in(client: CheckingClient) -> bool:
    with client.session_transaction() as session:
        return "_user_id" in session


@pytest.mark.parametrize("role", [Role.PUPIL, Role.MEMBER, Role.ADMIN])
def test_a_role_with_the_right_is_not_refused(app, client, cast, log_in, objects, role):
    required = {endpoint: view.required_action for endpoint, view in app.view_functions.items()}
    for rule, method in _rules(app):
        if role not in PERMISSIONS[required[rule.endpoint]] or method == "POST":
            continue
        if not _is_signed_in(client):
            log_in(PEOPLE[role])
        arguments = objects(rule)
        status = _status(client, rule, method, arguments)
        is_closed = rule.endpoint in {"auth.set_up", "auth.accept_invitation", "auth.new_password"}
        assert is_closed or status in {200, 303}, f"{role} {method} {rule.rule}: {status}"


def test_another_school_s_administrator_and_pupil_see_nothing(app, client, cast, log_in, objects):
    for person, role in (("dora", Role.ADMIN), ("malik", Role.PUPIL)):
        log_in(person)
        for rule, method in _rules(app):
            action = app.view_functions[rule.endpoint].required_action
            is_open = role not in PERMISSIONS[action] or PERMISSIONS[action] == frozenset(Role)
            if not rule.arguments or is_open or rule.endpoint in OPEN_BY_CODE:
                continue
            expected = {403} if rule.endpoint == "player.start" else {404}
            # The field that signs the question comes first: without it, the answer is not ours.
            expected |= {422} if rule.endpoint == "player.answer" else set()
            status = _status(client, rule, method, objects(rule))
            assert status in expected, f"{person} {method} {rule.rule}: {status}"
        client.get("/")
        client.submit("/deconnexion")
