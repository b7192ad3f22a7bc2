"""The list of the pages to learn from."""

import pytest

from portal.bank_store import current_bank
from portal.domain.tutorials import LEAST_RATINGS, Rating
from portal.services import tutorials
from tests import factories
from tests.client import words
from tests.conftest import NOON
from tests.queries import counted_queries

PAGE = "mots-de-passe"


def line(client):
    link = next(one for one in client.page.main.select("li a") if one["href"] == f"/tutoriels/{PAGE}")
    return words(link.parent).replace("\u00a0", " ")


@pytest.mark.parametrize("person", [None, "lina", "bruno"])
def test_every_page_is_listed_once_under_its_competence(client, log_in, person):
    if person:
        log_in(person)
    client.get("/tutoriels")

    links = [one["href"] for one in client.page.main.select("li a") if not one.find_parent("nav")]
    assert sorted(links) == sorted(f"/tutoriels/{tube}" for tube in current_bank().tutorials)


def test_a_pupil_sees_what_is_read_and_kept(client, cast, log_in):
    tutorials.mark_read(cast.lina.learner_id, PAGE, is_read=True, at=NOON)
    tutorials.keep(cast.lina.learner_id, PAGE, is_kept=True, at=NOON)
    log_in("lina")

    client.get("/tutoriels")

    assert "Vous en avez lu 1." in words(client.page.main)
    assert [one["href"] for one in client.page.select("#gardes ~ ul a")] == [f"/tutoriels/{PAGE}"]
    assert [words(one) for one in client.page.select("h3 ~ ul .state")] == ["Lu", "Gardé"]


def read_by(school, class_group, count, rating=None, **more):
    for _ in range(count):
        student = factories.make_student(school, class_group=class_group, **more)
        tutorials.mark_read(student.learner_id, PAGE, is_read=True, at=NOON)
        if rating:
            tutorials.rate(student.learner_id, PAGE, rating)


def test_staff_read_how_many_pupils_of_their_school_read_a_page(client, cast, log_in):
    read_by(cast.school, cast.class_5eb, 2)
    read_by(cast.school, cast.class_5eb, 1, is_disabled=True)
    tutorials.mark_read(cast.malik.learner_id, PAGE, is_read=True, at=NOON)
    log_in("bruno")

    client.get("/tutoriels")

    assert line(client).endswith("lu par 2 élèves")


def test_opinions_are_shown_from_five_on(client, cast, log_in):
    read_by(cast.school, cast.class_5eb, LEAST_RATINGS - 1, Rating.YES)
    log_in("bruno")
    client.get("/tutoriels")
    assert "Il a aidé" not in line(client)

    read_by(cast.school, cast.class_5eb, 1, Rating.NO)
    client.get("/tutoriels")

    assert line(client).endswith(f"lu par {LEAST_RATINGS} élèves. Il a aidé : oui 4, un peu 0, non 1")


@pytest.mark.parametrize("person", ["lina", "bruno"])
def test_the_list_asks_as_many_queries_whatever_was_read(client, cast, log_in, person):
    log_in(person)
    client.get("/tutoriels")
    with counted_queries() as few:
        client.get("/tutoriels")
    for tube in current_bank().tutorials:
        tutorials.mark_read(cast.lina.learner_id, tube, is_read=True, at=NOON)
    read_by(cast.school, cast.class_5eb, 30, Rating.YES)

    with counted_queries() as many:
        client.get("/tutoriels")

    assert len(many) == len(few)
