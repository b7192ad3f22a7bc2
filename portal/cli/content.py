"""The question bank from the command line."""

import time

import click
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.bank import checks, drawings, generators
from portal.bank_store import current_bank
from portal.cli.preview import preview_command
from portal.services import bank as bank_service
from portal.services import forecasts
from portal.settings import Settings

content_cli = AppGroup("contenu", short_help="La banque de questions.")
content_cli.add_command(preview_command)


@content_cli.command("charger")
def load_command() -> None:
    """Met dans la base les questions nouvelles ou modifiées, et calcule la longueur des parcours."""
    bank = current_bank()
    click.echo(f"{bank_service.load(bank, at=clock.now())} questions ajoutées ou modifiées.")
    begun = time.perf_counter()
    made = forecasts.refresh(bank, at=clock.now())
    click.echo(f"{made} longueurs de parcours calculées en {time.perf_counter() - begun:.0f} s.")


@content_cli.command("generateurs")
def generators_command() -> None:
    """Écrit la page des générateurs de fichiers : paramètres, valeurs et réponses de chacun."""
    click.echo(generators.page(), nl=False)


@content_cli.command("dessins")
def drawings_command() -> None:
    """Écrit la page des dessins : les clés de chaque partie, un exemple et le texte qu’il donne."""
    click.echo(drawings.page(), nl=False)


@content_cli.command("verifier")
def check_command() -> None:
    """Relit toute la banque : format, corrections, images, phrases, couverture."""
    settings: Settings = current_app.extensions["balise"]
    bank = current_bank()
    problems = checks.problems(bank, settings.content)
    for line in checks.coverage(bank):
        click.echo(line)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} défauts à corriger.")
    click.echo("La banque est bonne.")
