from portal.domain.referential import Area, Competence, Referential


def test_competences_come_in_reading_order():
    one, two = Competence("1.1", "Chercher", "1"), Competence("2.1", "Interagir", "2")
    framework = Referential((Area("1", "Information", (one,)), Area("2", "Communication", (two,))))

    assert list(framework.competences()) == [one, two]
