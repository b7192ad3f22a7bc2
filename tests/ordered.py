"""Parcours of the bank put in an order, for a test: « c-4-3 » after « c-2-4 » and « c-4-1 »."""

from dataclasses import replace

from flask import Flask

from portal.bank.loader import Bank
from portal.bank_store import current_bank

LAST, FIRST, SECOND = "c-4-3", "c-2-4", "c-4-1"


def ordered(bank: Bank, *, is_locked: bool) -> Bank:
    """Give the bank in which the last parcours waits for the two others, or should."""
    last = replace(bank.pathways[LAST], prerequisites=(FIRST, SECOND), is_locked=is_locked)
    return replace(bank, pathways=bank.pathways | {LAST: last})


def put_in_order(monkeypatch, app: Flask, *, is_locked: bool = True) -> Bank:
    """Let the application run with that bank."""
    bank = ordered(current_bank(), is_locked=is_locked)
    monkeypatch.setitem(app.extensions, "bank", bank)
    return bank
