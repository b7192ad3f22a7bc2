"""Every page of the portal, from the map of its addresses, with something to show on each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Flask, url_for
from werkzeug.routing import Rule

from portal.domain.permissions import PERMISSIONS, Role
from tests.journeys.people import World

Values = Mapping[str, object]

# Answers that are no page: files, the answer of the supervision, and the way back to a try.
NO_PAGES = {
    "catalogue.file",
    "catalogue.picture",
    "home.health",
    "home.reports_csv",
    "player.file",
    "player.picture",
    "player.resume",
    "results.activity_csv",
    "results.index_csv",
    "tutorials.file",
    "tutorials.picture",
}

# The values of each address that has some. A new one must be given its own here: the test of all pages asks.
VALUES: dict[str, Callable[[World], list[Values]]] = {
    "auth.accept_invitation": lambda world: [{"token": world.invitation_token}, {"token": "faux"}],
    "auth.new_password": lambda world: [{"token": world.password_token}],
    "campaigns.edit": lambda world: [{"code": world.campaign.code}],
    "campaigns.show": lambda world: [{"code": world.campaign.code}, {"code": world.archived.code}],
    "catalogue.pathway": lambda world: [{"pathway_id": "6e-1"}, {"pathway_id": "c-1-1"}],
    "catalogue.question": lambda world: [{"key": "mots-de-passe-1a"}, {"key": "adresse-d-un-site-1a"}],
    "members.invitation": lambda world: [{"public_id": one} for one in world.invitations],
    "members.show": lambda world: [{"public_id": world.member.public_id}],
    "player.checkpoint": lambda world: [{"public_id": world.playing, "number": 1}],
    "player.end": lambda world: [{"public_id": world.to_send}, {"public_id": world.cut_short}],
    "player.identify": lambda world: [{"code": world.campaign.code}],
    "player.landing": lambda world: [{"code": world.campaign.code}, {"code": world.archived.code}],
    "player.question": lambda world: [{"public_id": world.playing}],
    "results.activity": lambda world: [
        {"code": world.campaign.code},
        {"code": world.campaign.code, "nom": "zz"},
    ],
    "results.index": lambda world: [{"code": world.campaign.code}, {"code": world.explicit.code}],
    "results.participant": lambda world: [
        {"code": world.campaign.code, "public_id": world.finished},
        {"code": world.campaign.code, "public_id": world.playing},
        {"code": world.explicit.code, "public_id": world.to_send},
    ],
    "students.edit": lambda world: [{"public_id": world.player.public_id}],
    "students.show": lambda world: [
        {"public_id": world.player.public_id},
        {"public_id": world.unlinked.public_id},
    ],
    "students.show_import": lambda world: [{"public_id": one} for one in world.imports],
    "tutorials.show": lambda world: [
        {"tube": "mots-de-passe"},
        {"tube": "adresse-d-un-site", "essai": "niveau-5"},
    ],
}
# More of the same address, for what its query string changes.
QUERIES: dict[str, list[Values]] = {
    "campaigns.create": [{}, {"parcours": "6e-1"}],
    "campaigns.index": [{}, {"recherche": "zz"}],
    "home.reported": [{}, {"vue": "traitees"}],
    "catalogue.index": [{}, {"theme": "cyberharcelement"}, {"recherche": "zz"}],
    "students.index": [{}, {"classe": "5eB", "anciens": "oui"}, {"nom": "zz"}],
}


@dataclass(frozen=True)
class Place:
    """An address, and a role that may open it."""

    role: Role
    endpoint: str
    path: str
    roles: tuple[Role, ...]


def places(app: Flask, world: World) -> Iterator[Place]:
    """Give every page that each role may open.

    Raises: AssertionError for an address whose values nobody gave.
    """
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
                for values in _values_of(rule, world):
                    path = url_for(rule.endpoint, **values)
                    roles = roles_of(app, rule.endpoint)
                    for role in roles:
                        yield Place(role, rule.endpoint, path, roles)


def roles_of(app: Flask, endpoint: str) -> tuple[Role, ...]:
    """Give the roles that may open an address."""
    action = getattr(app.view_functions[endpoint], "required_action")  # noqa: B009 - set by @open_to
    return tuple(sorted(PERMISSIONS[action]))


def _values_of(rule: Rule, world: World) -> list[Values]:
    if not rule.arguments:
        return QUERIES.get(rule.endpoint, [{}])
    assert rule.endpoint in VALUES, f"tests/journeys/places.py gives no value to {rule.rule}"
    return VALUES[rule.endpoint](world)
