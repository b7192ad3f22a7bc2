"""What staff read of a group and of one pupil."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.domain.adaptive import LevelRange
from portal.domain.analysis import (
    OUTSIDE_AUDIENCE,
    Counts,
    Pupil,
    Try,
    by_area,
    by_group,
    count_states,
    distribution,
    may_read,
    natural_order,
    report,
    result_of,
)
from portal.domain.campaign import Sending
from portal.domain.mastery import Evidence, Stage, Tally, Verdict
from portal.domain.participation import Status
from portal.domain.referential import Skill

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
STAGES = (Stage(0, "Départ", ""), Stage(50, "Solide", ""))


def attempt(number=1, *, status=Status.SHARED, answered=5, skipped=0, acquired=4):
    return Try(
        id=number,
        public_id=uuid.UUID(int=number),
        attempt=number,
        status=status,
        answered=answered,
        skipped=skipped,
        progress=0.5,
        acquired=acquired,
        started_at=NOON,
        last_answer_at=NOON,
        completed_at=None,
        shared_at=None,
        closed_at=None,
    )


def pupil(*tries, class_name="5eB", is_expected=True):
    return Pupil("Lina", "Durand", "durand lina", class_name, is_expected, tries)


def result(*tries, sending=Sending.AUTOMATIC, stages=STAGES):
    return result_of(pupil(*tries), total=10, stages=stages, sending=sending)


def skill(tube, level, competence="1.1"):
    return Skill(f"{tube}-{level}", tube, tube.title(), competence, level, "", "", "")


def verdict(skill, is_acquired, evidence=Evidence.DIRECT):
    return Verdict(skill.id, skill.tube, skill.competence, skill.level, is_acquired, evidence, 0.5, 1, 1)


def test_states_follow_the_latest_try():
    assert pupil(attempt(1), attempt(2, status=Status.STARTED)).status is Status.STARTED
    assert pupil().status is None


def test_results_follow_the_latest_sent_try():
    found = result(attempt(1, acquired=8), attempt(2, status=Status.STARTED, acquired=1))

    assert (found.tally, found.is_provisional, found.attempt.attempt) == (Tally(8, 10), False, 1)


def test_a_pupil_counts_once_whatever_the_number_of_tries():
    group = [pupil(attempt(1), attempt(2)), pupil(), pupil(attempt(1, status=Status.COMPLETED))]

    counts = count_states(group)

    assert counts == Counts(not_started=1, started=0, completed=1, shared=1)
    assert counts.total == 3


def test_an_unsent_try_is_provisional_where_sending_is_automatic():
    found = result(attempt(status=Status.STARTED))

    assert found.is_provisional


def test_nothing_of_an_unsent_try_is_read_where_the_pupil_sends():
    assert result(attempt(status=Status.STARTED), sending=Sending.EXPLICIT) is None
    assert result(attempt(status=Status.COMPLETED), sending=Sending.EXPLICIT) is None
    assert may_read(attempt(), Sending.EXPLICIT)


def test_a_try_without_answer_says_nothing():
    assert result(attempt(status=Status.STARTED, answered=0)) is None
    assert result() is None


def test_evolution_compares_the_last_two_sent_tries():
    assert result(attempt(1, acquired=3), attempt(2, acquired=8)).change == 50
    assert result(attempt(1)).change is None


@pytest.mark.parametrize(("acquired", "stage"), [(4, 0), (5, 1)])
def test_a_result_has_its_stage(acquired, stage):
    assert result(attempt(acquired=acquired)).stage == stage


def test_a_campaign_without_stages_has_none():
    assert result(attempt(), stages=()).stage is None


def test_provisional_results_are_not_counted_in_the_distribution():
    results = [
        result(attempt(acquired=9)),
        result(attempt(status=Status.STARTED, acquired=9)),
        result(attempt()),
    ]

    assert distribution(results, STAGES) == [1, 1]


def test_classes_come_in_natural_order_and_others_last():
    members = [
        pupil(class_name="5e10"),
        pupil(class_name="6eA", is_expected=False),
        pupil(class_name="5e2"),
        pupil(class_name=None, is_expected=False),
    ]

    groups = by_group(members)

    assert [(name, len(group)) for name, group in groups.items()] == [
        ("5e2", 1),
        ("5e10", 1),
        (OUTSIDE_AUDIENCE, 2),
    ]


def test_natural_order_reads_numbers_as_numbers():
    assert sorted(["5e10", "5E2", "2de 1", "5eB"], key=natural_order) == ["2de 1", "5E2", "5e10", "5eB"]


def test_a_report_goes_by_competence_and_subject():
    skills = (skill("liens", 1), skill("liens", 3), skill("secret", 2, "4.1"), skill("sources", 1))
    acquired = [True, False, True, False]
    verdicts = [verdict(one, won) for one, won in zip(skills, acquired, strict=True)]
    verdicts[3] = replace(verdicts[3], evidence=Evidence.NONE)

    first, second = report(skills, verdicts)

    assert (first.competence, first.tally, second.tally) == ("1.1", Tally(1, 3), Tally(1, 1))
    liens, sources = first.subjects
    assert (liens.title, liens.reached, liens.aimed, liens.is_acquired) == ("Liens", 1, 3, False)
    assert [line.is_tested for line in (*liens.lines, *sources.lines)] == [True, True, False]
    assert second.subjects[0].is_acquired


def test_domains_add_their_competences_up():
    counted = by_area(
        {"1.1": Tally(1, 4), "4.1": Tally(2, 3), "1.2": Tally(2, 2)}, {"1.1": "1", "1.2": "1", "4.1": "4"}
    )

    assert counted == {"1": Tally(3, 6), "4": Tally(2, 3)}


def test_a_competence_has_its_level_once_enough_was_asked():
    skills = [skill("liens", level) for level in (1, 2, 3)] + [skill("secret", 2, "4.1")]
    verdicts = [verdict(one, True) for one in skills]
    verdicts[3] = replace(verdicts[3], asked=0)
    levels = {"1.1": LevelRange(2.3, 1.6, 2.9), "4.1": LevelRange(0.5, 0.1, 0.9)}

    first, second = report(skills, verdicts, levels)

    assert (first.is_assessed, first.level) == (True, levels["1.1"])
    assert (second.is_assessed, second.level) == (False, None)
    assert report(skills, verdicts)[0].level is None


@pytest.mark.parametrize(("skipped", "is_flagged"), [(0, False), (3, False), (4, True), (10, True)])
def test_more_than_thirty_percent_of_skips_is_flagged(skipped, is_flagged):
    assert attempt(answered=10, skipped=skipped).has_many_skips is is_flagged


def test_a_try_without_answer_is_not_flagged():
    assert not attempt(answered=0).has_many_skips
