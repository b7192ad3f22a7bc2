"""What the pages say of campaigns: for whom they are, and how many pupils stand where."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.domain.analysis import Counts, natural_order
from portal.domain.participation import Status
from portal.domain.school import Grade
from portal.labels import LABELS
from portal.persistence.queries import campaigns as queries


@dataclass(frozen=True, slots=True)
class Figures:
    """A campaign's audience in words and its pupils by state; `others` joined without being expected."""

    audience: str
    counts: Counts
    others: int


def figures_of(school_id: int, campaign_ids: Collection[int]) -> dict[int, Figures]:
    """Read the figures of some campaigns in three queries, however many they are."""
    classes = queries.classes(school_id)
    aims: dict[int, list[queries.OneRow]] = {one: [] for one in campaign_ids}
    for aim in queries.audiences(campaign_ids):
        aims[aim.campaign_id].append(aim)
    states: dict[int, list[queries.OneRow]] = {one: [] for one in campaign_ids}
    for state in queries.states(school_id, campaign_ids):
        states[state.campaign_id].append(state)
    return {one: _figures(classes, aims[one], states[one]) for one in campaign_ids}


def _figures(classes: queries.Rows, aims: queries.Rows, states: queries.Rows) -> Figures:
    grades = {aim.grade for aim in aims if aim.grade}
    single = {aim.class_group_id for aim in aims if aim.class_group_id}
    expected = {one.id: one.pupils for one in classes if one.id in single or one.grade in grades}
    tally = dict.fromkeys(Status, 0)
    others = 0
    for state in states:
        if state.is_enabled and state.class_group_id in expected:
            tally[Status(state.status)] += state.pupils
        else:
            others += state.pupils
    counts = Counts(
        not_started=sum(expected.values()) - sum(tally.values()),
        started=tally[Status.STARTED],
        completed=tally[Status.COMPLETED],
        shared=tally[Status.SHARED],
    )
    names = sorted(
        (one.name for one in classes if one.id in single and one.grade not in grades), key=natural_order
    )
    return Figures(", ".join([*grade_words(grades), *names]), counts, others)


def grade_words(grades: Collection[str]) -> list[str]:
    """Name grades in the order of schooling."""
    return [LABELS[grade] for grade in Grade if grade in grades]
