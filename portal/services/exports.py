"""Write what staff read as CSV that French Excel opens. Source: docs/regles.md, « Exports »."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from portal.domain import analysis
from portal.domain.analysis import CompetenceReport, Pupil, Try
from portal.domain.mastery import Tally, Verdict, reached_stage, whole_percent
from portal.domain.participation import Status
from portal.domain.referential import Referential
from portal.labels import PARIS
from portal.persistence import mapping
from portal.persistence.models import Campaign
from portal.persistence.queries import results as queries
from portal.services import freezing

Cell = str | int

NOT_SENT = "NA"
NOT_A_MARK = "Positionnement, pas une note"
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_REFUSED_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')

# Written with the plain apostrophe, as those who look a column up by its name type it.
_IDENTITY = (
    "Nom de l'organisation",
    "ID Campagne",
    "Code",
    "Nom de la campagne",
    "Parcours",
    "Nom du Participant",
    "Prénom du Participant",
    "Classe",
    "% de progression",
    "Date et heure de début",
    "Partage (O/N)",
    "Date et heure du partage",
)
_MASTERY = "% maitrise de l'ensemble des acquis du profil"


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows: UTF-8 with its mark, `;`, every text quoted, none that could be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """Put an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def moment(instant: datetime | None) -> str:
    """Write an instant as spreadsheets read it, Paris time; nothing for None."""
    return "" if instant is None else instant.astimezone(PARIS).strftime("%d/%m/%Y %H:%M")


def file_name(subject: str, campaign_name: str, *, at: datetime) -> str:
    """Name a file « {subject}-{campaign}-{date-hour}.csv », without what file systems refuse."""
    name = " ".join(_REFUSED_IN_FILE_NAMES.sub(" ", campaign_name).split())
    return f"{subject}-{name}-{at.astimezone(PARIS):%Y-%m-%d-%Hh%M}.csv"


def plain_file_name(name: str) -> str:
    """Give the ASCII twin of a file's name, for browsers that read nothing else."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.-]+", "_", bare)


def full_results(
    campaign: Campaign, pupils: Sequence[Pupil], referential: Referential, *, with_skills: bool = False
) -> list[list[Cell]]:
    """Make the table of the full results: its header, then one line a try, by name.

    Args:
        campaign: with its school and content.
        pupils: those to write, each with every try.
        referential: gives competences and domains their titles.
        with_skills: add one column a skill.
    """
    sent = queries.sent_verdicts(campaign.id)
    sheet = _Sheet(campaign, referential, with_skills=with_skills)
    lines = [sheet.line(pupil, attempt, sent.get(attempt.id)) for pupil in pupils for attempt in pupil.tries]
    return [sheet.header(), *lines]


class _Sheet:
    """The columns of one campaign's full results."""

    def __init__(self, campaign: Campaign, referential: Referential, *, with_skills: bool) -> None:
        self.campaign = campaign
        self.skills = freezing.campaign_skills(campaign)
        self.stages = [mapping.stage_from_json(one) for one in campaign.content["stages"]]
        self.with_skills = with_skills
        tested = {skill.competence for skill in self.skills}
        self.area_of = {one.id: one.area for one in referential.competences() if one.id in tested}
        areas = [area for area in referential.areas if area.id in self.area_of.values()]
        self.competences = {
            one.id: f"{one.id} {one.title}" for one in referential.competences() if one.id in tested
        }
        self.areas = {area.id: f"{area.id} {area.title}" for area in areas}

    def header(self) -> list[Cell]:
        """Name the columns."""
        header: list[Cell] = [*_IDENTITY]
        if self.stages:
            header.append(f"Palier obtenu (/{len(self.stages) - 1})")
        header.append(_MASTERY)
        for title in self.competences.values():
            header += _three_titles(f"de la compétence {title}")
        for title in self.areas.values():
            header += _three_titles(f"du domaine {title}")
        if self.with_skills:
            header += [f"{skill.tube_title}, niveau {skill.level}" for skill in self.skills]
        return [*header, "Lecture"]

    def line(self, pupil: Pupil, attempt: Try, verdicts: Sequence[Verdict] | None) -> list[Cell]:
        """Write one try; figures come from what was sent."""
        report = analysis.report(self.skills, verdicts) if verdicts is not None else None
        overall = analysis.total_of(one.tally for one in report) if report is not None else None
        line = self._identity(pupil, attempt)
        if self.stages:
            line.append(NOT_SENT if overall is None else reached_stage(self.stages, overall))
        line.append(NOT_SENT if overall is None else overall.percent)
        line += self._groups(report)
        if self.with_skills:
            line += self._skills(verdicts)
        return [*line, NOT_A_MARK]

    def _identity(self, pupil: Pupil, attempt: Try) -> list[Cell]:
        is_sent = attempt.status is Status.SHARED
        return [
            self.campaign.school.name,
            self.campaign.id,
            self.campaign.code,
            self.campaign.name,
            self.campaign.content["title"],
            pupil.last_name,
            pupil.first_name,
            pupil.class_name or "",
            whole_percent(attempt.progress),
            moment(attempt.started_at),
            "O" if is_sent else "N",
            moment(attempt.shared_at) if is_sent else NOT_SENT,
        ]

    def _groups(self, report: Sequence[CompetenceReport] | None) -> list[Cell]:
        totals = self._totals()
        found = {one.competence: one.tally for one in report} if report is not None else None
        cells = _three_each(totals, found)
        areas = analysis.by_area(found, self.area_of) if found is not None else None
        return cells + _three_each(analysis.by_area(totals, self.area_of), areas)

    def _totals(self) -> dict[str, Tally]:
        """Count the skills of each competence, in the order of the columns."""
        held = [skill.competence for skill in self.skills]
        return {name: Tally(0, held.count(name)) for name in self.competences}

    def _skills(self, verdicts: Sequence[Verdict] | None) -> list[Cell]:
        if verdicts is None:
            return [NOT_SENT for _ in self.skills]
        known = {verdict.skill: verdict for verdict in verdicts}
        return [_skill_word(known[skill.id]) for skill in self.skills]


def _three_titles(group: str) -> list[str]:
    return [
        f"% de maitrise des acquis {group}",
        f"Nombre d'acquis {group}",
        f"Acquis maitrisés {group}",
    ]


def _three_each(totals: Mapping[str, Tally], found: Mapping[str, Tally] | None) -> list[Cell]:
    cells: list[Cell] = []
    for name, everything in totals.items():
        if found is None:
            cells += [NOT_SENT, everything.total, NOT_SENT]
        else:
            cells += [found[name].percent, everything.total, found[name].acquired]
    return cells


def _skill_word(verdict: Verdict) -> str:
    """Say « Non testé » of a skill no question was asked about."""
    if verdict.asked == 0:
        return "Non testé"
    return "OK" if verdict.is_acquired else "KO"
