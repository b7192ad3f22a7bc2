"""The work of the night, in exactly one process."""

import logging
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from flask import Flask

from portal import clock
from portal.bank_store import current_bank
from portal.domain import forecast as rules
from portal.labels import PARIS
from portal.services import calibration, forecasts

# Away from round hours, when backups and updates start, and from the hour that a clock change repeats.
HOUR, MINUTE = 3, 40
# A machine that slept through the night does it when it wakes up, before the first lessons.
LATEST_SECONDS = 4 * 3600
# One that was off does it once it has started, when those who waited for it have been served.
CATCH_UP_AFTER = timedelta(minutes=5)
# Sooner, for the catalogue shows what it finds.
FORECAST_AFTER = timedelta(seconds=20)
# Python waits for the threads of the scheduler when it ends: what they do has to know.
_STOPPING = threading.Event()


def start(app: Flask) -> BackgroundScheduler:
    """Plan the work of each night in a thread of this process, and that of a night that was missed."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    # One worker: what was missed never runs beside the work of the night.
    scheduler = BackgroundScheduler(timezone=PARIS, executors={"default": ThreadPoolExecutor(1)})
    scheduler.add_job(
        nightly,
        CronTrigger(hour=HOUR, minute=MINUTE, timezone=PARIS),
        args=[app],
        id="nightly",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=LATEST_SECONDS,
    )
    scheduler.add_job(
        catch_up,
        DateTrigger(clock.now() + CATCH_UP_AFTER),
        args=[app],
        id="catch-up",
        misfire_grace_time=LATEST_SECONDS,
    )
    scheduler.add_job(
        forecast,
        DateTrigger(clock.now() + FORECAST_AFTER),
        args=[app],
        id="forecast",
        misfire_grace_time=LATEST_SECONDS,
    )
    _STOPPING.clear()
    scheduler.start()
    return scheduler


def stop(scheduler: BackgroundScheduler) -> None:
    """Begin nothing more: what is left to forecast is for the next start."""
    _STOPPING.set()
    scheduler.shutdown(wait=False)


def forecast(app: Flask) -> None:
    """Let simulated pupils play the parcours that have changed, in a process that gives way to the pages."""
    with app.app_context(), ProcessPoolExecutor(1, get_context("spawn"), os.nice, (10,)) as apart:
        made = forecasts.refresh(
            current_bank(),
            at=clock.now(),
            play=lambda test, priors: apart.submit(rules.forecast, test, priors).result(),
            is_over=_STOPPING.is_set,
        )
        app.logger.info("forecast %d pathways", made)


def catch_up(app: Flask) -> None:
    """Do the work of the night now, if the machine was off at its time and pupils have answered since."""
    with app.app_context():
        is_overdue = calibration.is_overdue(clock.now())
    if is_overdue:
        nightly(app)


def nightly(app: Flask) -> None:
    """Recalibrate; what goes wrong is written in the log, and tried again the next night."""
    with app.app_context():
        try:
            report = calibration.recalibrate(current_bank(), at=clock.now())
        except Exception:
            app.logger.exception("the recalibration of the night failed")
            return
        app.logger.info("recalibrated on %d answers, withdrew %s", report.answers, report.withdrawn)
