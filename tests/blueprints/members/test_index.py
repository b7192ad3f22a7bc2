"""The team's page: who is in it, and the invitations under way."""

import pytest
from bs4 import Tag

from portal.domain.permissions import Function
from tests import factories
from tests.client import HTMX, CheckingClient, main, soup, swap, words
from tests.factories import Cast
from tests.queries import counted_queries


def row_of(client: CheckingClient, text: str) -> Tag:
    return next(row for row in client.page.select("tbody tr") if text in words(row))


@pytest.fixture
def invited(client: CheckingClient, log_in) -> None:
    """Solène invited two colleagues."""
    log_in("solene")
    client.get("/equipe/invitations")
    client.submit("/equipe/invitations", addresses="aline@ecole.example; zoe@ecole.example", function="cpe")


def test_the_team_is_listed_with_function_role_and_last_visit(client: CheckingClient, log_in) -> None:
    log_in("solene")

    client.get("/equipe")

    assert "AESH" in words(row_of(client, "Inès"))
    assert "Professeur principal" in words(row_of(client, "Bruno"))
    assert "jamais" in words(row_of(client, "Bruno"))
    assert "Référent (RUPN)" in words(row_of(client, "Solène"))
    assert "jamais" not in words(row_of(client, "Solène"))


def test_names_are_sorted_as_a_reader_does(client: CheckingClient, cast: Cast, log_in) -> None:
    for name in ("Zidane", "Élan", "étoile", "Abel"):
        factories.make_member(cast.school, first_name=name, last_name=name)
    log_in("solene")

    client.get("/equipe")

    names = [words(head).split()[-1] for head in client.page.select("#team tbody th")]
    assert [name for name in names if name not in {"Martin", "(vous)"}] == [
        "Abel",
        "Élan",
        "étoile",
        "Zidane",
    ]


def test_a_plain_member_reads_the_team_and_changes_nothing(
    client: CheckingClient, cast: Cast, invited: None, log_in
) -> None:
    log_in("bruno")

    page = client.get("/equipe")

    assert "aline@ecole.example" in page.text
    assert "/equipe/" not in page.text.replace(f"/equipe/{cast.bruno.public_id}", "/equipe/")
    assert not client.page.select("main form")


def test_another_school_is_not_seen(client: CheckingClient, invited: None, log_in) -> None:
    log_in("dora")

    page = client.get("/equipe").text

    assert "Solène" not in page
    assert "aline@ecole.example" not in page


def test_pending_invitations_say_until_when(client: CheckingClient, invited: None, at) -> None:
    client.get("/equipe")
    assert "En attente" in words(row_of(client, "aline@ecole.example"))
    assert "CPE" in words(row_of(client, "aline@ecole.example"))


def test_a_cancelled_invitation_leaves_the_list_with_and_without_javascript(
    client: CheckingClient, invited: None
) -> None:
    page = client.get("/equipe")
    aline, zoe = client.page.select("#pending tbody form")
    before, token = soup(page), client.csrf()

    fragment = client.post(str(aline["action"]), data={"csrf_token": token}, headers=HTMX)
    swapped = swap(before, fragment, "#pending")
    told = swapped.select_one("#notices").extract()
    client.get("/equipe")
    client.page.select_one("#notices").extract()

    assert main(swapped) == main(client.page)
    assert "L’invitation est annulée." in words(told)
    assert "aline@ecole.example" not in words(client.page.select_one("main"))
    client.get("/equipe")
    plain = client.submit(str(zoe["action"]))
    assert "L’invitation est annulée." in plain.text
    assert "zoe@ecole.example" not in words(client.page.select_one("main"))


def test_cancelling_twice_does_no_harm(client: CheckingClient, invited: None) -> None:
    client.get("/equipe")
    action = str(client.page.select("#pending tbody form")[0]["action"])
    token = client.csrf()
    client.post(action, data={"csrf_token": token})

    assert client.post(action, data={"csrf_token": token}).status_code == 303


def test_the_page_costs_the_same_whatever_the_size_of_the_team(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    log_in("solene")
    with counted_queries() as few:
        client.get("/equipe")
    for number in range(20):
        factories.make_member(cast.school, first_name=f"Membre{number}", function=Function.AED)

    with counted_queries() as many:
        client.get("/equipe")

    assert len(many) == len(few)
