"""One referral on the screen: what matters first at the top."""

from collections.abc import Iterator
from datetime import datetime

from cli.printing import section
from notifications.due import due, moment
from workflow.options import Option
from workflow.seen import Seen


def print_referral(seen: Seen, now: datetime) -> None:
    """Print a referral for whoever may see it, as much of it as they may see."""
    for line in _head(seen, now):
        print(line)
    section("What must happen now", (*_clocks(seen, now), *_tasks(seen, now)))
    section("It waits for", (item.says for item in seen.waits_for))
    free = [option for option in seen.options if not option.blocked]
    section("You may do now", (_option(option) for option in free))
    section(
        "You may not do yet, and why", (line for option in seen.options if option.blocked for line in _blocked(option))
    )
    section(
        "Outcomes", (f"{moment(one.at)}: {_step(one.was, one.now)} ({one.verb}): {one.reason}" for one in seen.outcomes)
    )
    if seen.whole:
        section(
            "Decisions",
            (
                f"{moment(one.at)}: {one.actor} {one.verb}: {_step(one.was, one.now)}{_why(one.reason)}"
                for one in seen.decisions
            ),
        )
    section("The record" if seen.whole else "Your own part of the record", _record(seen))


def _head(seen: Seen, now: datetime) -> Iterator[str]:
    born = f"born {seen.born}" if seen.born else f"due {seen.due}"
    yield f"{seen.reference}  {seen.child}, {born}"
    yield f"Stands at: {seen.label}" + (f", closed {moment(seen.closed)}" if seen.closed else "")
    if seen.whole:
        yield f"Grade: {seen.grade or 'not graded'}; never below {seen.floor}" + (
            ", because:" if seen.floor_reasons else ""
        )
        yield from (f"  - {reason}" for reason in seen.floor_reasons)
    yield f"Worker: {seen.worker.name} ({seen.worker.account}), {seen.worker.agency}" + (
        f", {seen.worker.reach}" if seen.worker.reach else ""
    )
    yield f"Opened: {moment(seen.opened)}" + (f", after {seen.previous}" if seen.previous else "")
    if seen.next_date:
        yield f"Next date: {moment(seen.next_date)} ({due(seen.next_date, now)})"


def _clocks(seen: Seen, now: datetime) -> Iterator[str]:
    for clock in seen.clocks:
        yield f"{due(clock.due, now)}: {clock.says} [{clock.rule}]"


def _tasks(seen: Seen, now: datetime) -> Iterator[str]:
    for task in seen.tasks:
        yield f"{due(task.due, now)}: {task.says} (task {task.number}, {task.who})"


def _option(option: Option) -> str:
    needs = " ".join(f"{name}=..." for name in option.needs)
    leads = f"  [leads to {option.leads_to}]" if option.leads_to else ""
    return f"{option.verb} {needs}".rstrip() + f"  {option.says}{leads}"


def _blocked(option: Option) -> Iterator[str]:
    yield f"{option.verb}  {option.says}"
    for refusal in option.blocked:
        yield f"  - {refusal.missing} {refusal.who_can_mend}"


def _step(was: str, now: str) -> str:
    return now.replace("_", " ") if was == now else f"{was.replace('_', ' ')} -> {now.replace('_', ' ')}"


def _why(reason: str) -> str:
    return f": {reason}" if reason else ""


def _record(seen: Seen) -> Iterator[str]:
    for event in seen.record:
        yield f"{moment(event.at)}  {event.kind.replace('_', ' ')} ({event.by or 'unknown'})" + _why(event.says)
