"""The adaptive engine from the command line: recalibrate now, replay a try."""

from uuid import UUID

import click
from flask.cli import AppGroup

from portal import clock
from portal.cli.bank import readable_bank
from portal.domain.errors import DomainError
from portal.errors import sentence_of
from portal.labels import counted
from portal.persistence.queries import calibration as queries
from portal.services import calibration, replays

engine_cli = AppGroup("moteur", short_help="Le moteur adaptatif.")


@engine_cli.command("recalibrer")
def recalibrate_command() -> None:
    """Recalcule le niveau des acquis d’après les réponses, et retire les questions suspectes."""
    report = calibration.recalibrate(readable_bank(), at=clock.now())
    read = counted(report.answers, "réponse lue", "réponses lues")
    if not report.is_kept:
        click.echo(f"{read} : il en faut au moins {calibration.LEAST_ANSWERS}. Rien ne change.")
        return
    withdrawn = counted(len(report.withdrawn), "question retirée", "questions retirées")
    click.echo(f"{read}, {counted(report.skills, 'acquis recalibré', 'acquis recalibrés')}, {withdrawn}.")
    for challenge in report.withdrawn:
        click.echo(f"  {challenge}")


@engine_cli.command("rejouer")
@click.argument("participation", type=click.UUID, required=False)
@click.option("--tout", is_flag=True, help="Toutes les participations de l’instance, l’une après l’autre.")
def replay_command(participation: UUID | None, tout: bool) -> None:
    """Recalcule chaque décision d’une participation (la fin de l’adresse de sa page), et dit ce qui diffère."""
    if (participation is None) is not tout:
        raise click.UsageError("Indiquez une participation, ou --tout.")
    keys = queries.try_keys(participation)
    if not keys:
        raise click.ClickException("Aucune participation ne porte cet identifiant.")
    count = sum(_replayed(public_id, key, is_alone=not tout) for public_id, key in keys)
    if count:
        raise click.ClickException(counted(count, "différence.", "différences."))
    if tout:
        click.echo(counted(len(keys), "participation rejouée.", "participations rejouées."))
    click.echo("Tout est recalculé à l’identique.")


def _replayed(public_id: UUID, key: int, *, is_alone: bool) -> int:
    """Replay a try, say what differs, and count it."""
    try:
        differences = replays.replay(key)
    except DomainError as error:
        if is_alone:
            raise click.ClickException(sentence_of(error)[1]) from None
        click.echo(f"{public_id} : {sentence_of(error)[1]}", err=True)
        return 0
    for one in differences:
        place = f"question {one.position}" if one.position else "résultat envoyé"
        start = "" if is_alone else f"{public_id}, "
        said = f"{one.stored} enregistré, {one.replayed} recalculé"
        click.echo(f"{start}{place}, {one.what} : {said}", err=True)
    return len(differences)
