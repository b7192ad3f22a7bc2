"""Look at questions as a pupil sees them, from the files alone: no server, no database."""

import base64
import random
import re
import shutil
import tempfile
import uuid
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from flask import current_app, render_template
from flask.cli import with_appcontext
from markupsafe import Markup

from portal.assets import asset
from portal.bank.loader import Bank
from portal.bank_store import current_bank
from portal.domain.marking import Given, expects_several
from portal.domain.referential import CHOSEN, Challenge, Kind, Skill
from portal.markup import render_markdown
from portal.material.recipe import MadeFile
from portal.services import exercises
from portal.services.exercises import Exercise, Simulation
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class _Card:
    """What player/_card.html reads, for a question that nobody is answering."""

    number: int
    percent: int
    challenge: Challenge
    instruction: Markup
    picture: str | None
    is_choice: bool
    is_multiple: bool
    order: tuple[int, ...]
    options: tuple[tuple[str, ...], ...]
    typed: Given
    has_file: bool
    simulator: Simulation | None
    resumed: str = ""
    clock: None = None


@click.command("apercu", short_help="Montre une question ou un sujet comme un élève les voit.")
@click.argument("name", metavar="SUJET|ACQUIS|QUESTION")
@click.option(
    "--dossier",
    type=click.Path(file_okay=False, path_type=Path),
    help="Où écrire les pages (un dossier temporaire si rien n’est dit).",
)
@click.option("--sans-navigateur", is_flag=True, help="Écrit les pages sans les ouvrir.")
@with_appcontext
def preview_command(name: str, dossier: Path | None, sans_navigateur: bool) -> None:
    """Écrit une page par question, puis ouvre la liste dans le navigateur. Aucune donnée n’est touchée."""
    chosen = _chosen(current_bank(), name)
    if not chosen:
        raise click.ClickException(f"« {name} » n’est ni un sujet, ni un acquis, ni une question.")
    folder = dossier or Path(tempfile.mkdtemp(prefix="balise-apercu-"))
    _copy_assets(folder)
    for filename, page in _pages(chosen).items():
        (folder / filename).write_text(page, "utf-8")
    index = (folder / "index.html").resolve()
    click.echo(f"Aperçu écrit : {index}")
    if not sans_navigateur:
        webbrowser.open(index.as_uri())


def _chosen(bank: Bank, name: str) -> list[tuple[Skill, Challenge]]:
    return [
        (skill, challenge)
        for skill, challenge in bank.every_challenge()
        if name in {skill.tube, skill.id, challenge.id}
    ]


def _copy_assets(folder: Path) -> None:
    settings: Settings = current_app.extensions["balise"]
    for name in current_app.extensions["assets"].values():
        target = folder / "statique" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings.instance / "statiques" / name, target)


def _pages(chosen: list[tuple[Skill, Challenge]]) -> dict[str, str]:
    """Render the list and every question, by file name."""
    names = [f"{challenge.id}.html" for _, challenge in chosen]
    pages = {"index.html": _render("content/preview_list.html", chosen=chosen)}
    for at, (skill, challenge) in enumerate(chosen):
        exercise, file = _sample(challenge)
        if drawn := exercises.picture_of(exercise.challenge):
            pages[f"{challenge.id}.svg"] = drawn.svg
        pages[names[at]] = _render(
            "content/preview.html",
            card=_card(exercise, at + 1),
            skill=skill,
            answers=_answers(exercise),
            explanation=render_markdown(exercise.challenge.explanation),
            following=names[at + 1] if at + 1 < len(names) else None,
            action="#",
            begin_url="#",
            leave_url="#",
            file_url=_data_url(file) if file else "",
            token="",
            error=None,
        )
    return pages


def _sample(challenge: Challenge) -> tuple[Exercise, MadeFile | None]:
    """Make a question as for some pupil, with the file."""
    seed = uuid.uuid5(uuid.NAMESPACE_URL, challenge.id)
    file = exercises.made_for(challenge, seed).file if challenge.recipe else None
    return exercises.exercise_from(challenge, seed, exercises.begun(challenge, seed)), file


def _data_url(file: MadeFile) -> str:
    return f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}"


def _card(exercise: Exercise, number: int) -> _Card:
    challenge, scenario = exercise.challenge, exercise.scenario
    order = list(range(len(challenge.proposals)))
    if challenge.shuffle or challenge.kind is Kind.ORDERING:
        random.Random(challenge.id).shuffle(order)
    simulator = None
    if scenario is not None:
        screen = scenario.screen(scenario.begin())
        simulator = Simulation(scenario.simulator, scenario.title, screen, "#", None)
    return _Card(
        number=number,
        percent=0,
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=_picture(challenge),
        is_choice=challenge.kind in CHOSEN,
        is_multiple=expects_several(challenge),
        order=tuple(order),
        options=tuple(entry.options for entry in challenge.entries),
        typed=Given(),
        has_file=exercise.has_file,
        simulator=simulator,
    )


def _picture(challenge: Challenge) -> str | None:
    if challenge.media is None:
        return None
    return f"{challenge.id}.svg" if challenge.media.parts else asset(f"medias/{challenge.media.file}")


def _answers(exercise: Exercise) -> list[str]:
    """Give the accepted answers, all spellings of one thing on one line; for a simulator, the gestures."""
    challenge = exercise.challenge
    if exercise.scenario:
        steps = exercise.scenario.solution
        return [", ".join([one.do, *map(str, (one.model_extra or {}).values())]) for one in steps]
    if challenge.proposals:
        return [proposal.text for proposal in challenge.proposals if proposal.right]
    if challenge.groups:
        return [" / ".join(group) for group in challenge.groups]
    return [f"{entry.label}\u00a0: {' / '.join(entry.solutions)}" for entry in challenge.entries]


def _render(template: str, **context: Any) -> str:
    """Render a page that is read from the disk: relative addresses, and no script as nothing answers."""
    # The layouts ask who is looking: a bare request says nobody, and reads no database.
    with current_app.test_request_context("/"):
        page = render_template(template, oob=False, **context)
    page = re.sub(r"\s*<script\b[^>]*></script>", "", page)
    return page.replace('="/statique/', '="statique/').replace('href="/"', 'href="index.html"')
