"""What is drawn for a pupil takes its place in the texts, and in the picture."""

import pytest

from portal.domain.exercises import Drawn, NothingDrawn, filled
from portal.domain.referential import Challenge, Kind, Media

DRAWN = Drawn({"ville": "Rives"}, {}, {})


def shown(media):
    challenge = Challenge("essai-1a", Kind.TEXT, "Lisez.", "Voici.", 40, media=media)
    return filled(challenge, DRAWN).media


def test_the_words_of_a_composed_picture_are_the_pupil_s_however_deep():
    parts = ({"row": {"parts": [{"label": {"rows": [{"name": "{ville}", "value": 3, "bold": True}]}}]}},)
    media = shown(Media("", "Fiche : {ville}, 3.", parts))

    assert media.alternative == "Fiche : Rives, 3."
    assert media.parts == (
        {"row": {"parts": ({"label": {"rows": ({"name": "Rives", "value": 3, "bold": True},)}},)}},
    )


def test_a_picture_in_a_file_stays_as_it_is():
    media = Media("plan.svg", "Le plan de {ville}, en accolades.")
    assert shown(media) == media
    assert shown(None) is None


def test_a_name_that_nothing_draws_is_told():
    with pytest.raises(NothingDrawn, match="pays"):
        shown(Media("", "Une carte.", ({"text": {"text": "{pays}"}},)))
