"""One answer at a time: nobody else in between, and nobody waits for ever."""

import threading
import time

from portal.persistence.transaction import write_tx
from portal.turnstile import aside, one_at_a_time

PATIENCE = 20


def _run(*jobs):
    """Run the jobs together, and give what went wrong in any of them."""
    wrong = []

    def watched(job):
        try:
            job()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=watched, args=(job,), daemon=True) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE)
    assert not any(one.is_alive() for one in threads), "somebody waits for ever"
    return wrong


def test_nobody_else_has_the_turn():
    inside, most = [], []

    def work():
        for _ in range(20):
            with one_at_a_time():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.0005)
                inside.pop()

    assert not _run(work, work, work)
    assert len(most) == 60
    assert max(most) == 1


def test_another_has_the_turn_while_one_is_aside():
    left, done = threading.Event(), threading.Event()

    def waits():
        with one_at_a_time(), aside():
            left.set()
            assert done.wait(PATIENCE)

    def works():
        assert left.wait(PATIENCE)
        with one_at_a_time():
            done.set()

    assert not _run(waits, works)


def test_the_turn_is_held_again_after_aside():
    back, tried = threading.Event(), threading.Event()
    order = []

    def waits():
        with one_at_a_time():
            with aside():
                pass
            back.set()
            time.sleep(0.05)
            order.append("first")

    def works():
        assert back.wait(PATIENCE)
        with one_at_a_time():
            order.append("second")
        tried.set()

    assert not _run(waits, works)
    assert order == ["first", "second"]


def test_an_error_gives_the_turn_back():
    def fails():
        with one_at_a_time(), aside():
            raise ValueError

    assert [type(one) for one in _run(fails)] == [ValueError]
    with one_at_a_time():
        pass


def test_aside_within_aside_takes_nobody_s_turn():
    def waits():
        with one_at_a_time(), aside(), aside():
            pass

    def works():
        for _ in range(50):
            with one_at_a_time():
                pass

    assert not _run(waits, works, works)


def test_aside_is_nothing_to_who_has_no_turn():
    with one_at_a_time():
        # Another thread, without turn, goes on whoever has it.
        def free():
            with aside():
                pass

        assert not _run(free)


def test_writers_with_and_without_a_turn_all_finish(app):
    written = []

    def with_turn():
        with app.app_context():
            for _ in range(10):
                with one_at_a_time(), write_tx():
                    written.append(1)

    def without():
        with app.app_context():
            for _ in range(10):
                with write_tx():
                    written.append(1)

    assert not _run(*[with_turn] * 6, *[without] * 2)
    assert len(written) == 80
