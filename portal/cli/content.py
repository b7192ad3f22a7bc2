"""The question bank from the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.bank import checks, drawings, generators
from portal.cli.bank import readable_bank
from portal.cli.preview import preview_command
from portal.labels import counted
from portal.services import bank as bank_service
from portal.settings import Settings

content_cli = AppGroup("contenu", short_help="La banque de questions.")
content_cli.add_command(preview_command)


@content_cli.command("charger")
def load_command() -> None:
    """Met dans la base les questions nouvelles ou modifiées."""
    click.echo(f"{bank_service.load(readable_bank(), at=clock.now())} questions ajoutées ou modifiées.")


@content_cli.command("generateurs")
def generators_command() -> None:
    """Écrit la page des générateurs de fichiers : paramètres, valeurs et réponses de chacun."""
    click.echo(generators.page(), nl=False)


@content_cli.command("dessins")
def drawings_command() -> None:
    """Écrit la page des dessins : les clés de chaque partie, un exemple et le texte qu’il donne."""
    click.echo(drawings.page(), nl=False)


@content_cli.command("verifier")
@click.option(
    "--graines",
    type=click.IntRange(1, 10_000),
    default=checks.SEEDS,
    show_default=True,
    help="Pour combien d’élèves tirer chaque fichier et chaque scénario (200 la nuit, ou avant de proposer).",
)
def check_command(graines: int) -> None:
    """Relit toute la banque : format, corrections, images, phrases, couverture."""
    settings: Settings = current_app.extensions["balise"]
    problems = checks.verdicts(settings.content, graines)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{counted(len(problems), 'défaut', 'défauts')} à corriger.")
    for line in checks.coverage(readable_bank()):
        click.echo(line)
    click.echo("La banque est bonne.")
