"""Some parcours are sent before others."""

import pytest

from portal.domain.order import PathwayLocked, check_order, missing
from portal.domain.pathway import Category, Pathway


def pathway(*, is_locked):
    return Pathway("p", "P", Category.AI, "", (), (), (), (), ("un", "deux"), is_locked)


def test_what_is_left_is_named_in_order():
    assert missing(pathway(is_locked=True), {"autre"}) == ("un", "deux")
    assert missing(pathway(is_locked=True), {"un"}) == ("deux",)


def test_a_locked_parcours_opens_once_all_are_sent():
    with pytest.raises(PathwayLocked):
        check_order(pathway(is_locked=True), {"un"})
    check_order(pathway(is_locked=True), {"un", "deux"})


def test_what_is_advised_never_refuses():
    check_order(pathway(is_locked=False), set())
