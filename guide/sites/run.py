"""Builds every clinic's site that changed, with all cores, and says what became of each."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from guide.faults import Fault, Faults
from guide.publish.swap import clear_left
from guide.sites.clinics import ClinicFile, find_clinics, shard
from guide.sites.hands import Hand, outcomes, worker_hands
from guide.sites.record import FOLDER, made_of_shared, read_record, record_path, stands_as_recorded
from guide.sites.worker import AS_BEFORE, BUILT, NOT_BUILT, Job, Outcome

CLINICS = "clinics"
SITES = "sites"
STOPPED = 130  # the status of a command that Ctrl-C ended
HEAD = ("clinic", "result", "faults", "still example", "seconds")

Say = Callable[[str], None]
MakeHands = Callable[[int, Path, Path], Sequence[Hand]]


def build_sites(root: Path, say: Say, complain: Say, part: tuple[int, int] = (1, 1), make_hands: MakeHands = worker_hands) -> int:
    """Build the site of every clinic file in `clinics/` into `sites/`; 1 where one could not be built, 130 where it was stopped.

    root        the project's folder
    say         prints a line of what is done
    complain    prints a line of what is wrong
    part        which share of all clinics, from 1, of how many
    make_hands  gives what builds: a number of hands, for this project and this folder of sites

    Errors: Faults where there is no clinic file at all, or no folder for the sites.
    """
    try:
        with _stoppable():
            return _build_sites(root, say, complain, part, make_hands)
    except KeyboardInterrupt:
        complain("Stopped. What was built stands; every other site is as it was.")
        return STOPPED


def _build_sites(root: Path, say: Say, complain: Say, part: tuple[int, int], make_hands: MakeHands) -> int:
    sites, shown = root / SITES, _shown(root / CLINICS)
    everyone = find_clinics(root / CLINICS, shown)
    if not everyone:
        raise Faults([Fault(shown, 0, "", "no clinic file", f"write one, such as {shown}/leeds.yml: make new-clinic CLINIC={shown}/leeds.yml")])
    clinics = shard(everyone, *part)
    try:
        (sites / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Faults([Fault(_shown(sites), 0, "", f"a place where nothing can be written ({error.strerror})", "let there be a folder with room, in which you may write")]) from None
    clear_left(sites)
    say(f"{_counted(len(clinics))} of {len(everyone)} in {shown}, share {part[0]} of {part[1]}." if part[1] > 1 else f"{_counted(len(clinics))} in {shown}.")
    known = list(_without_a_build(clinics, made_of_shared(root), sites))
    ended: list[Outcome] = []
    try:
        with closing(_built(known, sites, root, say, make_hands)) as building:
            ended.extend(building)
    finally:  # after Ctrl-C too
        _tell(ended, say, complain)
    for line in _strays(everyone, sites):
        say(line)
    return int(any(outcome.result == NOT_BUILT for outcome in ended))


def _shown(folder: Path) -> str:
    """A folder as the person sees it, from where they are."""
    try:
        return Path(os.path.relpath(folder)).as_posix()
    except ValueError:  # on Windows, no way leads from one disk to another
        return str(folder)


def _counted(many: int) -> str:
    return f"{many} clinic" if many == 1 else f"{many} clinics"


def _without_a_build(clinics: Iterable[ClinicFile], shared: str, sites: Path) -> Iterator[Job | Outcome]:
    """For each clinic the job of building its site, or what became of it where none is needed or possible."""
    for clinic in clinics:
        record = read_record(record_path(sites, clinic.slug))
        if clinic.faults:
            yield Outcome(clinic.shown, NOT_BUILT, lines=[str(fault) for fault in clinic.faults])
        elif record and stands_as_recorded(record, shared, Path(clinic.shown).absolute(), sites / clinic.slug):
            yield Outcome(clinic.slug, AS_BEFORE, record.examples)
        else:
            yield Job(clinic.slug, clinic.shown, shared)


def _built(known: Sequence[Job | Outcome], sites: Path, root: Path, say: Say, make_hands: MakeHands) -> Iterator[Outcome]:
    """What became of every clinic, those first that needed no build."""
    jobs = [each for each in known if isinstance(each, Job)]
    before = [each for each in known if isinstance(each, Outcome)]
    yield from before
    if any(outcome.result == AS_BEFORE for outcome in before):
        say(f"As before: {sum(outcome.result == AS_BEFORE for outcome in before)}. To build: {len(jobs)}.")
    hands = make_hands(min(_cores(), len(jobs)), root, sites) if jobs else []
    with closing(outcomes(hands, jobs)) as ending:
        for number, outcome in enumerate(ending, 1):
            say(f"  {number} of {len(jobs)}  {outcome.slug}  {_became(outcome)}")
            yield outcome


def _cores() -> int:
    """How many builds can run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let what ends a command from outside, as a runner does, stop it as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _became(outcome: Outcome) -> str:
    if outcome.result == NOT_BUILT:
        return f"not built: {len(outcome.lines)} to mend"
    return f"built in {outcome.seconds:.0f} s" if outcome.result == BUILT else outcome.result


def _tell(ended: Sequence[Outcome], say: Say, complain: Say) -> None:
    """The table, the sums, and every fault."""
    for line in table(ended):
        say(line)
    sums = [f"{sum(outcome.result == result for outcome in ended)} {result}" for result in (BUILT, AS_BEFORE, NOT_BUILT)]
    say(f"{_counted(len(ended))}: {', '.join(sums)}.")
    lines = list(dict.fromkeys(line for outcome in sorted(ended, key=lambda outcome: outcome.slug) for line in outcome.lines))  # one that all clinics share comes once
    for line in lines:
        complain(line)
    if lines:
        complain(f"{len(lines)} to mend; where a site was not built, the last good one is untouched.")


def table(ended: Iterable[Outcome]) -> Iterator[str]:
    """A row for each clinic, under a head, in columns of one width."""
    rows = [HEAD, *(_row(outcome) for outcome in sorted(ended, key=lambda outcome: outcome.slug))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for name, result, *figures in rows:
        yield "  ".join([name.ljust(widths[0]), result.ljust(widths[1]), *(figure.rjust(width) for figure, width in zip(figures, widths[2:], strict=True))])


def _row(outcome: Outcome) -> tuple[str, ...]:
    examples = "not known" if outcome.examples is None else str(outcome.examples)
    return outcome.slug, outcome.result, str(len(outcome.lines)), examples, f"{outcome.seconds:.1f}"


def _strays(everyone: Iterable[ClinicFile], sites: Path) -> Iterator[str]:
    """Sites that we built and whose clinic file is gone: no command of ours takes a published site away."""
    slugs = {clinic.slug for clinic in everyone}
    for record in sorted((sites / FOLDER).glob("*.json")):
        site = sites / record.stem
        if record.stem in slugs:
            continue
        if site.is_dir():
            yield f"{_shown(site)} stays, though its clinic file is gone. To take it away, delete that folder."
        else:
            record.unlink(missing_ok=True)
