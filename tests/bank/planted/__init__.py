"""Faults to plant in the good bank, each alone."""

from tests.bank.planted.around import FILES, PAGES, PATHWAYS, PICTURES, WORDING
from tests.bank.planted.questions import ANSWERS, DRAWN, SCENARIOS, SCHEMA
from tests.bank.planted.whole import BALANCE

FAULTS = [
    *SCHEMA, *SCENARIOS, *DRAWN, *ANSWERS, *BALANCE, *WORDING, *PAGES, *PICTURES, *PATHWAYS, *FILES
]  # fmt: skip
