"""One referral on the screen: what matters first at the top."""

from collections.abc import Iterator
from datetime import datetime

from cli.agenda import print_agenda
from cli.printing import say, section, table
from config.clock import LONDON
from notifications.due import due
from workflow.ages import age
from workflow.carers import gone
from workflow.options import Option
from workflow.seen import Caller, CaseFile, Decided, Folk, Seen


def print_referral(file: CaseFile, account: str, now: datetime, *, unfold: bool = False) -> None:
    """Print a referral for whoever may see it, as much of it as they may see."""
    seen = file.seen
    for line in _head(seen, now):
        say(line, 0, 4)
    print_agenda(seen.agenda, now, unfold=unfold)
    section("It waits for", (item.says for item in seen.waits_for))
    _family(file)
    _options(seen, account, unfold=unfold)
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


def _family(file: CaseFile) -> None:
    """Print who is of the family, under the ids by which the verbs name them."""
    if file.case is None or len(file.folk) == 0:
        return
    print("\nThe family")
    away = gone(file.case)
    table(("", "", ""), [(one.id, one.name, _described(file, one, one.id in away)) for one in file.folk], indent=2)
    if file.callers:
        print("\nWho told the hub (not for agencies or the family)")
        table(("", "", ""), [(one.id, one.name or "no name given", _reached(one)) for one in file.callers], indent=2)


def _reached(one: Caller) -> str:
    kind = one.kind.replace("_", " ")
    return ", ".join(filter(None, (kind, one.reach, "asks not to be named to anybody" if one.withheld else "")))


def _described(file: CaseFile, one: Folk, away: bool) -> str:
    links = file.case.family.links if file.case else ()
    what = [f"{link.relation} of {file.names.person(link.other)}" for link in links if link.one == one.id]
    day = f"born {one.born}" if one.born else f"due {one.due}" if one.due else ""
    return ", ".join(filter(None, (*dict.fromkeys(what), day, "lives elsewhere" if away else "")))


def _options(seen: Seen, account: str, *, unfold: bool) -> None:
    """Print what leads on, and what the agenda asks for; the rest only by name, unless everything is asked for."""
    wanted = {line.act.partition(" (")[0].replace(" ", "-") for line in seen.agenda.now}
    first = [option for option in seen.options if unfold or option.leads_to or option.verb in wanted]
    free = [option for option in first if not option.blocked]
    also = [option.verb for option in seen.options if option not in first and not option.blocked]
    hidden = sum(bool(option.blocked) for option in seen.options if option not in first)
    if free or also:
        print("\nYou may do now")
    if free:
        table(("", ""), map(_option, free), indent=2)
    if also:
        say(f"{'Also' if free else 'For example'}: {', '.join(also)}.", 2, 2)
    if free or also:
        say(f"How: mash act {seen.reference} VERB KEY=VALUE... --as {account}", 2, 2)
    blocked = [option for option in first if option.blocked]
    section("You may not do yet, and why", [line for option in blocked for line in _blocked(option)])
    if hidden:
        say(f"{hidden} more that the rules would refuse as things stand: `--all` says why.", 2, 2)


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
