"""One referral on the screen: what matters first at the top."""

from collections.abc import Iterator
from datetime import datetime

from cli.printing import say, section, table
from config.clock import LONDON
from notifications.due import due
from notifications.wording import age
from workflow.options import Option
from workflow.seen import Decided, Seen


def print_referral(seen: Seen, account: str, now: datetime) -> None:
    """Print a referral for whoever may see it, as much of it as they may see."""
    for line in _head(seen, now):
        say(line, 0, 4)
    section("What must happen now", (*_clocks(seen, now), *_tasks(seen, now)))
    section("It waits for", (item.says for item in seen.waits_for))
    free = [option for option in seen.options if not option.blocked]
    if free:
        print("\nYou may do now")
        table(("", ""), map(_option, free), indent=2)
        say(f"How: mash act {seen.reference} VERB KEY=VALUE... --as {account}", 2, 2)
    blocked = [option for option in seen.options if option.blocked]
    section("You may not do yet, and why", [line for option in blocked for line in _blocked(option)])
    if seen.whole:
        _decisions("Decisions", seen.decisions)
    else:
        _decisions("Outcomes", seen.outcomes)
    _record("The record" if seen.whole else "Your own part of the record", seen)


def stamp(when: datetime) -> str:
    """Write a moment so that columns stay straight and sort by eye: 9 Oct 2026 14:05."""
    local = when.astimezone(LONDON)
    return f"{local.day:>2} {local:%b %Y %H:%M}"


def _head(seen: Seen, now: datetime) -> Iterator[str]:
    today = now.astimezone(LONDON).date()
    born = f"born {seen.born}, {age(seen.born, today)} old" if seen.born else f"unborn, due {seen.due or 'unknown'}"
    yield f"{seen.reference}: {seen.child}, {born}"
    yield f"Stands at: {seen.label}" + (f", closed {stamp(seen.closed).strip()}" if seen.closed else "")
    if seen.whole:
        yield f"Grade: {seen.grade or 'not graded yet'}; never below {seen.floor}" + (
            ", because " + "; ".join(reason.replace(". (", " (") for reason in seen.floor_reasons)
            if seen.floor_reasons
            else ""
        )
    reach = f", {seen.worker.reach}" if seen.worker.reach else ""
    yield f"Worker: {seen.worker.name} ({seen.worker.account}), {seen.worker.agency}{reach}"
    before = f", after {seen.previous}" if seen.previous else ""
    yield f"Opened: {stamp(seen.opened).strip()}{before}; version {seen.version}"
    if seen.next_date:
        yield f"Next date: {stamp(seen.next_date).strip()} ({due(seen.next_date, now)})"


def _clocks(seen: Seen, now: datetime) -> Iterator[str]:
    for clock in seen.clocks:
        yield f"{due(clock.due, now)}: {clock.says} [{clock.rule}]"


def _tasks(seen: Seen, now: datetime) -> Iterator[str]:
    for task in seen.tasks:
        when = f"{due(task.due, now)}: " if task.due else ""
        yield f"{when}{task.says} (task {task.number}, {task.who})"


def _option(option: Option) -> tuple[str, str]:
    needs = f" ({', '.join(f'{name}=' for name in option.needs)})" if option.needs else ""
    leads = f" -> {option.leads_to}" if option.leads_to else ""
    return option.verb, f"{option.says.rstrip('.')}{needs}{leads}"


def _blocked(option: Option) -> Iterator[str]:
    yield f"{option.verb}: {option.says}"
    for refusal in option.blocked:
        yield f"  - {refusal.missing}"
        yield f"    Who can mend it: {refusal.who_can_mend}"


def _decisions(title: str, decisions: tuple[Decided, ...]) -> None:
    if not decisions:
        return
    print(f"\n{title}")
    rows = []
    for one in decisions:
        passed = f" [passed with a reason: {', '.join(one.warned)}]" if one.warned else ""
        reason = f": {one.reason}" if one.reason else ""
        rows.append((stamp(one.at), one.actor, f"{one.verb}{_step(one.was, one.now)}{reason}{passed}"))
    table(("", "", ""), rows, indent=2)


def _step(was: str, now: str) -> str:
    return "" if was == now else f", {was.replace('_', ' ')} -> {now.replace('_', ' ')}"


def _record(title: str, seen: Seen) -> None:
    print(f"\n{title}")
    rows = [
        (stamp(event.at), event.by or "", event.kind.replace("_", " ") + (f": {event.says}" if event.says else ""))
        for event in seen.record
    ]
    table(("", "", ""), rows, "  Nothing yet.", indent=2)
