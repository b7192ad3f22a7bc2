"""Trying a question without stakes: its answer is corrected at once, and nothing is written."""

from dataclasses import replace

from flask import Response, request

from portal import cards, downloads, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.tutorials import bp
from portal.blueprints.tutorials.pages import page_of
from portal.blueprints.tutorials.trials import Asked, Trials, left_by, reader_of
from portal.blueprints.tutorials.views import show_page
from portal.domain.errors import NotFound
from portal.domain.marking import REFUSALS, Given, Outcome
from portal.domain.participation import OtherLearner
from portal.domain.permissions import Action
from portal.domain.referential import Challenge
from portal.errors import sentence_of
from portal.extensions import csrf
from portal.material.simulators.scenario import Refused
from portal.services import practice
from portal.services.practice import Trial
from portal.signing import StaleForm

_ANOTHER = "Cette question peut maintenant vous être posée dans un parcours. En voici une autre."
_CHANGED = "Cette question a changé depuis que vous l’avez ouverte. La voici, depuis le début."
_GONE = "Cette question n’est plus proposée. En voici une autre."


def _expired(tube: str, token: str = "") -> Response:
    """Send who tried a question to the sign-in page that suits, and back to the question."""
    left = left_by(tube, token or request.form.get("jeton", ""))
    return htmx.ask_to_sign_in(left.sign_in_url)


@bp.post("/tutoriels/<tube>")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the reader and the question.
@open_to(Action.PRACTISE, otherwise=_expired)
def practise(tube: str) -> Response:
    """Correct an answer, or do one thing in a simulator."""
    trials = _trials(tube)
    trial = trials.read(request.form.get("jeton", ""))
    if not trials.is_current(trial):
        return _afresh(trials, trial)
    if "do" in request.form:
        return _gesture(trials, trial)
    asked = _answered(trials, trial)
    return _show(trials, trial, asked, status=422 if asked.error else 200)


def _trials(tube: str) -> Trials:
    bank, reader = current_bank(), reader_of(current_viewer())
    assert reader is not None
    return Trials(page_of(bank, tube), bank, reader)


def _afresh(trials: Trials, trial: Trial) -> Response:
    """Ask a question from its start in the place of one that changed, left, or that a try may ask; say why."""
    same = trials.renewed(trial)
    following = same or trials.begin(trial.section, trial.turn)
    note = _CHANGED if same else _ANOTHER if trials.is_kept(trial) else _GONE
    asked = replace(trials.show(following), note=note) if following else None
    return _show(trials, trial, asked)


def _answered(trials: Trials, trial: Trial) -> Asked:
    """Correct what was given, or say why it cannot be."""
    pair = trials.pair_of(trial)
    if pair is None:
        raise NotFound
    skill, challenge = pair
    exercise, given = trials.exercise(challenge, trial), None
    if "passer" not in request.form:
        given = cards.given_of(exercise.challenge, trial.seed(trials.reader), request.form)
    asked = trials.show(trial, given)
    try:
        outcome = exercise.mark(given) if given is not None else Outcome.SKIPPED
    except REFUSALS as error:
        return replace(asked, error=sentence_of(error)[1])
    correction = cards.correction_of(
        exercise.challenge, outcome, given or Given(), skill, picture=asked.card.picture
    )
    return replace(asked, correction=correction)


def _gesture(trials: Trials, trial: Trial) -> Response:
    pair = trials.pair_of(trial)
    if pair is None:
        raise NotFound
    fields = {name: value for name, value in request.form.items() if name != "jeton"}
    refused = None
    try:
        trial = practice.after_gesture(trials.exercise(pair[1], trial), trial, fields)
    except Refused as refusal:
        refused = str(refusal)
    asked = trials.show(trial, refused=refused)
    if not htmx.wants_fragment() or asked.card.simulator is None:
        return _show(trials, trial, asked, status=422 if refused else 200)
    return htmx.render(
        "tutorials/show.html",
        fragment="simulators/_simulator.html",
        oob=("tutorials/_token.html",),
        status=422 if refused else 200,
        simulator=asked.card.simulator,
        token=asked.token,
    )


def _show(trials: Trials, trial: Trial, asked: Asked | None, *, status: int = 200) -> Response:
    panels = trials.panels({trial.section: asked} if asked else None)
    return show_page(
        trials.page,
        fragment="tutorials/_trial.html",
        # A gesture was sent for the simulator alone.
        retarget=f"#essai-{trial.section}",
        status=status,
        panel=panels[trial.section],
        panels=panels,
    )


def _drawn(tube: str, token: str) -> tuple[Trials, Trial, Challenge]:
    """Read which question a file or a picture is for.

    Raises: NotFound.
    """
    trials = _trials(tube)
    try:
        trial = trials.read(token)
    except (StaleForm, OtherLearner):
        raise NotFound from None
    pair = trials.pair_of(trial)
    if pair is None or not trials.is_current(trial):
        raise NotFound
    return trials, trial, pair[1]


@bp.get("/tutoriels/<tube>/fichiers/<token>")
@open_to(Action.PRACTISE, otherwise=_expired)
def file(tube: str, token: str) -> Response:
    """Give the file of a question being tried, under its name."""
    trials, trial, challenge = _drawn(tube, token)
    return downloads.file(practice.file_of(challenge, trial, trials.reader))


@bp.get("/tutoriels/<tube>/images/<token>")
@open_to(Action.PRACTISE, otherwise=_expired)
def picture(tube: str, token: str) -> Response:
    """Draw the picture of a question being tried."""
    trials, trial, challenge = _drawn(tube, token)
    return downloads.picture(trials.exercise(challenge, trial).challenge)
