"""Pathways can be played to their end."""

from types import SimpleNamespace

import pytest

from portal.bank import checks
from tests.bank.small import assert_only


def test_an_unknown_grade_is_found(problems, pathway):
    pathway["grades"].append("cm2")

    assert_only(problems(), "parcours/thematique/ranger.yaml", "« cm2 »")


@pytest.mark.parametrize("thresholds", [[10, 50], [0, 50, 25], [0, 50, 50], [None, 0], []])
def test_stages_that_do_not_grow_from_zero_are_found(problems, pathway, thresholds):
    stage = pathway["stages"][0]
    pathway["stages"] = [stage | {"threshold": one} for one in thresholds] or [stage | {"threshold": None}]

    assert any("ranger.yaml" in one and "commencent à 0" in one for one in problems())


@pytest.mark.parametrize("thresholds", [[0, 50, None], [0, None, None]])
def test_the_first_acquired_skill_has_the_second_stage(problems, pathway, thresholds):
    pathway["stages"] = [pathway["stages"][0] | {"threshold": one} for one in thresholds]

    assert_only(problems(), "ranger.yaml", "vient en deuxième")


def test_a_subject_capped_below_its_first_skill_is_found(problems, tube, pathway):
    tube["skills"][0]["level"] = 2
    pathway["tubes"][0]["maximum"] = 1

    assert_only(problems(), "ranger.yaml", "aucun acquis jusqu’au niveau 1")


def test_a_pathway_that_asks_nothing_is_found(problems, monkeypatch):
    silent = SimpleNamespace(decide=lambda *_: SimpleNamespace(pick=None))
    monkeypatch.setattr("portal.bank.checks.pathways.ENGINE", silent)

    found = problems()

    # For three pupils, the parcours that is written and the one that the bank makes of the competence.
    assert len(found) == 6
    assert all("aucune question" in one for one in found)


def test_a_subject_named_twice_is_found(problems, pathway):
    pathway["tubes"].append({"tube": "dossiers", "maximum": 1})

    assert any("cité deux fois" in one for one in problems())


def test_a_pathway_without_end_is_found(problems, monkeypatch):
    first = checks.pathways.ENGINE.decide
    endless = SimpleNamespace(decide=lambda test, context, _: first(test, context, []))
    monkeypatch.setattr("portal.bank.checks.pathways.ENGINE", endless)

    found = problems()

    assert len(found) == 6
    assert all("ne finit pas" in one for one in found)
