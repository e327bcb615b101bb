"""A process that builds sites one after the other: it reads what to build, a line each, and answers with a line each.

It ends when nobody can give it more: then a build that it is in the middle of stops, and leaves the last good site.
So it never outlives the command that started it, however that ends.
"""

from __future__ import annotations

import _thread
import json
import os
import queue
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from guide.publish.hold import holding
from guide.sites.one import NotMade, build_clinic
from guide.sites.record import Record, made_of, read_record, record_path, stands_as_recorded, standing, write_record

BUILT, AS_BEFORE, NOT_BUILT = "built", "as before", "not built"


@dataclass(frozen=True)
class Job:
    """A site to build.

    slug    its name
    clinic  the clinic file as the person knows it
    shared  fingerprint of what all sites are made of
    """

    slug: str
    clinic: str
    shared: str


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    result    `built`, `as before` or `not built`
    examples  how many values are still examples; None where that is not known
    lines     what is wrong, one line each
    seconds   how long it took
    """

    slug: str
    result: str
    examples: int | None = None
    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0


def carry_out(root: Path, sites: Path, job: Job) -> Outcome:
    """Build a site, unless another command has just built it, and record what it is made of.

    root   the project's folder
    sites  the folder of the sites

    Errors: OSError where nothing can be written in the folder of the sites.
    """
    record, clinic, site = record_path(sites, job.slug), Path(job.clinic).absolute(), sites / job.slug
    record.touch()
    with holding(record):
        last = read_record(record)
        if last and stands_as_recorded(last, job.shared, clinic, site):
            return Outcome(job.slug, AS_BEFORE, last.examples)
        before = made_of(job.shared, clinic, "")
        try:
            made = build_clinic(root, job.clinic, site)
        except NotMade as error:
            return Outcome(job.slug, NOT_BUILT, lines=error.lines)
        if made_of(job.shared, clinic, "") == before:  # else somebody changed it meanwhile, and the next run builds it again
            with suppress(OSError):  # the site stands, and a disk without room for its record costs no more than another build
                write_record(record, Record(made_of(job.shared, clinic, made.logo), standing(site), made.logo, made.examples))
        return Outcome(job.slug, BUILT, made.examples)


def _listen(lines: IO[str], jobs: queue.SimpleQueue[Job | None]) -> None:
    """Hand on each job; when no more can come, stop what is being done."""
    for line in lines:
        jobs.put(Job(**json.loads(line)))
    _interrupt()
    jobs.put(None)


def _interrupt() -> None:
    """Do to the main thread what Ctrl-C does, even where it waits for another command to be done with a site."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:  # on Windows
        _thread.interrupt_main()


def answered(root: Path, sites: Path, job: Job) -> Outcome:
    try:
        return carry_out(root, sites, job)
    except OSError as error:
        return Outcome(job.slug, NOT_BUILT, lines=[f"{error.filename2 or error.filename or job.clinic}: {error.strerror}"])
    except Exception as error:  # a slip in our own code must not stop the other clinics
        traceback.print_exc()
        return Outcome(job.slug, NOT_BUILT, lines=[f"{job.clinic}: the build stopped by a slip in the guide's own code, {type(error).__name__}; above is where"])


def main(root: Path, sites: Path) -> None:
    """Build what is asked for, until nobody asks."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a command in the background is started with Ctrl-C passed over
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what a build prints must not be taken for an answer
        jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(sys.stdin, jobs), daemon=True).start()
        while job := jobs.get():
            print(json.dumps(asdict(answered(root, sites, job))), file=answers, flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt, BrokenPipeError):
        main(*map(Path, sys.argv[1:]))
