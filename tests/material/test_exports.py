"""Calendars, address books and tracks: what a program that imports them would show."""

import re
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from portal.material.agenda import Agenda
from portal.material.contacts import Contacts
from portal.material.track import Track
from tests.material.checking import check, read_day


def cards(content: bytes, kind: str) -> list[dict[str, str]]:
    """Read the blocks of an iCalendar or vCard file: parameters are kept in the name of the property."""
    text = content.decode("utf-8")
    assert text.count("\n") == text.count("\r\n") and text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        assert len(line.encode()) <= 75, "a long line must be folded"
        if line == f"BEGIN:{kind}":
            found.append({})
        elif found and ":" in line:
            name, _, value = line.partition(":")
            found[-1].setdefault(name, value)
    assert sum(line == f"END:{kind}" for line in lines) == len(found)
    return found


def agenda(made, recipe):
    events = sorted(
        (
            datetime.strptime(each["DTSTART"], "%Y%m%dT%H%M%S"),
            datetime.strptime(each["DTEND"], "%Y%m%dT%H%M%S"),
            each["SUMMARY"],
            each["LOCATION"],
        )
        for each in cards(made.file.content, "VEVENT")
    )
    assert all(before[1] <= after[0] for before, after in zip(events, events[1:], strict=False)), (
        "two at once"
    )
    assert len({each["UID"] for each in cards(made.file.content, "VEVENT")}) == len(events)
    asked_day = read_day(made.values["jour"])
    today = [event for event in events if event[0].date() == asked_day]
    (asked,) = [event for event in today if event[2] == made.values["reunion"]]
    later = [event for event in events if event[0].date() > asked_day and event[2] == made.values["suivante"]]
    wanted, at = timedelta(minutes=int(made.values["minutes"])), datetime(*asked_day.timetuple()[:3], 8)
    while any(event[0] < at + wanted and event[1] > at for event in today):
        at += timedelta(minutes=1)
    return {
        "premier_creneau": at.time(),
        "duree": (asked[1] - asked[0]).seconds // 60,
        "lieu": asked[3],
        "prochaine_date": later[0][0].date(),
        "prochaine_heure": later[0][0].time(),
        "compte_jour": len(today),
    }


@pytest.mark.parametrize(
    "parameters", [{}, {"days": 3, "free_minutes": 90}, {"days": 15, "free_minutes": 30}]
)
def test_a_calendar_gives_the_free_moment_and_the_next_meeting(parameters):
    check(Agenda(**parameters), agenda, set())


def contacts(made, recipe):
    found = cards(made.file.content, "VCARD")
    (asked,) = [each for each in found if each["ORG"] == made.values["organisation"]]
    counts = Counter(each["FN"] for each in found)
    (twice,) = [name for name, count in counts.items() if count == 2]
    assert asked["FN"] == made.values["personne"] != twice
    first, second = (place for place, each in enumerate(found) if each["FN"] == twice)
    assert first > 0 and second - first >= len(found) // 2, "found at a glance"
    assert all(re.fullmatch(r"06 39 98 \d\d \d\d", each["TEL;TYPE=CELL"]) for each in found)
    assert all(re.fullmatch(r"01 99 00 \d\d \d\d", each["TEL;TYPE=WORK"]) for each in found)
    assert all(re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", each["EMAIL"]) for each in found)
    return {
        "mobile": asked["TEL;TYPE=CELL"],
        "courriel": asked["EMAIL"],
        "nom": asked["FN"],
        "doublon": twice,
        "compte_personnes": len(counts),
        "compte_collegues": len({each["FN"] for each in found if each["ORG"] == made.values["collegues"]}),
    }


@pytest.mark.parametrize("people", [18, 8, 28])
def test_an_address_book_gives_a_number_and_a_duplicate(people):
    check(Contacts(people=people), contacts, {"mobile", "courriel", "nom", "doublon"})


def track(made, recipe):
    gpx = "{http://www.topografix.com/GPX/1/1}"
    tree = etree.fromstring(made.file.content)
    points = tree.findall(f"{gpx}trk/{gpx}trkseg/{gpx}trkpt")
    heights = [Decimal(point.findtext(f"{gpx}ele") or "") for point in points]
    moments = [datetime.fromisoformat(point.findtext(f"{gpx}time") or "") for point in points]
    marks = {
        each.findtext(f"{gpx}name"): Decimal(each.findtext(f"{gpx}ele") or "")
        for each in tree.iter(f"{gpx}wpt")
    }
    assert moments == sorted(moments) and (moments[-1] - moments[0]).seconds % 60 == 0
    assert heights.count(max(heights)) == 1 and max(heights) > max(marks.values())
    places = {
        (point.get("lat"), point.get("lon")): height for point, height in zip(points, heights, strict=True)
    }
    assert all(places[each.get("lat"), each.get("lon")] for each in tree.iter(f"{gpx}wpt"))
    return {
        "altitude_max": max(heights),
        "altitude_min": min(heights),
        "duree": (moments[-1] - moments[0]).seconds // 60,
        "points": len(points),
        "repere_plus_haut": max(marks, key=marks.get),
        "altitude_repere": marks[made.values["repere"]],
    }


@pytest.mark.parametrize(("points", "seeds"), [(150, 200), (30, 200), (800, 20)])
def test_a_track_gives_its_top_and_its_length(points, seeds):
    check(Track(points=points), track, {"altitude_max", "altitude_min"}, seeds)
