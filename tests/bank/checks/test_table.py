"""The table of what the bank covers."""

from portal.bank import checks
from portal.bank.loader import load_bank
from tests.bank.small import NB


def test_the_table_counts_subjects_skills_and_questions(written):
    lines = checks.coverage(load_bank(written()))

    rows = [line.split() for line in lines]
    assert ["1.1", "Gérer", "des", "fichiers", "1", "2", "7"] in rows
    assert ["Ensemble", "1", "2", "7"] in rows
    assert ["ranger", "Ranger", "1", "2"] in rows
    assert any(row[:2] == ["choix", "unique"] and row[2:4] == ["1", "14"] for row in rows)
    assert any(line.startswith("Questions où l’on fait") and f"71{NB}%" in line for line in lines)
    assert "Acquis par niveau : 1 → 1, 2 → 0, 3 → 0, 4 → 1" in "\n".join(lines)
