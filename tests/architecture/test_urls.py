"""The whole URL map: every view declares its right, and addresses read well."""

import re

from flask import Flask

from portal.domain.permissions import Action

SHAPE = re.compile(r"^/$|^(/([a-z0-9]+(-[a-z0-9]+)*(\.csv)?|<(uuid:|int:)?[a-z_]+>))+$")


def test_every_view_declares_the_right_it_asks_for(app: Flask):
    for endpoint, view in app.view_functions.items():
        assert isinstance(getattr(view, "required_action", None), Action), f"{endpoint} is open to nobody"


def test_addresses_are_french_kebab_case_with_codes_or_uuids(app: Flask):
    for rule in app.url_map.iter_rules():
        assert SHAPE.match(rule.rule), rule.rule
        # The numbers of our addresses count the questions of a try; no row is named by its serial id.
        assert "<int:" not in rule.rule or rule.endpoint in {
            "player.checkpoint",
            "player.file",
            "player.picture",
        }, rule.rule


def test_a_change_is_never_made_by_get(app: Flask):
    for rule in app.url_map.iter_rules():
        assert rule.methods and rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule
