"""From the code to the first question."""

from datetime import date

import pytest

from portal import clock
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Learner, Participation, Student
from portal.persistence.transaction import write_tx
from portal.services import campaigns
from tests import factories
from tests.factories import PASSPHRASE


def unlinked(cast, **names):
    return factories.make_student(cast.school, class_group=cast.class_5eb, is_linked=False, **names)


def identify(client, campaign, first, last, birth="04/05/2014"):
    client.get(f"/rejoindre/{campaign.code}/identite")
    return client.submit("/identite", first_name=first, last_name=last, birth_date=birth)


def test_a_new_pupil_goes_from_the_code_to_the_first_question(client, cast):
    campaign = factories.make_campaign(cast.solene)
    zoe = unlinked(cast, first_name="Zoé", last_name="Le Goff")
    client.get("/")
    client.submit("/rejoindre", code=campaign.code)
    assert client.page.h1.text == campaign.name

    identify(client, campaign, "zoe", "legoff", "4/5/2014")
    assert "Je suis Zoé LE GOFF, 5eB" in client.page.h1.text.replace("\u00a0", " ")
    client.submit("/identifiants")
    client.submit("/rattachement")

    assert client.page.h1.text == "Question 1"
    db.session.refresh(zoe)
    assert zoe.learner.username == "zoe.legoff0405"


@pytest.mark.parametrize("mistyped", ["{}-{} {}", " {} {}{} ", "{}{}{}", "{}.{}.{}", "\u00a0{}\u202f{}-{}"])
def test_a_code_is_read_however_it_is_typed(client, cast, mistyped):
    campaign = factories.make_campaign(cast.solene)
    code = campaign.code.lower()
    client.get("/")

    client.submit("/rejoindre", code=mistyped.format(code[:3], code[3:6], code[6:]))

    assert client.page.h1.text == campaign.name


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Saisissez le code donné par votre professeur."),
        ("ABC", "Un code compte six lettres puis trois chiffres. Relisez-le."),
        ("ABCDE1234", "Un code compte six lettres puis trois chiffres. Relisez-le."),
        ("ABCDEF123<script>", "Un code compte six lettres puis trois chiffres. Relisez-le."),
        ("ZZZZZZ999", "Aucune campagne ne porte ce code. Relisez-le avec votre professeur."),
    ],
)
def test_a_wrong_code_is_told_in_words(client, cast, typed, sentence):
    client.get("/")

    response = client.submit("/rejoindre", code=typed)

    assert response.status_code == 422
    assert sentence in response.text


def test_an_archived_campaign_cannot_be_joined(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    campaigns.archive(campaign, at=clock.now())
    log_in("lina")

    assert client.get(f"/rejoindre/{campaign.code}").status_code == 410
    assert client.get(f"/rejoindre/{campaign.code}/identite").status_code == 410


def test_nobody_is_found_by_wrong_names(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")

    response = identify(client, campaign, "Zoé", "Martin")

    assert response.status_code == 422
    assert "Personne n’a ce nom" in response.text
    assert "Le Goff" not in response.text


@pytest.mark.parametrize("birth", ["31/02/2014", "hier", "2014", "4/5", "00/00/0000"])
def test_what_is_no_day_is_told(client, cast, birth):
    campaign = factories.make_campaign(cast.solene)

    response = identify(client, campaign, "Zoé", "Le Goff", birth)

    assert response.status_code == 422
    assert "Écrivez le jour, le mois et l’année en chiffres" in response.text


def test_twins_are_told_apart_by_their_first_names(client, cast):
    campaign = factories.make_campaign(cast.solene)
    for first in ("Adam", "Ilyas"):
        unlinked(cast, first_name=first, last_name="Benali")

    identify(client, campaign, "ilyas", "benali")

    assert "Je suis Ilyas" in client.page.h1.text


def test_two_pupils_of_the_same_names_and_birth_date_are_not_guessed(client, cast):
    campaign = factories.make_campaign(cast.solene)
    for _ in range(2):
        unlinked(cast, first_name="Adam", last_name="Benali")

    response = identify(client, campaign, "Adam", "Benali")

    assert response.status_code == 422
    assert "Plusieurs élèves ont ce nom" in response.text


def test_who_has_an_account_is_sent_to_sign_in_without_giving_the_name_away(client, cast):
    campaign = factories.make_campaign(cast.solene)

    response = identify(client, campaign, cast.lina.first_name, cast.lina.last_name)

    assert response.status_code == 422
    assert "Un compte existe déjà" in response.text
    assert cast.lina.learner.username not in response.text


def test_a_pupil_may_choose_another_secret(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")
    client.submit("/identifiants")

    refused = client.submit("/rattachement", chosen="court")
    assert refused.status_code == 422
    client.submit("/rattachement", chosen="une tortue bleue")
    client.submit("/deconnexion")
    client.get("/connexion/eleve")
    client.submit("/connexion/eleve", username="zoe.legoff0405", secret="une tortue bleue")

    assert client.page.h1.text == "Mes parcours"


def test_a_double_click_links_and_starts_once(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")
    client.submit("/identifiants")
    page = client.page

    client.submit("/rattachement")
    client.page = page
    client.submit("/rattachement")

    assert client.page.h1.text == "Question 1"
    assert db.session.scalar(db.select(db.func.count(Learner.id))) == 3 + 1
    assert db.session.scalar(db.select(db.func.count(Participation.id))) == 1


def test_somebody_else_cannot_claim_the_same_pupil_a_moment_later(client, cast):
    campaign = factories.make_campaign(cast.solene)
    unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")
    client.submit("/identifiants")
    page = client.page
    client.submit("/rattachement")
    client.page = page

    again = client.submit("/rattachement", chosen="un autre mot de passe")

    assert again.status_code == 422
    assert "Un compte vient d’être créé" in again.text
    assert db.session.scalar(db.select(db.func.count(Learner.id))) == 3 + 1


def test_a_claim_is_signed(client, cast):
    campaign = factories.make_campaign(cast.solene)
    zoe = unlinked(cast, first_name="Zoé", last_name="Le Goff")
    identify(client, campaign, "Zoé", "Le Goff")

    response = client.submit("/identifiants", claim=str(zoe.id))

    assert response.status_code == 422
    assert "restée ouverte trop longtemps" in response.text


def test_starting_twice_gives_the_same_try(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    log_in("lina")
    for _ in range(2):
        client.get(f"/rejoindre/{campaign.code}")
        client.submit("/commencer")

    assert client.page.h1.text == "Question 1"
    assert db.session.scalar(db.select(db.func.count(Participation.id))) == 1


def test_a_pupil_of_another_school_is_refused_in_words(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    log_in("malik")
    client.get(f"/rejoindre/{campaign.code}")

    response = client.submit("/commencer")

    assert response.status_code == 403
    assert "un autre établissement" in response.text


def test_a_disabled_pupil_is_refused_in_words(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    log_in("lina")
    with write_tx() as session:
        session.execute(db.update(Student).where(Student.id == cast.lina.id).values(disabled_at=clock.now()))
    client.get(f"/rejoindre/{campaign.code}")

    response = client.submit("/commencer")

    assert response.status_code == 403
    assert "plus sur la liste" in response.text


def test_a_pupil_out_of_the_audience_may_join(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene, grades=(Grade.SIXIEME,))
    log_in("noe")
    client.get(f"/rejoindre/{campaign.code}")
    client.submit("/commencer")

    assert client.page.h1.text == "Question 1"


def test_a_member_sees_the_landing_page_and_cannot_start(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene)
    log_in("bruno")

    page = client.get(f"/rejoindre/{campaign.code}")

    assert "Seul un élève peut répondre" in page.text
    assert client.page.find("form", action=f"/rejoindre/{campaign.code}/commencer") is None


def test_a_one_time_passphrase_is_changed_first(client, cast, log_in):
    with write_tx() as session:
        session.execute(
            db.update(Learner).where(Learner.id == cast.lina.learner_id).values(must_change_secret=True)
        )
    log_in("lina")
    assert client.page.h1.text == "Votre nouveau mot de passe"
    client.get("/")
    assert client.get("/").status_code == 303

    client.get("/mot-de-passe")
    client.submit("/mot-de-passe", chosen="une tortue bleue")

    assert client.page.h1.text == "Mes parcours"
    client.submit("/deconnexion")
    client.get("/connexion/eleve")
    old = client.submit("/connexion/eleve", username=cast.lina.learner.username, secret=PASSPHRASE)
    assert old.status_code == 422


def test_birth_dates_are_read_as_pupils_write_them():
    from portal.blueprints.player.forms import read_birth_date

    for typed in ("04/05/2014", "4/5/2014", "04052014", "4.5.2014", " 04 05 2014 ", "04-05-2014"):
        assert read_birth_date(typed) == date(2014, 5, 4), typed


def test_a_session_left_open_does_not_give_the_account_away(client, log_in):
    log_in("lina")
    client.get("/mot-de-passe")

    refused = client.submit("/mot-de-passe", chosen="une tortue bleue", current="je ne sais pas")
    assert refused.status_code == 422
    client.submit("/mot-de-passe", chosen="une tortue bleue", current=PASSPHRASE)

    assert client.page.h1.text == "Mes parcours"
