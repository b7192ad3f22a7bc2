"""The adaptive engine from the command line: recalibrate now, replay a try."""

from uuid import UUID

import click
from flask.cli import AppGroup

from portal import clock
from portal.bank_store import current_bank
from portal.domain.errors import DomainError
from portal.errors import sentence_of
from portal.labels import counted
from portal.persistence.queries import calibration as queries
from portal.services import calibration, replays

engine_cli = AppGroup("moteur", short_help="Le moteur adaptatif.")


@engine_cli.command("recalibrer")
def recalibrate_command() -> None:
    """Recalcule le niveau des acquis d’après les réponses, et retire les questions suspectes."""
    report = calibration.recalibrate(current_bank(), at=clock.now())
    read = counted(report.answers, "réponse lue", "réponses lues")
    if not report.is_kept:
        click.echo(f"{read} : il en faut au moins {calibration.LEAST_ANSWERS}. Rien ne change.")
        return
    withdrawn = counted(len(report.withdrawn), "question retirée", "questions retirées")
    click.echo(f"{read}, {counted(report.skills, 'acquis recalibré', 'acquis recalibrés')}, {withdrawn}.")
    for challenge in report.withdrawn:
        click.echo(f"  {challenge}")


@engine_cli.command("rejouer")
@click.argument("participation", type=click.UUID)
def replay_command(participation: UUID) -> None:
    """Recalcule chaque décision d’une participation (la fin de l’adresse de sa page), et dit ce qui diffère."""
    key = queries.try_key(participation)
    if key is None:
        raise click.ClickException("Aucune participation ne porte cet identifiant.")
    try:
        differences = replays.replay(key)
    except DomainError as error:
        raise click.ClickException(sentence_of(error)[1]) from None
    for one in differences:
        place = f"question {one.position}" if one.position else "résultat envoyé"
        click.echo(f"{place}, {one.what} : {one.stored} enregistré, {one.replayed} recalculé", err=True)
    if differences:
        raise click.ClickException(counted(len(differences), "différence.", "différences."))
    click.echo("Tout est recalculé à l’identique.")
