"""Duties of the strategy discussion: those who must be there are invited, and told when it moves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.questions import after, as_day, current, mark
from workflow.rule import Duty, Ought, Terms


def called(case: Case) -> Event | None:
    """Return the call of a meeting that has not been held yet, as it was first made (live record)."""
    call: Event | None = None
    for event in case.episode:
        if event.kind is Kind.STRATEGY_DISCUSSION:
            if not event.get("requested"):
                call = None
            elif not event.get("moved"):
                call = event
    return call


def invited(case: Case, call: Event) -> list[str]:
    """Return everybody invited to a meeting, each once."""
    return list(dict.fromkeys(who for event in after(case, call, Kind.INVITED) for who in event.codes("who")))


def invitations(case: Case, _terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Referrers and the hub's desk are invited by the system; everybody invited gets the meeting in their calendar."""
    call = called(case) if case.family.live else None
    if call is None:
        return
    there = invited(case, call)
    at_work = {who.id for who in case.involved}
    wanted = dict.fromkeys([*(who for who in case.referrers if who in at_work), *case.family.desk])
    missing = tuple(who for who in wanted if who not in there)
    if missing:
        says = "Invite the referrer and the quorum."
        args: tuple[tuple[str, object], ...] = (("who", missing),)
        yield Ought(f"invite:{mark(call)}:{','.join(missing)}", says, "invitation", verb="invite", args=args)
    moves = [event for event in after(case, call, Kind.STRATEGY_DISCUSSION) if event.get("moved")]
    which: tuple[tuple[str, object], ...] = (("call", call.index),)
    starts = _starts(moves[-1] if moves else call)
    for who in there:
        says = "Attend the strategy discussion, or send a written account."
        yield Ought(f"invitation:{mark(call)}:{who}", says, "invitation", to=(who,), due=starts, args=which)
    for move in moves:
        for who in there:
            says = "The strategy discussion is held at another time."
            key = f"moved:{mark(move)}:{who}"
            yield Ought(key, says, "invitation_changed", to=(who,), due=_starts(move), args=which)


def ended_early(case: Case) -> Iterator[tuple[Event, Event]]:
    """Yield each call whose meeting was held, or given up, before the time in the calendars: call and end."""
    call: Event | None = None
    starts: datetime | None = None
    for event in current(case):
        if event.kind is Kind.STRATEGY_DISCUSSION and event.get("requested"):
            call = call if event.get("moved") else event
            starts = _starts(event)
        elif event.kind in {Kind.STRATEGY_DISCUSSION, Kind.CLOSURE}:
            if call is not None and starts is not None and event.at < starts:
                yield call, event
            call = None


def cancelled(case: Case, _terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Nobody should sit before a screen for a meeting that has been held without them knowing."""
    if case.family.live:
        for call, end in ended_early(case):
            for who in invited(case, call):
                if who not in end.codes("attended"):
                    says = "The strategy discussion is not held at the time in your calendar."
                    yield Ought(
                        f"cancelled:{mark(call)}:{who}",
                        says,
                        "invitation_cancelled",
                        to=(who,),
                        args=(("call", call.index),),
                    )


def _starts(meeting: Event) -> datetime | None:
    starts = meeting.get("starts")
    return datetime.fromisoformat(starts) if isinstance(starts, str) and as_day(starts) else None


INVITE: Final = Duty(
    id="invite-referrer-and-quorum",
    stage=Stage.STRATEGY,
    says="The moment a strategy discussion is called, the referrer and the quorum are invited to it.",
    source="SCR Matt 6.1.9, 7.1.9; Rec 4",
    mend="the engine, by itself; anybody in social care, with `invite`",
    ordinary=True,
    judge=invitations,
)

CANCEL: Final = Duty(
    id="cancel-meeting-held-early",
    stage=Stage.STRATEGY,
    says="Whoever was invited and not there is told when a strategy discussion was held, or given up, before its time.",
    source="SCR Matt 6.1.9, 7.1.9; Rec 4",
    mend="the engine, by itself",
    ordinary=True,
    judge=cancelled,
)

DUTIES: Final[tuple[Duty, ...]] = (INVITE, CANCEL)
