"""Look at questions as a pupil sees them, from the files alone: no server, no database."""

import random
import re
import shutil
import tempfile
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
from portal.domain.marking import Given
from portal.domain.referential import CHOICES, Challenge, Kind, Skill
from portal.markup import render_markdown
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
    typed: Given
    resumed: str = ""


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
        pages[names[at]] = _render(
            "content/preview.html",
            card=_card(challenge, at + 1),
            skill=skill,
            answers=_answers(challenge),
            explanation=render_markdown(challenge.explanation),
            following=names[at + 1] if at + 1 < len(names) else None,
            action="#",
            token="",
            error=None,
        )
    return pages


def _card(challenge: Challenge, number: int) -> _Card:
    order = list(range(len(challenge.proposals)))
    if challenge.shuffle:
        random.Random(challenge.id).shuffle(order)
    return _Card(
        number=number,
        percent=0,
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=asset(f"medias/{challenge.media.file}") if challenge.media else None,
        is_choice=challenge.kind in CHOICES,
        is_multiple=challenge.kind is Kind.MULTIPLE_CHOICE,
        order=tuple(order),
        typed=Given(),
    )


def _answers(challenge: Challenge) -> list[str]:
    """Give the accepted answers, all spellings of one thing on one line."""
    if challenge.kind in CHOICES:
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
