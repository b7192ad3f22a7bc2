"""The bank, for the commands that need it whole."""

import click

from portal.bank.loader import Bank, BankError
from portal.bank_store import current_bank


def readable_bank() -> Bank:
    """Give the bank, or stop the command with what has to be mended in it."""
    try:
        return current_bank()
    except BankError as refusal:
        for problem in refusal.problems:
            click.echo(problem, err=True)
        raise click.ClickException("La banque ne se lit pas : corrigez d’abord ces fichiers.") from None
