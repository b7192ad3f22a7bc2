"""The list of campaigns."""

from datetime import timedelta

import pytest

from portal.domain.campaign import Sending
from portal.domain.school import Grade
from portal.persistence.transaction import write_tx
from portal.services import campaigns as services
from tests.client import HTMX, main, soup, swap, words
from tests.factories import SEPTEMBER, make_campaign, make_class, make_student
from tests.players import play

URL = "/campagnes"


@pytest.fixture
def campaigns(cast):
    """Three open campaigns (two of Solène, one of Bruno, of which one for a single class) and an archived one."""
    rentree = make_campaign(cast.solene, name="Rentrée 5e")
    sources = make_campaign(
        cast.bruno,
        name="Sources à vérifier",
        pathway="t-05",
        grades=(),
        classes=(cast.class_5eb.id,),
        at=SEPTEMBER + timedelta(days=1),
    )
    sixth = make_campaign(
        cast.solene, name="Rentrée 6e", grades=(Grade.SIXIEME,), at=SEPTEMBER + timedelta(days=2)
    )
    old = make_campaign(cast.bruno, name="Ancienne", at=SEPTEMBER - timedelta(days=365))
    services.archive(old, at=SEPTEMBER)
    return {"rentree": rentree, "sources": sources, "sixth": sixth, "old": old}


def names(page):
    return [words(link) for link in page.select("#campaign-list tbody th a")]


def row(page, name):
    """Read a line of the table: the text of each cell by its column."""
    line = next(
        one for one in page.select("#campaign-list tbody tr") if words(one.select_one("th a")) == name
    )
    return {cell["data-label"]: words(cell) for cell in line.select("td")}


def tabs(page):
    return [words(link) for link in page.select("#campaign-list nav.tabs a")]


def lead(page):
    return words(page.select_one(".lead"))


def without_filters(page):
    """Leave the filter bar aside: what it shows is what the person typed in it."""
    page.select_one("form.filters").decompose()
    return main(page)


def test_a_school_without_campaign_reads_what_to_do(client, log_in):
    log_in("bruno")

    page = soup(client.get(URL))

    assert lead(page) == "0 campagne ouverte."
    assert page.select_one(".empty a")["href"] == "/campagnes/nouvelle"


def test_all_the_open_campaigns_come_first_the_newest_on_top(client, campaigns, log_in):
    log_in("bruno")

    page = soup(client.get(URL))

    assert names(page) == ["Rentrée 6e", "Sources à vérifier", "Rentrée 5e"]
    assert tabs(page) == ["Toutes les campagnes (3)", "Mes campagnes (1)", "Archivées (1)"]


def test_the_first_line_counts_each_awaited_pupil_once(client, campaigns, cast, log_in):
    make_student(cast.school, first_name="Zoé", class_group=cast.class_5eb)
    make_student(cast.school, first_name="Parti", class_group=cast.class_5eb, is_disabled=True)
    make_student(
        cast.school, first_name="Ailleurs", class_group=make_class(cast.school, name="3eA", grade=None)
    )
    log_in("bruno")
    assert lead(soup(client.get(URL))) == "3 campagnes ouvertes ; 2 élèves n’ont pas commencé."

    play(cast.lina, campaigns["rentree"], questions=1)
    assert lead(soup(client.get(URL))) == "3 campagnes ouvertes ; 2 élèves n’ont pas commencé."

    play(cast.lina, campaigns["sources"], questions=1)
    assert lead(soup(client.get(URL))) == "3 campagnes ouvertes ; 1 élève n’a pas commencé."


def test_a_line_tells_the_pupils_of_the_audience_by_state_and_the_others_apart(client, cast, log_in):
    other_class = make_class(cast.school, name="5eC")
    adam, zoe, ines = (
        make_student(cast.school, first_name=name, class_group=other_class)
        for name in ("Adam", "Zoé", "Inès")
    )
    gone = make_student(cast.school, first_name="Parti", class_group=other_class)
    campaign = make_campaign(cast.solene, sending=Sending.EXPLICIT)
    play(cast.lina, campaign, share=True)
    play(adam, campaign)
    play(zoe, campaign, questions=1)
    play(cast.noe, campaign, questions=1)
    play(gone, campaign, questions=1)
    with write_tx():
        gone.disabled_at = SEPTEMBER
    log_in("solene")

    line = row(soup(client.get(URL)), "Rentrée 5e")

    assert line["Pour qui"] == "5e et 2 autres élèves"
    assert line["Propriétaire"] == "Solène Martin"
    assert line["Créée le"] == "07/09/2026"
    states = ["Pas commencé", "En cours", "Terminée, non envoyée", "Envoyée"]
    assert [line[state] for state in states] == ["1", "1", "1", "1"]


def test_the_tries_of_a_detached_pupil_follow_the_rules_of_the_activity_page(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign, questions=1)
    with write_tx():
        cast.lina.learner = None
    log_in("solene")

    page = soup(client.get(URL))

    assert lead(page).endswith("tous les élèves attendus ont commencé.")
    assert row(page, "Rentrée 5e")["En cours"] == "1"
    activity = soup(client.get(f"{URL}/{campaign.code}/activite"))
    assert words(activity.select_one(".lead")) == "Tous les élèves attendus ont commencé."


def test_a_campaign_of_another_school_is_never_listed(client, campaigns, log_in):
    log_in("dora")

    for query in ("", "?vue=archivees", "?recherche=rentree", f"?recherche={campaigns['sixth'].code}"):
        page = soup(client.get(URL + query))
        assert names(page) == []


def test_visitors_are_sent_to_the_sign_in_page(client, campaigns):
    response = client.get(URL)

    assert response.status_code == 303
    assert response.location.startswith("/connexion")


def test_a_pupil_does_not_read_the_list(client, campaigns, log_in):
    log_in("lina")

    assert client.get(URL).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("vue=mes-campagnes", ["Sources à vérifier"]),
        ("vue=archivees", ["Ancienne"]),
        ("recherche=RENTREE", ["Rentrée 6e", "Rentrée 5e"]),
        ("recherche=5e rentrée", ["Rentrée 5e"]),
        ("recherche=verifier", ["Sources à vérifier"]),
        ("recherche=zzz", []),
        ("niveau=6e", ["Rentrée 6e"]),
        ("niveau=5e", ["Sources à vérifier", "Rentrée 5e"]),
        ("type=assessment", ["Rentrée 6e", "Sources à vérifier", "Rentrée 5e"]),
        ("annee=2025", []),
        ("annee=2025&vue=archivees", ["Ancienne"]),
        ("annee=2026&niveau=6e&recherche=rentree", ["Rentrée 6e"]),
        # What makes no sense is as if it were not said.
        (
            "vue=x&niveau=y&type=z&annee=an&page=deux&proprietaire=moi",
            ["Rentrée 6e", "Sources à vérifier", "Rentrée 5e"],
        ),
        ("page=99", ["Rentrée 6e", "Sources à vérifier", "Rentrée 5e"]),
        ("page=0", ["Rentrée 6e", "Sources à vérifier", "Rentrée 5e"]),
    ],
)
def test_view_search_and_filters_are_in_the_url_and_a_fragment_shows_what_a_fresh_page_shows(
    client, campaigns, log_in, query, expected
):
    log_in("bruno")
    before = soup(client.get(URL))

    fragment = client.get(f"{URL}?{query}", headers=HTMX)
    fresh = soup(client.get(f"{URL}?{query}"))

    assert names(fresh) == expected
    assert without_filters(swap(before, fragment, "#campaign-list")) == without_filters(fresh)


def test_a_code_is_found_however_it_is_typed(client, campaigns, log_in):
    log_in("solene")
    code = campaigns["sources"].code

    page = soup(client.get(URL, query_string={"recherche": f"{code[:3].lower()}-{code[3:]}"}))

    assert names(page) == ["Sources à vérifier"]


def test_the_owner_filter_offers_those_who_own_a_campaign(client, campaigns, cast, log_in):
    log_in("ines")
    page = soup(client.get(URL))
    options = page.select("select[name=proprietaire] option")
    assert [words(option) for option in options] == ["Tous", "Bruno Martin", "Solène Martin"]

    client.submit(URL, proprietaire=str(cast.bruno.public_id))

    assert names(client.page) == ["Sources à vérifier"]


def test_filters_stay_when_the_view_or_the_page_changes(client, campaigns, log_in):
    log_in("bruno")

    page = soup(client.get(f"{URL}?recherche=ancienne"))

    assert names(page) == []
    archived = page.select("nav.tabs a")[2]
    assert words(archived) == "Archivées (1)"
    assert names(soup(client.get(archived["href"]))) == ["Ancienne"]


def test_the_filter_form_keeps_the_view_without_javascript(client, campaigns, log_in):
    log_in("bruno")

    page = soup(client.get(f"{URL}?vue=archivees"))

    kept = page.select_one("#campaign-list input[type=hidden]")
    assert (kept["name"], kept["value"], kept["form"]) == (
        "vue",
        "archivees",
        page.select_one("form.filters")["id"],
    )


def test_a_search_without_result_can_be_undone(client, campaigns, log_in):
    log_in("bruno")

    page = soup(client.get(f"{URL}?recherche=zzz"))

    assert page.select_one(".empty a")["href"] == URL


def test_an_empty_archive_says_how_a_campaign_gets_there(client, log_in):
    log_in("bruno")

    assert "s’archive au bas de sa page" in words(
        soup(client.get(f"{URL}?vue=archivees")).select_one(".empty")
    )
