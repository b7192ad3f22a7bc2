"""The list of pupils."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.extensions import db
from portal.persistence.transaction import write_tx
from tests import factories
from tests.client import HTMX, main, soup, swap, words
from tests.players import play
from tests.queries import counted_queries


def names(client):
    return [words(row.th.a) for row in client.page.select("#students tbody tr")]


def column(client, label):
    return [words(cell) for cell in client.page.select(f"#students td[data-label='{label}']")]


@pytest.fixture
def school(cast):
    """Four more pupils: two in 5e10, one without account, one who left."""
    group = factories.make_class(cast.school, name="5e10")
    factories.make_student(
        cast.school, first_name="Zoé", last_name="Évrard", class_group=group, is_linked=False
    )
    factories.make_student(cast.school, first_name="Adam", last_name="Benali", class_group=group)
    factories.make_student(cast.school, first_name="Théo", last_name="Parti", is_disabled=True)
    return cast.school


def test_the_first_line_counts_pupils_classes_and_accounts(client, school, log_in):
    log_in("ines")
    client.get("/eleves")

    assert words(client.page.select_one(".lead")) == "4 élèves, 2 classes ; 3 ont un compte."
    assert names(client) == ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]
    assert "pas encore de compte" in column(client, "Identifiant")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?classe=5e10", ["Benali Adam", "Évrard Zoé"]),
        ("?classe=5e10&classe=5eB", ["Benali Adam", "Durand Lina", "Évrard Zoé"]),
        ("?classe=sans-classe", ["Petit Noé"]),
        ("?nom=EVRARD", ["Évrard Zoé"]),
        ("?nom=zoe%20%C3%A9vr", ["Évrard Zoé"]),
        ("?nom=%25", ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]),
        ("?nom=personne", []),
        ("?anciens=oui&nom=parti", ["Parti Théo"]),
        ("?tri=-nom", ["Petit Noé", "Évrard Zoé", "Durand Lina", "Benali Adam"]),
        ("?tri=classe", ["Benali Adam", "Évrard Zoé", "Durand Lina", "Petit Noé"]),
        ("?tri=-classe", ["Durand Lina", "Benali Adam", "Évrard Zoé", "Petit Noé"]),
        ("?tri=nimporte&page=0&classe=inconnue", ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]),
        ("?page=99", ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]),
    ],
)
def test_filters_and_order_are_in_the_address(client, school, log_in, query, expected):
    log_in("bruno")
    client.get("/eleves" + query)

    found = names(client)

    assert (sorted(found) if "tri" not in query else found) == (
        sorted(expected) if "tri" not in query else expected
    )


def test_the_last_participation_is_dated_and_sorted(client, cast, school, log_in):
    campaign = factories.make_campaign(cast.solene)
    play(cast.noe, campaign, questions=1, at=datetime(2026, 9, 8, 8, 0, tzinfo=UTC))
    play(cast.lina, campaign, questions=1, at=datetime(2026, 9, 9, 22, 30, tzinfo=UTC))
    log_in("bruno")

    client.get("/eleves?tri=-participation")
    assert names(client)[:2] == ["Durand Lina", "Petit Noé"]
    # Half past ten in UTC is the next day in Paris.
    assert column(client, "Dernière participation") == ["10/09/2026", "08/09/2026", "–", "–"]
    client.get("/eleves?tri=participation")
    assert names(client)[:2] == ["Petit Noé", "Durand Lina"]


@pytest.mark.parametrize("query", ["?classe=5e10", "?nom=zoe", "?tri=-classe&anciens=oui", "?nom=personne"])
def test_a_fragment_is_what_a_fresh_page_shows(client, school, log_in, query):
    log_in("bruno")
    fragment = client.get("/eleves" + query, headers=HTMX)
    fresh = soup(client.get("/eleves" + query))

    assert main(swap(soup(str(fresh)), fragment, "#students")) == main(fresh)
    assert "<h1" not in fragment.text


def test_the_number_of_queries_does_not_follow_the_number_of_pupils(client, cast, log_in):
    log_in("bruno")
    counted = []
    for more in (30, 270):
        for number in range(more):
            factories.make_student(cast.school, last_name=f"Nom{more}x{number}", class_group=cast.class_5eb)
        with counted_queries() as statements:
            client.get("/eleves?tri=-participation")
        counted.append(len(statements))
        assert len(names(client)) == min(50, more + 2)

    assert counted[0] == counted[1] <= 8


def test_pages_hold_fifty_pupils(client, cast, log_in):
    for number in range(60):
        factories.make_student(cast.school, last_name=f"Nom{number:02d}", is_linked=False)
    log_in("bruno")

    client.get("/eleves?page=2")

    assert len(names(client)) == 12 and "Page 2 sur 2" in words(client.page.main)


def test_another_school_s_pupils_are_not_there(client, cast, log_in):
    log_in("dora")
    client.get("/eleves")

    assert names(client) == ["Diallo Malik"]


def test_a_member_may_help_but_not_change_the_list(client, log_in):
    log_in("ines")
    client.get("/eleves")

    assert not client.page.select("a[href='/eleves/import'], a[href='/eleves/nouveau']")
    assert client.page.select("form[action$='/mot-de-passe']")


def test_the_links_of_the_day_are_undone_in_one_tap(client, cast, log_in, at):
    now = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    at(now)
    with write_tx():
        # Five to midnight the day before, in Paris, is not today.
        cast.noe.linked_at = datetime(2026, 11, 22, 22, 55, tzinfo=UTC)
        cast.lina.linked_at = now - timedelta(hours=2)
    log_in("ines")
    client.get("/eleves")
    assert "1 élève a créé son compte aujourd’hui" in words(client.page.main)

    client.get("/eleves?rattaches=jour")
    assert names(client) == ["Durand Lina"]
    response = client.submit("/detacher")

    assert response.status_code == 200 and "Rattachement annulé : Durand Lina" in words(client.page.main)
    db.session.refresh(cast.lina)
    assert client.page.select("form#filters") and cast.lina.learner_id is None


def test_a_blocked_pupil_is_unlocked_from_the_list(client, cast, log_in):
    with write_tx():
        cast.lina.learner.is_blocked = True
        cast.noe.learner.locked_until = clock.now() + timedelta(minutes=2)
    log_in("ines")
    client.get("/eleves?classe=5eB")
    assert "Bloqué" in column(client, "Identifiant")[0]

    client.submit("/debloquer")

    assert "Durand Lina peut se connecter de nouveau" in words(client.page.main)
    db.session.refresh(cast.lina.learner)
    assert not cast.lina.learner.is_blocked


def test_an_empty_list_says_what_to_do(client, cast, log_in):
    with write_tx() as session:
        session.delete(cast.lina)
        session.delete(cast.noe)
    log_in("solene")
    client.get("/eleves")

    assert words(client.page.select_one(".lead")) == "La liste des élèves est vide."
