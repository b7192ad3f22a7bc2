"""The team sees who may start a parcours that comes after others."""

import pytest

from tests.client import soup, words
from tests.factories import make_campaign, make_student
from tests.ordered import FIRST, LAST, SECOND, put_in_order
from tests.players import play
from tests.queries import counted_queries


@pytest.fixture
def last(app, cast, monkeypatch):
    """A campaign of the parcours that waits for two others, and Lina who sent both."""
    put_in_order(monkeypatch, app)
    for name in (FIRST, SECOND):
        play(cast.lina, make_campaign(cast.solene, pathway=name))
    return make_campaign(cast.solene, pathway=LAST)


def section(client, campaign):
    found = soup(client.get(f"/campagnes/{campaign.code}")).select_one("[aria-labelledby=order-title]")
    return " ".join(found.get_text().split()) if found else ""


def test_those_who_sent_everything_are_counted_and_named_by_class(client, cast, log_in, last):
    half = make_student(cast.school, first_name="Tiago", last_name="Gomes", class_group=cast.class_5eb)
    play(half, make_campaign(cast.solene, pathway=FIRST))
    make_student(cast.school, first_name="Rose", class_group=cast.class_5eb, is_linked=False)
    make_student(cast.school, first_name="Yann", class_group=cast.class_5eb, is_disabled=True)
    log_in("bruno")

    shown = section(client, last)

    assert "1 élève est prêt sur 3" in shown
    assert "5eB : 1 élève prêt sur 3 Lina Durand" in shown
    assert "Tiago" not in shown and "Progresser en 2.4" in shown


def test_the_same_parcours_sent_twice_counts_once(client, cast, log_in, last):
    half = make_student(cast.school, first_name="Tiago", last_name="Gomes", class_group=cast.class_5eb)
    for _ in range(2):
        play(half, make_campaign(cast.solene, pathway=FIRST))
    log_in("bruno")

    assert "1 élève est prêt sur 2" in section(client, last)


def test_what_is_advised_is_said_without_names(client, cast, log_in, app, monkeypatch):
    put_in_order(monkeypatch, app, is_locked=False)
    campaign = make_campaign(cast.solene, pathway=LAST)
    log_in("bruno")

    shown = section(client, campaign)

    assert "rien ne les arrête" in shown and "prêt" not in shown


def test_a_parcours_that_waits_for_nothing_says_nothing(client, cast, log_in):
    log_in("bruno")

    assert section(client, make_campaign(cast.solene)) == ""


def test_the_page_asks_the_database_as_often_for_many_pupils(client, cast, log_in, last):
    log_in("bruno")
    section(client, last)
    with counted_queries() as few:
        section(client, last)
    for number in range(30):
        make_student(cast.school, first_name=f"Élève {number}", class_group=cast.class_5eb)
    with counted_queries() as many:
        assert "sur 31" in section(client, last)

    assert len(few) == len(many)


def test_the_catalogue_and_the_proposal_say_what_comes_first(client, log_in, last):
    log_in("bruno")

    page = soup(client.get(f"/catalogue/{LAST}")).main
    assert "S’ouvre quand l’élève a envoyé" in words(page)
    assert page.select_one(f"a[href='/catalogue/{FIRST}']")
    proposal = soup(client.get(f"/campagnes/nouvelle?parcours={LAST}")).main
    assert "S’ouvre quand l’élève a envoyé" in words(proposal)
