"""Do several things that wait for the network at once, each in a thread, a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SPARE = 2


def in_parallel(tasks: Sequence[Callable[[], T]], *, limit: int) -> list[T]:
    """Run tasks that call a server, about `limit` at a time, and return their results in order.

    A few more are under way than calls are allowed in flight (`pausing.Slots` counts those): they look into answers.

    After a failure no further task begins, those under way end, for they are paid for, and the first error is raised.
    The threads are daemons: a program that leaves does not wait for them, as it would for an executor's.
    """
    results: dict[int, T] = {}
    errors: list[BaseException] = []
    waiting = iter(enumerate(tasks))
    lock = threading.Lock()

    def work() -> None:
        for number, task in _until(waiting, lock, errors):
            try:
                results[number] = task()
            except BaseException as error:  # whatever it is belongs to the caller, in whose thread it is raised
                errors.append(error)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(limit + SPARE, len(tasks)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(tasks))]


def _until(
    waiting: Iterator[tuple[int, Callable[[], T]]], lock: threading.Lock, errors: Sequence[BaseException]
) -> Iterator[tuple[int, Callable[[], T]]]:
    while not errors:
        with lock:
            following = next(waiting, None)
        if following is None:
            return
        yield following
