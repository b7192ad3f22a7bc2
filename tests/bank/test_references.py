"""What a file names in another is there, or the author is told the line."""

import pytest
import yaml

from portal.bank.loader import BankError, load_bank


def test_the_themes_of_a_subject_are_those_of_the_framework(written, tube, files):
    framework = yaml.safe_load(files["referentiel.yaml"])
    framework["topics"] = [{"id": "fichiers", "title": "Fichiers et dossiers"}]
    files["referentiel.yaml"] = yaml.safe_dump(framework)
    tube["topics"] = ["fichiers"]

    bank = load_bank(written())

    assert bank.tubes["dossiers"].topics == ("fichiers",)
    assert [one.title for one in bank.referential.topics] == ["Fichiers et dossiers"]


def test_an_unknown_theme_is_refused_with_its_line(written, tube):
    tube["topics"] = ["inconnu"]

    with pytest.raises(BankError, match=r"dossiers\.yaml, ligne \d+ : le thème « inconnu » n’est pas"):
        load_bank(written())


@pytest.fixture
def follow(pathway, files):
    """Write other parcours, each with those that come before it."""

    def write(**before):
        for name, prerequisites in before.items():
            one = pathway | {"id": name, "prerequisites": prerequisites}
            files[f"parcours/thematique/{name}.yaml"] = yaml.safe_dump(one, allow_unicode=True)

    return write


def test_parcours_may_come_one_after_the_other(written, pathway, follow):
    follow(un=[], deux=["un"])
    pathway |= {"prerequisites": ["un", "deux"], "locked": True}

    read = load_bank(written()).pathways

    assert read["ranger"].prerequisites == ("un", "deux") and read["ranger"].is_locked
    assert read["deux"].prerequisites == ("un",) and not read["deux"].is_locked


def test_an_unknown_parcours_before_another_is_refused_with_its_line(written, pathway):
    pathway["prerequisites"] = ["avant"]

    with pytest.raises(
        BankError, match=r"ranger\.yaml, ligne \d+ : le parcours préalable « avant » n’existe pas"
    ):
        load_bank(written())


@pytest.mark.parametrize("before", [{"un": ["deux"], "deux": ["un"]}, {"un": ["un"]}])
def test_parcours_that_wait_for_each_other_are_refused(written, follow, before):
    follow(**before)

    with pytest.raises(BankError) as refusal:
        load_bank(written())

    assert len(refusal.value.problems) == len(before)
    told = [str(one) for one in refusal.value.problems]
    assert all("ligne" in one and "attend lui-même" in one for one in told)


def test_a_circle_of_three_is_seen_from_each(written, follow):
    follow(un=["deux"], deux=["trois"], trois=["un"])

    with pytest.raises(BankError) as refusal:
        load_bank(written())

    assert len(refusal.value.problems) == 3


def test_a_locked_parcours_says_what_opens_it(written, pathway):
    pathway["locked"] = True

    with pytest.raises(BankError, match="verrouillé dit lesquels"):
        load_bank(written())
