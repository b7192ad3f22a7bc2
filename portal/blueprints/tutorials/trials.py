"""What stands under each section: a question to open, asked or corrected. Its state is in the form, signed."""

from dataclasses import dataclass, replace

from flask import url_for

from portal import cards, clock, signing
from portal.access import Viewer
from portal.bank.loader import Bank
from portal.blueprints.tutorials.pages import Lesson, Page
from portal.cards import Card, Correction
from portal.domain.errors import NotFound
from portal.domain.marking import Given
from portal.domain.participation import OtherLearner
from portal.domain.permissions import Action, Role, is_allowed
from portal.domain.referential import Challenge, Skill
from portal.services import practice
from portal.services.bank import version_of
from portal.services.exercises import Exercise
from portal.services.practice import Reader, Trial
from portal.signing import StaleForm

_PURPOSE = "tutorials:trial"
_PUPIL, _MEMBER = "eleve-", "membre-"
Pair = tuple[Skill, Challenge]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question being tried, as it is shown; `note`: why it is not the one that was there before."""

    card: Card
    token: str
    action: str
    hx_action: str
    file_url: str
    is_last: bool
    error: str | None = None
    correction: Correction | None = None
    next_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands under a section. `is_kept`: its questions may still be asked in a try."""

    anchor: str
    title: str
    open_url: str
    is_possible: bool
    is_kept: bool
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What a session that ended leaves behind: the question that was open, and whether a member had it."""

    tube: str
    section: str = ""
    turn: int = 0
    is_member: bool = False

    @property
    def sign_in_url(self) -> str:
        """Give the sign-in page that suits, which leads back to the question."""
        back = url_for("tutorials.show", tube=self.tube)
        if self.section:
            anchor = f"essai-{self.section}"
            back = trial_url(self.tube, self.section, self.turn, is_member=self.is_member, anchor=anchor)
        return url_for("auth.sign_in" if self.is_member else "auth.pupil_sign_in", suite=back)


def left_by(tube: str, token: str) -> Left:
    """Read in a signed field, however old, who had which question open; a pupil when it is not ours."""
    try:
        key, _, section, _, turn, *_ = signing.read(_PURPOSE, token, max_age=None)
    except StaleForm:
        return Left(tube)
    return Left(tube, section, turn, is_member=key.startswith(_MEMBER))


def trial_url(tube: str, section: str, turn: int, *, is_member: bool, anchor: str | None = None) -> str:
    """Give the address that opens a question; a member's says so, for when the session has ended."""
    return url_for(
        "tutorials.show",
        tube=tube,
        essai=section,
        tour=turn or None,
        equipe="oui" if is_member else None,
        _anchor=anchor,
    )


def reader_of(viewer: Viewer) -> Reader | None:
    """Name who may try questions, None for a visitor."""
    if not is_allowed(viewer.role, Action.PRACTISE):
        return None
    is_pupil = viewer.role is Role.PUPIL
    key = f"{_PUPIL}{viewer.learner_id}" if is_pupil else f"{_MEMBER}{viewer.account_id}"
    return Reader(key, viewer.learner_id, viewer.school_id)


class Trials:
    """The questions that a reader may try on one page, and what is shown of them."""

    def __init__(self, page: Page, bank: Bank, reader: Reader) -> None:
        """Find them."""
        self.page, self.reader, self._bank = page, reader, bank
        self._pairs = practice.askable(page.tube, bank, reader, at=clock.now())
        self._made: dict[Trial, Exercise] = {}

    def pairs(self, lesson: Lesson) -> list[Pair]:
        """List those of a section, in the order in which they come."""
        return [pair for pair in self._pairs if pair[0] in lesson.skills]

    def panels(self, asked: dict[str, Asked] | None = None) -> dict[str, Panel]:
        """Make what stands under each section, by anchor; `asked`: the question of the open one."""
        return {one.anchor: self._panel(one, asked or {}) for one in self.page.lessons if one.skills}

    def _panel(self, lesson: Lesson, asked: dict[str, Asked]) -> Panel:
        is_possible = bool(self.pairs(lesson))
        return Panel(
            anchor=lesson.anchor,
            title=lesson.title,
            open_url=self._url(lesson.anchor, 0),
            is_possible=is_possible,
            is_kept=not is_possible and bool(self.reader.learner_id),
            asked=asked.get(lesson.anchor),
        )

    def begin(self, section: str, turn: int) -> Trial | None:
        """Choose the question of a section that comes after `turn` others, None if there is none.

        Raises: NotFound for an unknown section, or one that teaches no skill.
        """
        lesson = self.page.lesson(section)
        if not lesson.skills:
            raise NotFound
        pairs = self.pairs(lesson)
        if not pairs:
            return None
        challenge = pairs[turn % len(pairs)][1]
        return Trial(self.page.tube.id, section, challenge.id, turn, version_of(challenge))

    def pair_of(self, trial: Trial) -> Pair | None:
        """Find the question of a trial, None if it may no longer be tried."""
        pairs = self.pairs(self.page.lesson(trial.section))
        return next((pair for pair in pairs if pair[1].id == trial.challenge), None)

    def is_current(self, trial: Trial) -> bool:
        """Tell whether the question may still be tried, and is the one that was opened."""
        return self.renewed(trial) == replace(trial, state=None)

    def renewed(self, trial: Trial) -> Trial | None:
        """Begin the same question afresh, as the bank has it now; None if it may no longer be tried."""
        pair = self.pair_of(trial)
        return replace(trial, version=version_of(pair[1]), state=None) if pair else None

    def is_kept(self, trial: Trial) -> bool:
        """Tell whether the question is left out because a try may ask it, and for no other reason."""
        anybody = replace(self.reader, learner_id=0)
        every = practice.askable(self.page.tube, self._bank, anybody, at=clock.now())
        return any(one.id == trial.challenge for _, one in every)

    def read(self, token: str) -> Trial:
        """Read the signed field of a form.

        Raises: StaleForm, OtherLearner, NotFound.
        """
        key, *fields = signing.read(_PURPOSE, token)
        trial = Trial(*fields)
        if key != self.reader.key:
            raise OtherLearner
        if trial.tube != self.page.tube.id:
            raise NotFound
        return trial

    def exercise(self, challenge: Challenge, trial: Trial) -> Exercise:
        """Give a question as the reader meets it; a file is made once for each request."""
        if challenge.recipe is None:
            return practice.exercise_of(challenge, trial, self.reader)
        if trial not in self._made:
            self._made[trial] = practice.exercise_of(challenge, trial, self.reader)
        return self._made[trial]

    def show(self, trial: Trial, typed: Given | None = None, refused: str | None = None) -> Asked:
        """Show the question of a trial; `refused`: what its simulator answers to the last gesture."""
        pair = self.pair_of(trial)
        if pair is None:
            raise NotFound
        exercise = self.exercise(pair[1], trial)
        token = self._sign(trial)
        picture = cards.picture_url(exercise.challenge, self._made_url("tutorials.picture", trial))
        card = cards.card_of(exercise, trial.seed(self.reader), typed, picture)
        return Asked(
            card=replace(card, simulator=cards.simulation(exercise, self._action("simulateur"), refused)),
            token=token,
            action=self._action(f"essai-{trial.section}"),
            hx_action=self._action(None),
            file_url=self._made_url("tutorials.file", trial) if card.has_file else "",
            is_last=len(self.pairs(self.page.lesson(trial.section))) == 1,
            next_url=self._url(trial.section, trial.turn + 1),
        )

    def _made_url(self, endpoint: str, trial: Trial) -> str:
        # A file or a picture needs no more than what it is drawn from.
        return url_for(endpoint, tube=trial.tube, token=self._sign(replace(trial, state=None)))

    def _sign(self, trial: Trial) -> str:
        fields = [trial.tube, trial.section, trial.challenge, trial.turn, trial.version, trial.state]
        return signing.sign(_PURPOSE, [self.reader.key, *fields])

    def _action(self, anchor: str | None) -> str:
        return url_for("tutorials.practise", tube=self.page.tube.id, _anchor=anchor)

    def _url(self, section: str, turn: int) -> str:
        return trial_url(self.page.tube.id, section, turn, is_member=not self.reader.learner_id)
