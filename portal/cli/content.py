"""The question bank from the command line."""

import json
import time
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.bank import checks, drawings, generators
from portal.bank.coverage import coverage
from portal.cli.bank import readable_bank
from portal.cli.preview import preview_command
from portal.labels import counted
from portal.services import bank as bank_service
from portal.services import forecasts
from portal.settings import Settings

content_cli = AppGroup("contenu", short_help="La banque de questions.")
content_cli.add_command(preview_command)


@content_cli.command("charger")
def load_command() -> None:
    """Met dans la base les questions nouvelles ou modifiées, et calcule la longueur des parcours."""
    bank = readable_bank()
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
@click.option(
    "--graines",
    type=click.IntRange(1, 10_000),
    default=checks.SEEDS,
    show_default=True,
    help="Pour combien d’élèves tirer chaque fichier et chaque scénario (200 la nuit, ou avant de proposer).",
)
def check_command(graines: int) -> None:
    """Relit toute la banque : format, corrections, images, phrases, parcours."""
    settings: Settings = current_app.extensions["balise"]
    problems = checks.verdicts(settings.content, graines)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{counted(len(problems), 'défaut', 'défauts')} à corriger.")
    click.echo("La banque est bonne.")


@content_cli.command("couverture")
@click.option("--json", "as_json", is_flag=True, help="Écrit du JSON, pour un autre programme.")
@click.option("--manques", is_flag=True, help="N’écrit que ce qui n’y est pas encore.")
def coverage_command(as_json: bool, manques: bool) -> None:
    """Compare la banque à ce qu’on lui demande (objectifs.yaml) : ce qu’il y a, ce qu’il faut, ce qui manque."""
    found = {
        section: [line for line in lines if not (manques and line.is_met)]
        for section, lines in coverage(readable_bank()).items()
    }
    if as_json:
        content = {
            section: [asdict(one) | {"met": one.is_met} for one in lines] for section, lines in found.items()
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    for section, lines in found.items():
        click.echo(f"\n{section}\n")
        for line in lines:
            click.echo(line)
    every = [line for lines in found.values() for line in lines]
    click.echo(f"\n{counted(sum(not line.is_met for line in every), 'objectif', 'objectifs')} à atteindre.")
