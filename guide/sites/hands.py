"""Hands that build at the same time, one for each core, and what they give back, as it comes."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from guide.sites.worker import NOT_BUILT, Job, Outcome

GRACE = 10  # seconds that a worker has to leave nothing half made
LIFE = 20  # jobs of one worker: an engine that builds many sites in one process takes some 5 MB more for each


class Hand(Protocol):
    """Whatever can do one job after the other."""

    def build(self, job: Job) -> Outcome: ...

    def stop(self) -> None: ...

    def wait(self) -> None: ...


class _Worker:
    """A worker process.

    command  how to start it
    env      what stands in its environment
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        # A group of its own: Ctrl-C goes to the command alone, which lets each worker end in its own time.
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True, encoding="utf-8", **apart)
        self.jobs = 0  # that it was given

    @property
    def can_go_on(self) -> bool:
        return self.process.poll() is None and self.jobs < LIFE

    def ask(self, job: Job) -> Outcome:
        """Give it a job, and wait for the answer.

        Errors: OSError or ValueError where it has ended: nothing can be written to it, or it answers with nothing.
        """
        self.jobs += 1
        print(json.dumps(asdict(job)), file=self.process.stdin, flush=True)
        return Outcome(**json.loads(self.process.stdout.readline()))

    def hang_up(self) -> None:
        """Give it no more, which also stops it in what it is doing."""
        with suppress(BrokenPipeError):
            self.process.stdin.close()

    def end(self) -> int:
        """Wait until it has ended, and give its status."""
        self.hang_up()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()
        return self.process.wait()


class WorkerHand:
    """A hand whose jobs are done in a process of its own: where that ends, the job has failed, and the next one gets a new process.

    command  how to start the process
    env      what stands in its environment
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._new = partial(_Worker, list(command), dict(env))
        self._worker: _Worker | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def build(self, job: Job) -> Outcome:
        """Let the worker do a job.

        Errors: InterruptedError where the hand was stopped before.
        """
        worker = self._ready()
        try:
            return worker.ask(job)
        except (OSError, ValueError):
            ended = worker.end()
            how = f"by the signal {-ended}" if ended < 0 else f"with status {ended}"
            return Outcome(job.slug, NOT_BUILT, lines=[f"{job.clinic}: its build was ended {how} before it was done; build it again"])

    def _ready(self) -> _Worker:
        with self._lock:
            if self._stopped:
                raise InterruptedError
            if self._worker and not self._worker.can_go_on:
                self._worker.end()
                self._worker = None
            self._worker = self._worker or self._new()
            return self._worker

    def stop(self) -> None:
        """Tell the worker to end: it stops what it is doing, and leaves the last good site."""
        with self._lock:
            self._stopped = True
        if self._worker:
            self._worker.hang_up()

    def wait(self) -> None:
        """Wait until the worker that was told to end has ended."""
        if self._worker:
            self._worker.end()


def worker_hands(many: int, root: Path, sites: Path) -> list[Hand]:
    """Hands with a worker process each.

    root   the project's folder
    sites  the folder of the sites
    """
    found = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])  # so that it finds our code, wherever the person is
    command = [sys.executable, "-m", "guide.sites.worker", str(root), str(sites)]
    return [WorkerHand(command, {**os.environ, "PYTHONPATH": found, "PYTHONUTF8": "1"}) for _ in range(many)]


def outcomes(hands: Sequence[Hand], jobs: Iterable[Job]) -> Iterator[Outcome]:
    """What becomes of each job, as it is done; every hand is stopped at the end, however that comes."""
    waiting, done = queue.SimpleQueue[Job](), queue.SimpleQueue[Outcome]()
    many = 0
    for many, job in enumerate(jobs, 1):
        waiting.put(job)
    threads = [threading.Thread(target=_work, args=(hand, waiting, done)) for hand in hands]
    try:
        for thread in threads:
            thread.start()
        for _ in range(many):
            yield _next(done)
    finally:
        while not waiting.empty():
            waiting.get()
        for hand in hands:
            hand.stop()
        for hand in hands:
            hand.wait()
        for thread in threads:
            thread.join()


def _next(done: queue.SimpleQueue[Outcome]) -> Outcome:
    while True:
        try:
            return done.get(timeout=1)
        except queue.Empty:  # look up now and then: Windows hears Ctrl-C only in between
            continue


def _work(hand: Hand, waiting: queue.SimpleQueue[Job], done: queue.SimpleQueue[Outcome]) -> None:
    while True:
        try:
            job = waiting.get_nowait()
            started = time.monotonic()
            outcome = _done(hand, job)
        except (queue.Empty, InterruptedError):
            return
        done.put(replace(outcome, seconds=time.monotonic() - started))


def _done(hand: Hand, job: Job) -> Outcome:
    """What becomes of a job, whatever happens: one without an answer would be waited for without end."""
    try:
        return hand.build(job)
    except InterruptedError:
        raise
    except Exception as error:  # such as a machine that can start no more processes
        return Outcome(job.slug, NOT_BUILT, lines=[f"{job.clinic}: its build could not be started: {error}"])
