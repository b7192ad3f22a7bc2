"""A question or a scenario on the preview: shown, played, answered, corrected, for ten pupils one after another."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, request, url_for

from portal import cards, clock, downloads, htmx, samples
from portal.bank.workshop import Found, What, Workshop
from portal.cards import Card, given_of
from portal.cli.preview import pages
from portal.cli.preview.desk import Desk
from portal.cli.preview.views import expected
from portal.domain.errors import DomainError
from portal.domain.referential import Challenge, Skill
from portal.errors import sentence_of
from portal.markup import render_markdown
from portal.material.simulators.scenario import Refused
from portal.reading import whole_number


class _Room:
    """The views of one workshop, and what was done in it."""

    def __init__(self, workshop: Workshop, token: str) -> None:
        self.workshop = workshop
        self.desk = Desk(workshop)
        self.token = token

    def show(self, what: str, name: str) -> Response:
        found = expected(self.workshop, What(what), name)
        if isinstance(found, Response):
            return found
        challenge = self.challenge(found)
        return make_response(self.page(found, challenge, fragment=None))

    def challenge(self, found: Found) -> Challenge:
        if found.what is What.SCENARIO:
            scene = self.workshop.scene(found.name)
            return scene or abort(404)
        every = self.workshop.bank.every_challenge()
        return next((one for _, one in every if one.id == found.name), None) or abort(404)

    def asked(self, what: str, name: str) -> tuple[Found, Challenge]:
        """Read which question a form is about; another site cannot send one."""
        if request.method == "POST" and request.form.get("jeton") != self.token:
            abort(400)
        found = expected(self.workshop, What(what), name)
        if isinstance(found, Response):
            abort(found)
        return found, self.challenge(found)

    def page(self, found: Found, challenge: Challenge, *, fragment: str | None) -> Response:
        """Show a question; below it, unless a fragment is asked for, all that its author reads."""
        work, exercise = self.desk.work(challenge, drawn()), self.desk.exercise(challenge, drawn())
        return htmx.render(
            "content/question.html",
            fragment=fragment,
            oob=("content/_answered.html",) if fragment else (),
            status=422 if work.error and fragment else 200,
            card=self.card(found, challenge),
            action=self.url("answer", found),
            **{f"{step}_url": self.url(step, found) for step in ("begin", "leave", "file", "again")},
            token=self.token,
            error=work.error,
            report=None,
            answered=pages.answered(exercise, work),
            answers=samples.answers_of(exercise),
            explanation=render_markdown(exercise.challenge.explanation),
            **({} if fragment else self.below(found, challenge)),
        )

    def card(self, found: Found, challenge: Challenge) -> Card:
        work = self.desk.work(challenge, drawn())
        refused, work.refused = work.refused, None
        return pages.card(
            self.desk,
            challenge,
            drawn(),
            rank=self.beside(found)[1],
            action=self.url("gesture", found),
            drawn_url=self.url("picture", found),
            refused=refused,
            now=clock.now(),
        )

    def below(self, found: Found, challenge: Challenge) -> dict[str, Any]:
        """Give what only the author reads."""
        skill, _, following = self.beside(found)
        exercise = self.desk.exercise(challenge, drawn())
        return {
            "facts": list(pages.facts(exercise.challenge, skill)),
            "draws": pages.draws(self.desk, self.workshop, challenge),
            "number": drawn() + 1,
            "url_of_draw": lambda one: url_for(
                "apercu_question.show", what=found.what, name=found.name, tirage=one
            ),
            "verdicts": pages.verdicts(self.workshop.verdicts(found), own=found.files[0]),
            "file": found.files[0],
            "subject": skill.tube if skill else None,
            "following": following,
        }

    def beside(self, found: Found) -> tuple[Skill | None, int, str | None]:
        """Give the skill of a question, its rank in the subject and the question after it."""
        every = list(self.workshop.bank.every_challenge())
        at = next((at for at, (_, one) in enumerate(every) if one.id == found.name), None)
        if at is None:
            return None, 1, None
        skill = every[at][0]
        mine = [one.id for other, one in every if other.tube == skill.tube]
        rank = mine.index(found.name)
        return skill, rank + 1, mine[rank + 1] if rank + 1 < len(mine) else None

    def url(self, step: str, found: Found) -> str:
        return url_for(f"apercu_question.{step}", what=found.what, name=found.name, tirage=drawn() + 1)

    def back(self, found: Found, anchor: str | None = None) -> Response:
        where = url_for(
            "apercu_question.show", what=found.what, name=found.name, tirage=drawn() + 1, _anchor=anchor
        )
        return htmx.redirect_to(where)

    def answer(self, what: str, name: str) -> Response:
        found, challenge = self.asked(what, name)
        number = drawn()
        work, exercise = self.desk.work(challenge, number), self.desk.exercise(challenge, number)
        given = None
        if "passer" not in request.form:
            given = given_of(exercise.challenge, self.desk.question_of(challenge, number), request.form)
        try:
            self.desk.answer(challenge, number, given, at=clock.now())
        except DomainError as error:
            work.error = sentence_of(error)[1]
        if htmx.wants_fragment():
            return self.page(found, challenge, fragment="player/_card.html")
        return self.back(found, anchor="correction")

    def gesture(self, what: str, name: str) -> Response:
        found, challenge = self.asked(what, name)
        number, refused = drawn(), None
        fields = {key: value for key, value in request.form.items() if key != "jeton"}
        try:
            exercise = self.desk.take_gesture(challenge, number, fields)
        except Refused as refusal:
            refused, exercise = str(refusal), self.desk.exercise(challenge, number)
        if not htmx.wants_fragment():
            self.desk.work(challenge, number).refused = refused
            return self.back(found, anchor="simulateur")
        shown = cards.simulation(exercise, self.url("gesture", found), refused)
        page = "simulators/_simulator.html"
        return htmx.render(
            page, fragment=page, status=422 if refused else 200, simulator=shown, token=self.token
        )

    def begin(self, what: str, name: str) -> Response:
        found, challenge = self.asked(what, name)
        self.desk.begin(challenge, drawn(), clock.now())
        return (
            self.page(found, challenge, fragment="player/_card.html")
            if htmx.wants_fragment()
            else self.back(found)
        )

    def again(self, what: str, name: str) -> Response:
        found, challenge = self.asked(what, name)
        self.desk.start_again(challenge, drawn())
        return self.back(found)

    def leave(self, what: str, name: str) -> Response:
        _, challenge = self.asked(what, name)
        self.desk.work(challenge, drawn()).exits += 1
        return make_response("", 204)

    def picture(self, what: str, name: str) -> Response:
        _, challenge = self.asked(what, name)
        return downloads.picture(self.desk.exercise(challenge, drawn()).challenge)

    def file(self, what: str, name: str) -> Response:
        _, challenge = self.asked(what, name)
        made = self.workshop.made(challenge, drawn()).file if challenge.recipe else None
        return downloads.file(made)


def drawn() -> int:
    """Read which pupil the address is about: the first one is written 1."""
    return max(1, min(10_000, whole_number(request.args.get("tirage", "1")) or 1)) - 1


def make(workshop: Workshop, token: str) -> Blueprint:
    """Make the views of one workshop."""
    bp, room = Blueprint("apercu_question", __name__), _Room(workshop, token)
    base = "/<any(question, scenario):what>/<name>"
    bp.add_url_rule(base, "show", room.show)
    bp.add_url_rule(f"{base}/fichier", "file", room.file)
    bp.add_url_rule(f"{base}/image", "picture", room.picture)
    for path, name, view in (
        ("reponse", "answer", room.answer),
        ("gestes", "gesture", room.gesture),
        ("debut", "begin", room.begin),
        ("recommencer", "again", room.again),
        ("sortie", "leave", room.leave),
    ):
        bp.add_url_rule(f"{base}/{path}", name, view, methods=["POST"])
    return bp
