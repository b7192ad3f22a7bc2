"""Look at questions as a pupil sees them, from the files alone: no server, no database."""

import base64
import re
import shutil
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

import click
from flask import current_app, render_template
from flask.cli import with_appcontext

from portal import samples
from portal.bank.loader import Bank
from portal.bank_store import current_bank
from portal.domain.referential import Challenge, Skill
from portal.markup import render_markdown
from portal.material.recipe import MadeFile
from portal.services import exercises
from portal.settings import Settings


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
        exercise, file = samples.exercise_of(challenge), samples.file_of(challenge)
        if drawn := exercises.picture_of(exercise.challenge):
            pages[f"{challenge.id}.svg"] = drawn.svg
        pages[names[at]] = _render(
            "content/preview.html",
            card=samples.card_of(exercise, at + 1, drawn=f"{challenge.id}.svg"),
            skill=skill,
            answers=samples.answers_of(exercise),
            explanation=render_markdown(exercise.challenge.explanation),
            following=names[at + 1] if at + 1 < len(names) else None,
            action="#",
            begin_url="#",
            leave_url="#",
            file_url=_data_url(file) if file else "",
            token="",
            error=None,
            report=None,
        )
    return pages


def _data_url(file: MadeFile) -> str:
    return f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}"


def _render(template: str, **context: Any) -> str:
    """Render a page that is read from the disk: relative addresses, and no script as nothing answers."""
    # The layouts ask who is looking: a bare request says nobody, and reads no database.
    with current_app.test_request_context("/"):
        page = render_template(template, oob=False, **context)
    page = re.sub(r"\s*<script\b[^>]*></script>", "", page)
    return page.replace('="/statique/', '="statique/').replace('href="/"', 'href="index.html"')
