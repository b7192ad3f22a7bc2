"""The school from the command line: what the first-run page does, and an administrator locked out."""

import click
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.cli.bank import readable_bank
from portal.cli.serve import prepare
from portal.domain import demonstration as world
from portal.domain.errors import DomainError
from portal.errors import sentence_of
from portal.services import demonstration, demonstration_summary, schools

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


@school_cli.command("demonstration")
@click.option(
    "--supprimer", is_flag=True, help="Supprime l’établissement de démonstration et tout ce qu’il contient."
)
@click.option(
    "--bilan", is_flag=True, help="Compare les élèves qui avaient répondu l’an dernier et les autres."
)
def demonstration_command(supprimer: bool, bilan: bool) -> None:
    """Crée un collège-lycée imaginaire : 600 élèves, deux années de campagnes et de résultats simulés."""
    try:
        if supprimer:
            demonstration.remove(_demonstration_id())
            click.echo("L’établissement de démonstration est supprimé.")
        elif bilan:
            _print_summary(_demonstration_id())
        else:
            _create_demonstration()
    except DomainError as error:
        raise click.ClickException(sentence_of(error)[1]) from None


def _demonstration_id() -> int:
    school = demonstration.find()
    if school is None:
        raise demonstration.NoDemonstration("Aucun établissement de démonstration n’existe ici.")
    return school.id


def _create_demonstration() -> None:
    prepare(current_app.extensions["balise"])
    click.echo("Une à deux minutes : les élèves simulés répondent par les mêmes services que les vrais.")
    made = demonstration.create(readable_bank(), at=clock.now(), tell=_tell)
    click.echo(f"{world.SCHOOL_NAME} est prêt. Notez ces accès, ils ne seront plus montrés :")
    click.echo(f"  référent (RUPN) : {made.email}")
    click.echo(f"  son mot de passe, et celui de ses collègues : {made.password}")
    click.echo(f"  mot de passe de chaque élève : {made.passphrase}")
    click.echo("Pour tout supprimer : flask --app wsgi etablissement demonstration --supprimer")


def _tell(progress: demonstration.Progress) -> None:
    if progress.done % max(1, progress.total // 10) == 0:
        click.echo(f"{progress.done} participations sur {progress.total}")


def _print_summary(school_id: int) -> None:
    lines = demonstration_summary.summary(school_id)
    if not lines:
        click.echo("Aucun parcours n’a été terminé par assez d’élèves de chaque sorte.")
        return
    click.echo("Questions par participation terminée, cette année : moyenne ± erreur type (effectif)")
    for line in lines:
        click.echo(
            f"{line.pathway}, {line.grade} : {_written(line.returning)} avec des réponses de l’an dernier, "
            f"{_written(line.new)} sans"
        )


def _written(group: demonstration_summary.Group) -> str:
    error = "–" if group.error is None else f"{group.error:.1f}"
    return f"{group.mean:.1f} ± {error} ({group.count})".replace(".", ",")
