"""Creating, changing and archiving campaigns."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.bank_store import current_bank
from portal.domain.campaign import CampaignDraft, EmptyAudience, Sending
from portal.domain.errors import NotFound
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Campaign, CampaignAudience, Participation
from portal.persistence.queries import campaigns as queries
from portal.services import campaigns
from tests.factories import SEPTEMBER, make_campaign, make_class
from tests.players import play

LATER = SEPTEMBER + timedelta(days=30)


def draft(**changes):
    values = {"pathway": "6e-1", "name": "Rentrée 5e", "grades": (Grade.CINQUIEME,), "classes": ()}
    return CampaignDraft(**(values | changes))


def create(cast, asked, *, member=None, nonce="", at=SEPTEMBER):
    member = member or cast.solene
    return campaigns.create(
        asked, school_id=member.school_id, member_id=member.id, bank=current_bank(), at=at, nonce=nonce
    )


def how_many():
    return db.session.scalar(select(func.count(Campaign.id)))


def read(campaign):
    db.session.expire_all()
    return db.session.get_one(Campaign, campaign.id)


def test_a_campaign_freezes_the_skills_of_its_pathway(cast):
    code = create(cast, draft(sending=Sending.EXPLICIT, landing_text="Bonjour."))

    campaign = queries.by_code(cast.school.id, code)
    assert campaign.content["title"] == current_bank().pathways["6e-1"].title
    assert {skill["tube"] for skill in campaign.content["skills"]} == {
        tube for tube, _ in current_bank().pathways["6e-1"].tubes
    }
    assert campaign.content["stages"][0]["threshold"] == 0
    assert (campaign.sending, campaign.landing_text, campaign.year) == ("explicit", "Bonjour.", 2026)
    assert [aim.grade for aim in campaign.audience] == ["5e"]


def test_a_campaign_belongs_to_the_school_year_of_its_creation(cast):
    code = create(cast, draft(), at=datetime(2027, 8, 19, 12, tzinfo=UTC))

    assert queries.joinable(code).year == 2026


def test_a_campaign_may_be_for_single_classes(cast):
    code = create(cast, draft(grades=(), classes=(cast.class_5eb.id,)))

    assert [aim.class_group_id for aim in queries.joinable(code).audience] == [cast.class_5eb.id]


def test_a_campaign_without_audience_is_refused(cast):
    with pytest.raises(EmptyAudience, match="au moins un niveau"):
        create(cast, draft(grades=()))


def test_a_campaign_without_known_pathway_is_refused(cast):
    with pytest.raises(NotFound):
        create(cast, draft(pathway="nowhere"))


def test_a_class_of_another_school_is_refused(cast):
    elsewhere = make_class(cast.other_school, name="6eZ")

    with pytest.raises(NotFound):
        create(cast, draft(classes=(cast.class_5eb.id, elsewhere.id)))


def test_a_taken_code_is_drawn_again(cast, monkeypatch):
    drawn = iter(["AAAAAA222", "AAAAAA222", "BBBBBB333"])
    monkeypatch.setattr(campaigns, "new_code", lambda choose: next(drawn))

    assert [create(cast, draft()), create(cast, draft())] == ["AAAAAA222", "BBBBBB333"]


def test_twenty_taken_codes_in_a_row_are_a_mistake_of_ours(cast, monkeypatch):
    monkeypatch.setattr(campaigns, "new_code", lambda choose: "AAAAAA222")
    create(cast, draft())

    with pytest.raises(RuntimeError, match="twenty"):
        create(cast, draft())


def test_a_double_click_makes_one_campaign(cast):
    first = create(cast, draft(), nonce="n" * 32)
    second = create(cast, draft(), nonce="n" * 32)

    assert first == second
    assert how_many() == 1


@pytest.mark.parametrize("other", ["name", "member", "nonce"])
def test_anything_else_than_a_double_click_makes_another_campaign(cast, other):
    create(cast, draft(), nonce="n" * 32)

    create(
        cast,
        draft(name="Autre" if other == "name" else "Rentrée 5e"),
        member=cast.bruno if other == "member" else None,
        nonce=("m" if other == "nonce" else "n") * 32,
    )

    assert how_many() == 2


def test_the_length_of_a_pathway_is_what_the_engine_expects(cast):
    bank = current_bank()
    pathway = bank.pathways["6e-1"]
    skills = sum(skill.level <= top for tube, top in pathway.tubes for skill in bank.tubes[tube].skills)

    assert 5 <= campaigns.expected_questions(pathway, bank) <= skills


def test_a_search_key_has_neither_case_nor_accents():
    assert campaigns.search_key("Rentrée – 5e B’") == "rentree 5e b"
    assert campaigns.search_key("Œ" * 120) == "oe" * 80


def test_editing_changes_name_text_and_audience_and_no_result(cast):
    campaign = make_campaign(cast.solene)
    play(cast.lina, campaign)
    shared = db.session.scalars(select(Participation)).one()
    before = (shared.status, shared.acquired, shared.shared_at)
    content, code = campaign.content, campaign.code

    campaigns.edit(
        campaign, name="Été", landing_text="À lundi.", grades=(Grade.SIXIEME,), classes=(cast.class_5eb.id,)
    )

    campaign = read(campaign)
    assert (campaign.name, campaign.search_key, campaign.landing_text) == ("Été", "ete", "À lundi.")
    assert [(aim.grade, aim.class_group_id) for aim in campaign.audience] == [
        ("6e", None),
        (None, cast.class_5eb.id),
    ]
    assert (campaign.content, campaign.code) == (content, code)
    shared = db.session.scalars(select(Participation)).one()
    assert (shared.status, shared.acquired, shared.shared_at) == before


def test_editing_refuses_an_empty_audience_and_changes_nothing(cast):
    campaign = make_campaign(cast.solene)

    with pytest.raises(EmptyAudience):
        campaigns.edit(campaign, name="Autre", landing_text="", grades=(), classes=())

    assert read(campaign).name == "Rentrée 5e"
    assert db.session.scalar(select(func.count(CampaignAudience.id))) == 1


def test_archiving_twice_keeps_the_first_instant(cast):
    campaign = make_campaign(cast.solene)

    campaigns.archive(campaign, at=LATER)
    campaigns.archive(campaign, at=LATER + timedelta(days=1))

    assert read(campaign).archived_at == LATER


def test_an_archived_campaign_can_be_brought_back(cast):
    campaign = make_campaign(cast.solene)
    campaigns.archive(campaign, at=LATER)

    campaigns.unarchive(campaign)
    campaigns.unarchive(campaign)

    assert read(campaign).archived_at is None
