"""The page of activity and its file."""

import csv
import io

import pytest

from portal.domain.campaign import Sending
from portal.domain.school import Grade
from portal.persistence.transaction import write_tx
from tests.client import HTMX, main, soup, swap, words
from tests.factories import SEPTEMBER, make_campaign, make_class, make_student
from tests.players import knows_all, play
from tests.queries import counted_queries

COLUMNS = ["Nom", "Classe", "État", "Progression", "Dernière réponse"]


@pytest.fixture
def campaign(cast):
    """A campaign for 5e: Lina sent, Adam is playing, Zoé did not start, Noé joined from outside."""
    campaign = make_campaign(cast.solene)
    class_5e10 = make_class(cast.school, name="5e10")
    adam = make_student(cast.school, first_name="Adam", last_name="Benali", class_group=class_5e10)
    make_student(cast.school, first_name="Zoé", last_name="Évrard", class_group=cast.class_5eb)
    play(cast.lina, campaign)
    play(adam, campaign, questions=2)
    play(cast.noe, campaign, questions=1)
    return campaign


def url(campaign, query=""):
    return f"/campagnes/{campaign.code}/activite{query}"


def rows(page):
    """Read the table of pupils as text."""
    return [[words(cell) for cell in line.select("th, td")] for line in page.select("#activity tbody tr")]


def names(page):
    return [row[0] for row in rows(page)]


def test_the_first_line_says_how_many_did_not_start(client, campaign, log_in):
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert words(page.select_one(".lead")) == "1 élève sur 3 n’a pas commencé."


def test_pupils_outside_the_audience_are_listed_and_counted_apart(client, campaign, log_in):
    log_in("solene")

    page = soup(client.get(url(campaign)))

    assert "Petit Noé" in names(page)
    by_class = page.select("main table")[0]
    lines = [[words(cell) for cell in line.select("th, td")] for line in by_class.select("tbody tr")]
    assert [line[:6] for line in lines] == [
        ["5e10", "1", "0", "1", "0", "0"],
        ["5eB", "2", "1", "0", "0", "1"],
        ["Hors public", "1", "0", "1", "0", "0"],
    ]


def test_pupils_come_by_name_and_each_once(client, campaign, log_in):
    log_in("solene")

    page = soup(client.get(url(campaign)))

    assert names(page) == ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?classe=5eB", ["Durand Lina", "Évrard Zoé"]),
        ("?classe=hors-public", ["Petit Noé"]),
        ("?etat=pas-commence", ["Évrard Zoé"]),
        ("?etat=envoyee", ["Durand Lina"]),
        ("?nom=evr", ["Évrard Zoé"]),
        ("?nom=LINA+dur", ["Durand Lina"]),
        ("?tri=-nom", ["Petit Noé", "Évrard Zoé", "Durand Lina", "Benali Adam"]),
        ("?tri=progression", ["Petit Noé", "Benali Adam", "Durand Lina", "Évrard Zoé"]),
        ("?tri=-reponse", ["Durand Lina", "Benali Adam", "Petit Noé", "Évrard Zoé"]),
        ("?classe=5eB&etat=envoyee&tri=etat", ["Durand Lina"]),
        ("?classe=inconnue", []),
        (
            "?etat=n-importe&tri=mot-de-passe&page=zz",
            ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"],
        ),
        ("?page=99", ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]),
    ],
)
def test_each_filter_keeps_its_pupils_and_the_fragment_is_the_fresh_page(
    client, campaign, log_in, query, expected
):
    log_in("bruno")
    page = soup(client.get(url(campaign)))

    fragment = client.get(url(campaign, query), headers=HTMX)
    fresh = soup(client.get(url(campaign, query)))

    assert names(fresh) == expected
    assert str(swap(page, fragment, "#activity").select_one("#activity")) == str(
        fresh.select_one("#activity")
    )


def test_an_unfiltered_fragment_gives_the_whole_page_back(client, campaign, log_in):
    log_in("bruno")
    page = soup(client.get(url(campaign)))

    fragment = client.get(url(campaign), headers=HTMX)

    assert main(swap(page, fragment, "#activity")) == main(soup(client.get(url(campaign))))


def test_the_order_stays_when_a_filter_changes_without_javascript(client, campaign, log_in):
    log_in("bruno")
    page = soup(client.get(url(campaign, "?tri=-nom")))

    field = page.select_one("#activity input[name=tri]")

    assert (field["form"], field["value"]) == (page.select_one("form.filters")["id"], "-nom")
    client.submit("/activite", classe="5eB", tri="-nom")
    assert names(client.page) == ["Évrard Zoé", "Durand Lina"]


@pytest.mark.parametrize("query", ["", "?classe=5eB", "?etat=en-cours&tri=-nom", "?nom=lina"])
def test_the_file_holds_the_cells_of_the_screen(client, campaign, log_in, query):
    log_in("bruno")
    shown = rows(soup(client.get(url(campaign, query))))

    response = client.get(f"/campagnes/{campaign.code}/activite.csv{query}")

    header, *lines = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert header == ["Nom", "Prénom", "Classe", "État", "% de progression", "Dernière réponse"]
    assert [
        [f"{last} {first}", group, state, f"{progress} %" if progress else "–", at.replace(" ", " à ") or "–"]
        for last, first, group, state, progress, at in lines
    ] == [[cell.replace("\u00a0", " ") for cell in row] for row in shown]


def test_the_file_has_a_name_that_every_browser_reads(client, cast, log_in):
    campaign = make_campaign(cast.solene, name='Rentrée / "5e"')
    log_in("solene")

    disposition = client.get(f"/campagnes/{campaign.code}/activite.csv").headers["Content-Disposition"]

    assert disposition.startswith('attachment; filename="Activite-Rentree_5e-')
    assert "filename*=UTF-8''Activite-Rentr%C3%A9e%205e-" in disposition


@pytest.mark.parametrize("page", ["activite", "activite.csv", "resultats", "resultats.csv"])
def test_another_school_sees_nothing(client, campaign, log_in, page):
    log_in("dora")

    assert client.get(f"/campagnes/{campaign.code}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["activite", "activite.csv", "resultats", "resultats.csv"])
def test_a_pupil_may_not_look(client, campaign, log_in, page):
    log_in("lina")

    assert client.get(f"/campagnes/{campaign.code}/{page}").status_code == 403


def test_fifty_pupils_a_page(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    for number in range(60):
        make_student(cast.school, last_name=f"Nom{number:02d}", class_group=cast.class_5eb, is_linked=False)
    log_in("solene")

    first, second = (soup(client.get(url(campaign, f"?page={number}"))) for number in (1, 2))

    assert (len(rows(first)), len(rows(second))) == (50, 11)
    assert not set(names(first)) & set(names(second))


def test_the_campaign_says_when_nobody_is_expected(client, cast, log_in):
    campaign = make_campaign(cast.solene, grades=(Grade.TERMINALE,))
    log_in("solene")

    assert "Aucun élève de la liste n’est attendu" in client.get(url(campaign)).text


def test_everybody_started(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, questions=1)
    log_in("solene")

    assert "Tous les élèves attendus ont commencé." in client.get(url(campaign)).text


def test_a_single_class_may_be_the_audience(client, cast, log_in):
    other = make_class(cast.school, name="5eC")
    make_student(cast.school, first_name="Hugo", last_name="Roy", class_group=other)
    campaign = make_campaign(cast.solene, grades=(), classes=(cast.class_5eb.id,))
    log_in("solene")

    assert names(soup(client.get(url(campaign)))) == ["Durand Lina"]


def test_a_disabled_pupil_is_not_expected_but_the_try_stays_visible(client, cast, log_in):
    left, gone = (
        make_student(cast.school, first_name=name, last_name="Roy", class_group=cast.class_5eb)
        for name in ("Tom", "Ugo")
    )
    campaign = make_campaign(cast.solene)
    play(left, campaign, questions=1)
    with write_tx():
        left.disabled_at = gone.disabled_at = SEPTEMBER
    log_in("solene")

    page = soup(client.get(url(campaign)))

    assert names(page) == ["Durand Lina", "Roy Tom"]
    assert words(page.select_one(".lead")) == "1 élève sur 1 n’a pas commencé."


def test_an_explicit_sending_waits_as_finished(client, cast, log_in):
    campaign = make_campaign(cast.solene, sending=Sending.EXPLICIT)
    play(cast.lina, campaign, knows_all)
    log_in("solene")

    assert rows(soup(client.get(url(campaign))))[0][2:4] == ["Terminée, non envoyée", "100 %"]


@pytest.mark.parametrize("page", ["activite", "activite.csv", "resultats", "resultats.csv"])
def test_the_number_of_queries_does_not_follow_the_number_of_pupils(client, cast, log_in, page, fill_class):
    campaign = make_campaign(cast.solene)
    log_in("solene")
    counts = []
    for size in (30, 300):
        fill_class(campaign, size)
        with counted_queries() as statements:
            client.get(f"/campagnes/{campaign.code}/{page}")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8
