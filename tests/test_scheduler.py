"""The work of the night: when, in which process, and what goes wrong."""

import logging
from datetime import datetime, timedelta

import pytest
from flask import Flask

from portal import clock, scheduler
from portal.bank_store import current_bank
from portal.labels import PARIS
from portal.persistence.queries import forecasts
from portal.services import calibration
from portal.settings import Settings


def test_the_night_s_work_is_planned_once_before_the_morning(app: Flask) -> None:
    running = scheduler.start(app)
    try:
        job = running.get_job("nightly")
        evening = datetime(2026, 11, 23, 20, 0, tzinfo=PARIS)
        planned = job.trigger.get_next_fire_time(None, evening)
        assert planned == datetime(2026, 11, 24, 3, 40, tzinfo=PARIS)
        assert (job.func, job.args, job.max_instances) == (scheduler.nightly, (app,), 1)
    finally:
        running.shutdown(wait=True)


def test_a_missed_night_is_looked_for_minutes_after_the_start(app: Flask) -> None:
    begun = clock.now()
    running = scheduler.start(app)
    try:
        job = running.get_job("catch-up")
        assert timedelta(minutes=5) <= job.trigger.run_date - begun < timedelta(minutes=6)
        assert (job.func, job.args) == (scheduler.catch_up, (app,))
    finally:
        running.shutdown(wait=True)


@pytest.mark.parametrize("is_overdue", [True, False])
def test_a_missed_night_is_made_up_for_once_it_is_due(
    app: Flask, monkeypatch: pytest.MonkeyPatch, is_overdue: bool
) -> None:
    done = []
    monkeypatch.setattr(calibration, "is_overdue", lambda at: is_overdue)
    monkeypatch.setattr(calibration, "recalibrate", lambda bank, at: done.append(at) or calibration.Report(0))

    scheduler.catch_up(app)

    assert bool(done) is is_overdue


def test_the_night_recalibrates(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    monkeypatch.setattr(calibration, "recalibrate", lambda bank, at: done.append(at) or calibration.Report(0))

    scheduler.nightly(app)

    assert len(done) == 1


def test_a_failure_of_the_night_is_logged_and_stops_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(calibration, "recalibrate", fail)

    with caplog.at_level(logging.ERROR):
        scheduler.nightly(app)

    assert "the recalibration of the night failed" in caplog.text
    assert "the disk is full" in caplog.text


@pytest.mark.parametrize(
    ("environment", "works"),
    [
        ({}, True),
        ({"BALISE_NUIT": "non"}, False),
        ({"BALISE_BASE": "postgresql+psycopg://localhost/balise"}, False),
        ({"BALISE_BASE": "postgresql+psycopg://localhost/balise", "BALISE_NUIT": "oui"}, True),
    ],
)
def test_one_process_only_works_at_night(tmp_path, environment: dict[str, str], works: bool) -> None:
    settings = Settings.from_environment(environment | {"BALISE_DOSSIER": str(tmp_path)})

    assert settings.has_night_work is works


def test_lengths_are_forecast_soon_after_the_start_in_a_process_apart(app: Flask) -> None:
    begun = clock.now()
    running = scheduler.start(app)
    try:
        job = running.get_job("forecast")
        assert timedelta(seconds=10) <= job.trigger.run_date - begun < timedelta(minutes=1)
        assert (job.func, job.args) == (scheduler.forecast, (app,))
    finally:
        running.shutdown(wait=True)

    scheduler.forecast(app)

    assert set(forecasts.digests()) == set(current_bank().pathways)


def test_a_server_that_stops_forecasts_nothing_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    running = scheduler.start(app)
    scheduler.stop(running)

    scheduler.forecast(app)

    assert forecasts.digests() == {}
    assert not running.running
    scheduler.start(app).shutdown(wait=True)
