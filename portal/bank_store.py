"""The bank of this process: read once at the start."""

import os

from flask import Flask, current_app

from portal.bank.loader import Bank, BankError, load_bank
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Read the bank. Our commands start on one that cannot be read: some of them are there to mend it.

    Raises: BankError, when a server starts.
    """
    try:
        app.extensions["bank"] = load_bank(settings.content)
    except BankError as refusal:
        if "FLASK_RUN_FROM_CLI" not in os.environ:
            raise
        app.extensions["bank"] = refusal


def current_bank() -> Bank:
    """Give the bank of the running application.

    Raises: BankError if it could not be read.
    """
    bank: Bank | BankError = current_app.extensions["bank"]
    if isinstance(bank, BankError):
        raise bank
    return bank
