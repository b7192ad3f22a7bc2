"""`contenu verifier` prints the table, then says what to correct."""

from portal.bank import checks


def test_a_good_bank_is_said_to_be_good(app):
    result = app.test_cli_runner().invoke(args=["contenu", "verifier"])

    assert result.exit_code == 0, result.output
    assert "Ensemble" in result.output
    assert result.output.endswith("La banque est bonne.\n")


def test_defects_are_listed_and_fail_the_command(app, monkeypatch):
    monkeypatch.setattr(checks, "problems", lambda *_: ["un défaut", "un autre"])

    result = app.test_cli_runner().invoke(args=["contenu", "verifier"])

    assert result.exit_code == 1
    assert "un défaut\nun autre\n" in result.output
    assert "2 défauts à corriger." in result.output
