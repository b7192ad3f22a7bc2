"""The school from the command line: what the first-run page does, and an administrator locked out."""

import click
from flask.cli import AppGroup

from portal import clock
from portal.domain.errors import DomainError
from portal.errors import sentence_of
from portal.services import schools

school_cli = AppGroup("etablissement", short_help="L’établissement et ses comptes.")


@school_cli.command("creer")
@click.option("--nom", required=True, help="Nom de l’établissement.")
@click.option("--uai", required=True, help="Sept chiffres et une lettre.")
@click.option("--prenom", required=True)
@click.option("--nom-de-famille", required=True)
@click.option("--adresse", required=True, help="Adresse électronique du référent (RUPN).")
@click.password_option("--mot-de-passe", help="12 caractères au moins.")
def create_command(
    nom: str, uai: str, prenom: str, nom_de_famille: str, adresse: str, mot_de_passe: str
) -> None:
    """Crée l’établissement et le compte de son référent numérique."""
    draft = schools.SchoolDraft(
        name=nom, uai=uai, first_name=prenom, last_name=nom_de_famille, email=adresse, password=mot_de_passe
    )
    try:
        schools.set_up(draft, at=clock.now())
    except DomainError as error:
        raise click.ClickException(sentence_of(error)[1]) from None
    click.echo(f"{nom} est créé. Connectez-vous avec l’adresse {adresse}.")


@school_cli.command("mot-de-passe")
@click.option("--adresse", required=True)
@click.password_option("--mot-de-passe", help="12 caractères au moins.")
def password_command(adresse: str, mot_de_passe: str) -> None:
    """Donne un nouveau mot de passe à un membre, et débloque son compte."""
    try:
        schools.reset_password(adresse, mot_de_passe)
    except DomainError as error:
        raise click.ClickException(sentence_of(error)[1]) from None
    click.echo("Le mot de passe est changé, les sessions ouvertes sont fermées.")
