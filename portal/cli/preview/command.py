"""`contenu apercu`."""

import logging
import webbrowser
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from waitress.server import create_server

from portal.bank.workshop import Found, Workshop
from portal.cli.preview import disk
from portal.cli.preview.server import address_of, make_app
from portal.settings import Settings

UNKNOWN = "n’est ni un sujet, ni un acquis, ni une question, ni un scénario, ni un parcours."


@click.command("apercu", short_help="Montre une partie de la banque comme un élève la voit.")
@click.argument("name", metavar="NOM|FICHIER")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port d’écoute (un port libre si rien n’est dit).",
)
@click.option("--sans-navigateur", is_flag=True, help="N’ouvre pas le navigateur.")
@click.option(
    "--dossier",
    type=click.Path(file_okay=False, path_type=Path),
    help="Écrit des pages dans ce dossier, pour un sujet, un acquis ou une question, au lieu de les servir.",
)
@with_appcontext
def preview_command(name: str, port: int, sans_navigateur: bool, dossier: Path | None) -> None:
    """Montre une question, un acquis, un sujet, un scénario ou un parcours, et suit le fichier que vous écrivez.

    On y répond pour de bon. Aucune donnée du portail n’est lue ni écrite.
    """
    settings: Settings = current_app.extensions["balise"]
    workshop = Workshop(settings.content)
    found = workshop.find(name)
    if found is None and not workshop.unreadable(None, name):
        raise click.ClickException(f"« {name} » {UNKNOWN}")
    if dossier is not None:
        _write(workshop, found, dossier, sans_navigateur)
    else:
        _serve(workshop, settings, found, name, port, sans_navigateur)


def _write(workshop: Workshop, found: Found | None, folder: Path, silent: bool) -> None:
    index = disk.write(workshop, found, folder)
    click.echo(f"Aperçu écrit : {index}")
    if not silent:
        webbrowser.open(index.as_uri())


def _serve(
    workshop: Workshop, settings: Settings, found: Found | None, name: str, port: int, silent: bool
) -> None:
    # One request after another: the files are read again in between, never under way.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(make_app(workshop, settings), host="127.0.0.1", port=port, threads=1, ident=None)
    url = f"http://127.0.0.1:{server.effective_port}{address_of(found, name)}"
    click.echo(f"Aperçu : {url}  (la page suit vos fichiers, Ctrl-C pour arrêter)")
    if not silent:
        webbrowser.open(url)
    server.run()
