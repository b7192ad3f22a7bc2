"""Which parcours are looked for."""

import pytest

from portal.domain.catalogue import Periods, Wanted, matches, periods_of, summarise
from portal.domain.forecast import Length, Spread
from portal.domain.pathway import Category, Pathway
from portal.domain.referential import Area, Competence, Referential, Skill, Topic, Tube

TITLES = {"1.1": "Gérer des fichiers", "4.2": "Protéger sa vie privée", "5.1": "Résoudre des problèmes"}
REFERENTIAL = Referential(
    tuple(
        Area(name[0], f"Domaine {name[0]}", (Competence(name, title, name[0]),))
        for name, title in TITLES.items()
    ),
    (Topic("fichiers", "Fichiers et dossiers"), Topic("image", "Mon image")),
)


def tube(name, competence, *topics):
    skills = tuple(Skill(f"{name}-{at}", name, name, competence, at, "", "", "") for at in (1, 3))
    return Tube(name, competence, f"Sujet {name}", "Où l’on apprend.", True, skills, topics)


TUBES = {one.id: one for one in (tube("dossiers", "1.1", "fichiers"), tube("photos", "4.2", "image"))}
SHORT, LONG = (Length(Spread(9, 9, 9), Spread(high, high, high)) for high in (40, 41))


def summary(grades=("6e", "5e")):
    held = (("photos", 1), ("dossiers", 3))
    return summarise(
        Pathway("p", "Mes premières traces", Category.THEMATIC, "Rien.", ("Trier.",), grades, held, ()),
        TUBES,
        REFERENTIAL,
    )


def test_a_parcours_is_summed_up_in_the_order_of_the_framework():
    one = summary()

    assert (one.subjects, one.skills) == (2, 3)
    assert one.competences == ("1.1", "4.2")
    assert one.areas == {"1", "4"}
    assert one.topics == {"fichiers": 1, "image": 1}


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(words=("premieres", "traces")),
        Wanted(words=("dossiers",)),
        Wanted(words=("privee",)),
        Wanted(grade="5e", area="4", competence="1.1", topic="image", periods=Periods.ONE),
    ],
)
def test_what_it_holds_finds_it(wanted):
    assert matches(summary(), wanted, SHORT)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(words=("premieres", "absent")),
        Wanted(grade="4e"),
        Wanted(area="5"),
        Wanted(competence="5.1"),
        Wanted(topic="tableur"),
        Wanted(periods=Periods.TWO),
    ],
)
def test_one_thing_that_it_does_not_hold_hides_it(wanted):
    assert not matches(summary(), wanted, SHORT)


def test_a_parcours_of_no_class_is_for_every_class():
    assert matches(summary(grades=()), Wanted(grade="cpge"), SHORT)


def test_nobody_knows_the_duration_of_what_is_not_forecast():
    assert periods_of(None) is None
    assert periods_of(SHORT) is Periods.ONE and periods_of(LONG) is Periods.TWO
    assert matches(summary(), Wanted(), None)
    assert not matches(summary(), Wanted(periods=Periods.ONE), None)
