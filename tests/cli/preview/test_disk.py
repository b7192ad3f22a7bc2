"""`contenu apercu --dossier` writes pages that a browser opens from the disk."""

import pytest

from portal.bank_store import current_bank
from tests.client import soup, words


@pytest.fixture
def opened(monkeypatch):
    """The addresses that the browser would have opened."""
    addresses = []
    monkeypatch.setattr("webbrowser.open", addresses.append)
    return addresses


@pytest.fixture
def preview(app, opened, tmp_path):
    """Run the command on a name, in a folder of this test."""

    def run(name, *options):
        return app.test_cli_runner().invoke(
            args=["contenu", "apercu", name, "--dossier", str(tmp_path / "vu"), *options]
        )

    return run


def first_tube():
    return next(iter(current_bank().tubes.values()))


def test_a_subject_gives_a_page_per_question_and_opens_the_list(preview, opened, tmp_path):
    tube = first_tube()
    expected = {one.id for skill in tube.skills for one in current_bank().challenges[skill.id]}

    result = preview(tube.id)

    assert result.exit_code == 0, result.output
    pages = {path.stem for path in (tmp_path / "vu").glob("*.html")}
    assert pages == expected | {"index"}
    assert opened == [(tmp_path / "vu" / "index.html").as_uri()]


def test_a_skill_or_a_question_may_be_asked_for(preview, tmp_path):
    skill = first_tube().skills[0]
    variants = current_bank().challenges[skill.id]

    preview(skill.id)
    assert len(list((tmp_path / "vu").glob("*.html"))) == len(variants) + 1

    page = tmp_path / "vu" / f"{variants[0].id}.html"
    page.unlink()
    preview(variants[0].id)
    assert page.exists()


def test_every_question_of_the_bank_is_a_whole_page_that_needs_no_server(preview, tmp_path):
    for tube in current_bank().tubes:
        result = preview(tube, "--sans-navigateur")
        assert result.exit_code == 0, result.output

    for path in (tmp_path / "vu").glob("*.html"):
        html = path.read_text("utf-8")
        assert "<script" not in html
        for node in soup(html).select("[src], [href]"):
            target = str(node.get("src") or node["href"]).partition("#")[0]
            if target.startswith("data:") or not target:
                continue
            assert (path.parent / target).is_file(), f"{path.name}: {target}"


def test_the_author_reads_the_answer_below_the_card(preview, tmp_path):
    challenge = current_bank().challenges[first_tube().skills[0].id][0]

    preview(challenge.id)

    page = soup((tmp_path / "vu" / f"{challenge.id}.html").read_text("utf-8"))
    below = words(page.select_one("details"))
    rights = [one.text for one in challenge.proposals if one.right]
    solutions = [solution for entry in challenge.entries for solution in entry.solutions]
    assert any(" ".join(answer.split()) in below for answer in rights + solutions)
    assert page.select_one("#card form")


def test_an_unknown_name_is_said(preview, opened):
    result = preview("rien-de-tel")

    assert result.exit_code == 1
    assert "« rien-de-tel » n’est ni un sujet" in result.output
    assert not opened
