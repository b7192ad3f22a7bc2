"""The list of the parcours, filtered."""

import pytest

from portal.bank_store import current_bank
from portal.domain.forecast import Ease, Length, Spread
from portal.services import forecasts
from tests.client import HTMX, main, soup, swap, words
from tests.factories import SEPTEMBER
from tests.queries import counted_queries

URL = "/catalogue"


@pytest.fixture
def forecast(app):
    """The parcours of a competence take one lesson, the others two."""

    def played(test, _):
        minutes = 45 if len({skill.competence for skill in test.skills}) > 1 else 30
        return dict.fromkeys(Ease, Length(Spread(18, 15, 20), Spread(minutes - 5, 15, minutes)))

    forecasts.refresh(current_bank(), at=SEPTEMBER, play=played)


def titles(page):
    return [words(one) for one in page.select("#catalogue-list tbody th[scope=row] a")]


def every_title(*ids):
    return {" ".join(current_bank().pathways[one].title.split()) for one in ids}


def test_every_parcours_of_the_bank_is_there_by_family(client, log_in, forecast):
    log_in("bruno")

    page = soup(client.get(URL))

    assert len(titles(page)) == len(current_bank().pathways)
    families = [words(one) for one in page.select("th[scope=rowgroup]")]
    assert families == ["Parcours de rentrée", "Parcours thématiques", "Une compétence"]
    row = page.find("a", string="Protection et sécurité").find_parent("tr")
    cells = {one["data-label"]: words(one).replace("\u00a0", " ") for one in row.select("td")}
    assert cells == {
        "Classes": "6e",
        "Compétences": "4.1, 4.2, 4.3",
        "Sujets": "11",
        "Questions": "18 (de 15 à 20)",
        "Minutes": "40 (de 15 à 45)",
    }
    assert "élèves simulés" in words(page.main)


def test_what_is_not_forecast_yet_is_said(client, log_in):
    log_in("bruno")

    assert "en cours de calcul" in words(soup(client.get(URL)).main)


def has(pathway, **wanted):
    """Tell whether a parcours has a subject of this competence or topic."""
    tubes = [current_bank().tubes[name] for name, _ in pathway.tubes]
    return all(
        any(value == tube.competence or value in tube.topics for tube in tubes) for value in wanted.values()
    )


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("niveau=cpge", lambda one: not one.grades),
        (
            "niveau=6e&competence=4.3",
            lambda one: has(one, at="4.3") and (not one.grades or "6e" in one.grades),
        ),
        ("competence=2.4", lambda one: has(one, at="2.4")),
        ("theme=cyberharcelement", lambda one: has(one, on="cyberharcelement")),
        ("theme=cyberharcelement&duree=une", lambda one: one.id == "c-4-3"),
        ("recherche=MOTEUR+recherche", lambda one: "moteur-de-recherche" in dict(one.tubes)),
        (
            "recherche=mot+de+passe&theme=zz&niveau=zz&duree=zz&domaine=9",
            lambda one: "mots-de-passe" in dict(one.tubes),
        ),
    ],
)
def test_filters_leave_what_is_looked_for(client, log_in, forecast, query, keeps):
    found = {one.id for one in current_bank().pathways.values() if keeps(one)}
    log_in("bruno")

    page = soup(client.get(f"{URL}?{query}"))

    assert set(titles(page)) == every_title(*found)
    assert words(page.select_one("#catalogue-counts")).startswith(str(len(found)))


def test_filtering_shows_what_a_fresh_page_shows(client, log_in, forecast):
    log_in("bruno")
    page = soup(client.get(URL))
    url = f"{URL}?theme=cyberharcelement"

    fragment = client.get(url, headers=HTMX)
    fresh = soup(client.get(url))

    for one in fresh.select("form.filters [selected]"):
        del one["selected"]
    assert main(swap(page, fragment, "#catalogue-list")) == main(fresh)
    assert "Cyberharcèlement\u00a0: 2\u00a0sujets sur 11." in fresh.main.get_text()


def test_the_form_filters_without_javascript(client, log_in, forecast):
    log_in("bruno")
    client.get(URL)

    response = client.submit(URL, theme="cyberharcelement", niveau="6e")

    assert "theme=cyberharcelement" in response.request.full_path
    assert set(titles(client.page)) == every_title("6e-1", "c-4-3")
    assert client.page.select_one("#filter-theme [selected]")["value"] == "cyberharcelement"


def test_nothing_found_says_what_to_do(client, log_in):
    log_in("bruno")

    page = soup(client.get(f"{URL}?recherche=zzz"))

    assert "Élargissez la recherche" in words(page.main)
    assert page.find("a", string="Effacer les filtres")["href"] == URL


def test_themes_that_no_subject_has_are_not_offered(client, log_in):
    log_in("bruno")

    offered = {one["value"] for one in soup(client.get(URL)).select("#filter-theme option")}

    assert "cyberharcelement" in offered and "diaporama" not in offered


def test_the_list_reads_the_database_once(client, log_in, forecast):
    log_in("bruno")
    client.get(URL)
    with counted_queries() as few:
        client.get(f"{URL}?recherche=zzz")
    with counted_queries() as many:
        client.get(URL)

    assert len(few) == len(many)


def test_pupils_have_no_catalogue(client, log_in):
    log_in("lina")

    assert client.get(URL).status_code == 403
