"""The bank of this process: read once at the start."""

from flask import Flask, current_app

from portal.bank.loader import Bank, load_bank
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Read the bank."""
    app.extensions["bank"] = load_bank(settings.content)


def current_bank() -> Bank:
    """Give the bank of the running application."""
    bank: Bank = current_app.extensions["bank"]
    return bank
