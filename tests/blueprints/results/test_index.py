"""The page of results and its file."""

import csv
import io

import pytest

from portal.domain.campaign import Sending
from portal.persistence.transaction import write_tx
from tests.client import HTMX, main, soup, swap, words
from tests.factories import make_campaign, make_class, make_student
from tests.players import begin_again, knows_nothing, play


@pytest.fixture
def campaign(cast):
    """Lina sent everything right, Zoé nothing right, Adam is half-way, Noé sent from outside, Hugo did nothing."""
    campaign = make_campaign(cast.solene)
    class_5e10 = make_class(cast.school, name="5e10")
    adam = make_student(cast.school, first_name="Adam", last_name="Benali", class_group=class_5e10)
    zoe = make_student(cast.school, first_name="Zoé", last_name="Évrard", class_group=cast.class_5eb)
    make_student(cast.school, first_name="Hugo", last_name="Roy", class_group=cast.class_5eb)
    play(cast.lina, campaign)
    play(zoe, campaign, knows_nothing)
    play(adam, campaign, questions=2)
    play(cast.noe, campaign)
    return campaign


def url(campaign, query=""):
    return f"/campagnes/{campaign.code}/resultats{query}"


def rows(page):
    return [[words(cell) for cell in line.select("th, td")] for line in page.select("#results tbody tr")]


def names(page):
    return [row[0] for row in rows(page)]


def distribution(page):
    return {
        words(part.select_one("span")).partition("\u00a0:")[0]: words(part.strong)
        for part in page.select(".share li")
    }


def test_results_come_by_name_with_their_stage(client, campaign, log_in):
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert names(page) == ["Benali Adam", "Durand Lina", "Évrard Zoé", "Petit Noé"]
    lina, zoe = rows(page)[1:3]
    assert lina[1:4] == ["5eB", "Très solide 100 %", "–"]
    assert zoe[2] == "Départ 0 %"
    assert words(page.select_one(".lead")).startswith("2 résultats envoyés sur 4 élèves attendus.")


def test_the_page_says_that_it_is_not_a_mark(client, campaign, log_in):
    log_in("bruno")

    assert "Positionnement, pas une note" in client.get(url(campaign)).text


def test_the_distribution_counts_sent_results_of_the_audience_only(client, campaign, log_in):
    log_in("bruno")

    page = soup(client.get(url(campaign)))

    assert [int(value) for value in distribution(page).values()] == [1, 0, 0, 0, 1]
    notes = " ".join(words(note) for note in page.select("#results .help"))
    assert "1 résultat provisoire" in notes and "1 élève hors public" in notes


def test_a_try_under_way_is_provisional_and_says_how_far(client, campaign, log_in):
    log_in("bruno")

    [adam] = rows(soup(client.get(url(campaign, "?nom=benali"))))

    assert adam[4].startswith("Provisoire, parcours fait à ")


def test_an_unsent_try_shows_nothing_where_the_pupil_sends(client, cast, log_in):
    campaign = make_campaign(cast.solene, sending=Sending.EXPLICIT)
    play(cast.lina, campaign)
    log_in("solene")

    assert names(soup(client.get(url(campaign)))) == []

    play(cast.lina, campaign, share=True)
    assert names(soup(client.get(url(campaign)))) == ["Durand Lina"]


def test_who_answered_nothing_is_not_there(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, questions=0)
    log_in("solene")

    assert names(soup(client.get(url(campaign)))) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?classe=5eB", ["Durand Lina", "Évrard Zoé"]),
        ("?classe=hors-public", ["Petit Noé"]),
        ("?etape=0", ["Évrard Zoé"]),
        ("?etape=4&classe=5eB", ["Durand Lina"]),
        ("?nom=zoe", ["Évrard Zoé"]),
        ("?classe=5eB&tri=resultat", ["Évrard Zoé", "Durand Lina"]),
        ("?classe=5eB&tri=-resultat", ["Durand Lina", "Évrard Zoé"]),
        ("?tri=-nom&classe=5eB", ["Évrard Zoé", "Durand Lina"]),
        ("?etape=abc&tri=rien&page=-3&classe=5eB", ["Durand Lina", "Évrard Zoé"]),
        ("?etape=77", []),
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
    assert str(swap(page, fragment, "#results").select_one("#results")) == str(fresh.select_one("#results"))


def test_an_unfiltered_fragment_gives_the_whole_page_back(client, campaign, log_in):
    log_in("bruno")
    page = soup(client.get(url(campaign)))

    fragment = client.get(url(campaign), headers=HTMX)

    assert main(swap(page, fragment, "#results")) == main(soup(client.get(url(campaign))))


def test_the_distribution_follows_the_class(client, campaign, log_in):
    log_in("bruno")

    outside = distribution(soup(client.get(url(campaign, "?classe=hors-public"))))

    assert [int(value) for value in outside.values()] == [0, 0, 0, 0, 1]


def test_two_sent_tries_show_an_evolution_and_count_once(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    begin_again(play(cast.lina, campaign), share=True, acquired=11)
    log_in("solene")

    page = soup(client.get(url(campaign)))

    [lina] = rows(page)
    assert lina[2:4] == ["Solide 50 %", "−50 points"]
    assert sum(int(value) for value in distribution(page).values()) == 1


def test_filters_work_without_javascript(client, campaign, log_in):
    log_in("bruno")
    client.get(url(campaign))

    client.submit("/resultats", classe="5eB", etape="4")

    assert names(client.page) == ["Durand Lina"]


@pytest.mark.parametrize(
    ("query", "expected"), [("", 4), ("?classe=5eB", 2), ("?etape=0", 1), ("?nom=roy", 0)]
)
def test_the_file_holds_the_tries_of_the_pupils_shown(client, campaign, log_in, query, expected):
    log_in("bruno")
    shown = rows(soup(client.get(url(campaign, query))))

    response = client.get(f"/campagnes/{campaign.code}/resultats.csv{query}")

    assert response.mimetype == "text/csv"
    assert "Resultats-Rentr%C3%A9e%205e-" in response.headers["Content-Disposition"]
    table = csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";")
    lines = list(table)
    assert len(lines) == expected
    for line, row in zip(lines, shown, strict=True):
        assert row[0] == f"{line['Nom du Participant']} {line['Prénom du Participant']}"
        percent = line["% maitrise de l'ensemble des acquis du profil"]
        if line["Partage (O/N)"] == "O":
            assert row[2].endswith(f" {percent} %")
            assert row[4] == line["Date et heure du partage"].replace(" ", " à ")
        else:
            assert percent == "NA"


def test_the_file_may_hold_a_column_a_skill(client, campaign, log_in):
    log_in("bruno")
    plain, detailed = (
        client.get(f"/campagnes/{campaign.code}/resultats.csv{query}")
        .data.decode("utf-8-sig")
        .splitlines()[0]
        for query in ("", "?acquis=oui")
    )

    assert detailed.count(";") - plain.count(";") == len(campaign.content["skills"])


def test_a_campaign_without_stages_shows_percents_only(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign)
    with write_tx():
        campaign.content = {**campaign.content, "stages": []}
    log_in("solene")

    page = soup(client.get(url(campaign)))

    assert rows(page)[0][2] == "100 %"
    assert not page.select(".share") and not page.select("#filter-etape")
