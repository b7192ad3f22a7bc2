"""Creating a campaign."""

import re

import pytest

from portal.bank_store import current_bank
from portal.domain.campaign import CODE_PATTERN, LONGEST_NAME
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Campaign, ClassGroup, Student
from portal.persistence.transaction import write_tx
from tests.client import HTMX, main, soup, swap, words
from tests.factories import make_campaign, make_class

URL = "/campagnes/nouvelle"


def only_campaign():
    return db.session.scalars(db.select(Campaign)).one()


def how_many():
    return len(db.session.scalars(db.select(Campaign.id)).all())


def ticked(page):
    return [one["value"] for one in page.select("input[name=public][checked]")]


def errors(page):
    return [words(one) for one in page.select(".error-summary li")]


@pytest.fixture
def class_6ea(cast):
    return make_class(cast.school, name="6eA", grade=Grade.SIXIEME)


def test_a_member_creates_a_campaign_in_one_page_without_javascript(client, cast, class_6ea, log_in):
    log_in("bruno")
    client.get(f"{URL}?parcours=6e-1")

    response = client.submit(URL)

    campaign = only_campaign()
    assert response.request.path == f"/campagnes/{campaign.code}"
    assert "La campagne est créée" in words(client.page.select_one("#notices"))
    assert campaign.owner_id == cast.bruno.id
    assert campaign.name == "Protection et sécurité – 2026-2027"
    assert (campaign.pathway, campaign.sending, campaign.kind) == ("6e-1", "automatic", "assessment")
    assert [aim.grade for aim in campaign.audience] == ["6e"]
    assert re.match(CODE_PATTERN, campaign.code)


def test_the_duration_is_fifty_minutes_unless_said_otherwise(client, cast, log_in):
    campaign = make_campaign(cast.solene)
    log_in("bruno")
    client.get(URL)

    assert client.page.select_one("input[name=duree][checked]")["value"] == "medium"
    client.get(f"/campagnes/{campaign.code}")
    assert "50 minutes au plus" in words(client.page.main)


def test_an_unknown_duration_is_refused(client, cast, log_in):
    log_in("solene")
    client.get(URL)

    page = client.submit(URL, parcours="t-05", nom="Essai", public=["classe:5eB"], duree="toujours")

    assert page.status_code == 422 and "Choisissez une durée." in page.text


def test_single_classes_sending_and_landing_text_can_be_chosen(client, cast, class_6ea, log_in):
    log_in("solene")
    client.get(URL)

    client.submit(
        URL,
        parcours="t-05",
        nom="  Vérifier   en 5eB ",
        public=["classe:5eB"],
        envoi="explicit",
        duree="short",
        message=" Prenez votre temps. ",
    )

    campaign = only_campaign()
    assert campaign.name == "Vérifier en 5eB"
    assert (campaign.sending, campaign.duration) == ("explicit", "short")
    assert campaign.landing_text == "Prenez votre temps."
    assert [(aim.grade, aim.class_group_id) for aim in campaign.audience] == [(None, cast.class_5eb.id)]


def test_a_class_adds_nothing_to_its_whole_grade(client, cast, class_6ea, log_in):
    log_in("solene")
    client.get(URL)

    client.submit(URL, parcours="6e-1", nom="A", public=["niveau:6e", "classe:6eA", "classe:5eB"])

    assert [(aim.grade, aim.class_group_id) for aim in only_campaign().audience] == [
        ("6e", None),
        (None, cast.class_5eb.id),
    ]


def test_the_audience_offers_the_grades_and_classes_of_the_school_only(client, cast, class_6ea, log_in):
    make_class(cast.school, name="5e10")
    make_class(cast.school, name="5e2")
    make_class(cast.school, name="ULIS", grade=None)
    make_class(cast.other_school, name="3eZ", grade=Grade.TROISIEME)
    log_in("bruno")

    page = soup(client.get(URL))

    assert [one["value"] for one in page.select("input[name=public]")] == [
        "niveau:6e",
        "classe:6eA",
        "niveau:5e",
        "classe:5e2",
        "classe:5e10",
        "classe:5eB",
        "classe:ULIS",
    ]
    assert "Toutes les classes (3 classes, 1 élève)" in words(page.select_one("fieldset"))


def test_nothing_is_proposed_before_a_parcours_is_chosen(client, class_6ea, log_in):
    log_in("bruno")

    page = soup(client.get(URL))

    assert ticked(page) == []
    assert page.select_one("#nom")["value"] == ""
    assert page.select_one("#campaign-proposal .panel") is None


def test_a_parcours_in_the_url_proposes_its_grades_that_the_school_has(client, class_6ea, log_in):
    log_in("bruno")

    page = soup(client.get(f"{URL}?parcours=t-05"))

    assert page.select_one("#parcours option[selected]")["value"] == "t-05"
    assert ticked(page) == ["niveau:5e"]
    assert page.select_one("#nom")["value"] == "Chercher et vérifier l’information – 2026-2027"
    panel = words(page.select_one("#campaign-proposal .panel"))
    assert "6 sujets" in panel and "question" in panel and "5e à 3e" in panel


def test_an_unknown_parcours_in_the_url_proposes_nothing(client, class_6ea, log_in):
    log_in("bruno")

    assert ticked(soup(client.get(f"{URL}?parcours=rien"))) == []


def test_the_parcours_of_the_school_s_grades_come_first_in_their_family(client, log_in):
    log_in("bruno")

    page = soup(client.get(URL))

    offered = {one.id for one in current_bank().pathways.values() if one.category != "personnel"}
    assert {one["value"] for one in page.select("#parcours option")} == offered | {""}
    assert page.select_one("#parcours option")["value"] == ""


def test_choosing_a_parcours_swaps_what_a_fresh_page_shows(client, class_6ea, log_in):
    log_in("bruno")
    before = soup(client.get(URL))

    fragment = client.get(URL, query_string={"parcours": "6e-1", "nom": ""}, headers=HTMX)
    fresh = soup(client.get(f"{URL}?parcours=6e-1"))

    assert fragment.headers["HX-Push-Url"] == f"{URL}?parcours=6e-1"
    after = swap(before, fragment, "#campaign-proposal")
    # The select keeps what the person chose in it, and each page draws its own number.
    for page in (after, fresh):
        page.select_one("#formulaire").decompose()
        page.select_one("#parcours").decompose()
    assert main(after) == main(fresh)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ma campagne", "Ma campagne"),
        ("Protection et sécurité – 2026-2027", "Chercher et vérifier l’information – 2026-2027"),
    ],
)
def test_another_parcours_changes_a_proposed_name_never_a_typed_one(client, log_in, typed, shown):
    log_in("bruno")

    fragment = client.get(URL, query_string={"parcours": "t-05", "nom": typed}, headers=HTMX)

    assert soup(fragment).select_one("#nom")["value"] == shown


def test_without_javascript_a_button_proposes_and_loses_nothing_typed(client, class_6ea, log_in):
    log_in("bruno")
    client.get(URL)

    response = client.submit(URL, parcours="6e-1", nom="", message="Bonjour.", envoi="explicit", proposer="1")

    assert response.status_code == 200
    assert how_many() == 0
    page = client.page
    assert ticked(page) == ["niveau:6e"]
    assert page.select_one("#nom")["value"] == "Protection et sécurité – 2026-2027"
    assert words(page.select_one("#message")) == "Bonjour."
    assert page.select_one("input[name=envoi][checked]")["value"] == "explicit"
    client.submit(URL)
    assert how_many() == 1


def test_an_empty_form_is_refused_with_what_to_do(client, log_in):
    log_in("bruno")
    client.get(URL)

    response = client.submit(URL, envoi="jamais")

    assert response.status_code == 422
    assert set(errors(client.page)) == {
        "Donnez un nom à la campagne.",
        "Choisissez au moins un niveau ou une classe.",
        "Choisissez un parcours.",
        "Choisissez quand les résultats sont envoyés.",
    }
    assert client.page.select_one("details").has_attr("open")
    assert how_many() == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"nom": "x" * (LONGEST_NAME + 1)}, "Le nom compte 120 caractères au plus."),
        ({"message": "x" * 1001}, "Le message compte 1000 caractères au plus."),
        ({"public": ["classe:9eZ"]}, "Un niveau ou une classe n’existe plus. Vérifiez la liste."),
        ({"public": ["niveau:3e"]}, "Un niveau ou une classe n’existe plus. Vérifiez la liste."),
        ({"parcours": "rien"}, "Ce parcours n’existe pas. Choisissez-en un dans la liste."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(client, class_6ea, log_in, typed, error):
    log_in("bruno")
    client.get(f"{URL}?parcours=6e-1")

    response = client.submit(URL, **{"nom": "Rentrée", **typed})

    assert response.status_code == 422
    assert errors(client.page) == [error]
    assert client.page.select_one("#nom")["value"] == typed.get("nom", "Rentrée")
    assert how_many() == 0


def test_a_double_click_creates_one_campaign(client, class_6ea, log_in):
    log_in("bruno")
    client.get(f"{URL}?parcours=6e-1")
    form = client.page

    first = client.submit(URL)
    client.page = form
    second = client.submit(URL)

    assert first.request.path == second.request.path
    assert how_many() == 1


def test_a_school_without_class_is_told_to_import_its_pupils_first(client, cast, log_in):
    with write_tx() as session:
        session.execute(db.update(Student).values(class_group_id=None))
        session.execute(db.delete(ClassGroup))
    log_in("solene")

    page = soup(client.get(URL))

    assert page.select_one(".empty a")["href"] == "/eleves/import"
    assert page.select_one("main form") is None


def test_visitors_and_pupils_create_nothing(client, log_in):
    assert client.get(URL).status_code == 303
    log_in("lina")
    assert client.get(URL).status_code == 403


def test_dora_creates_in_her_own_school(client, cast, log_in):
    log_in("dora")
    client.get(URL)

    client.submit(URL, parcours="6e-1", nom="Chez moi", public=["classe:5eB"])

    campaign = only_campaign()
    assert campaign.school_id == cast.other_school.id
    assert campaign.audience[0].class_group.school_id == cast.other_school.id
