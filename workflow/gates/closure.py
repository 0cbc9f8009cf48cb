"""Gates of the closure: who signs, on what, and whose voice is in it."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.gates import closure_chronology, closure_loose_ends, closure_risks, closure_voices
from workflow.questions import asked_for_views, listed, most, professional, unsettled, voiceless, workers
from workflow.rule import Finding, Gate, Terms
from workflow.telling import untold

_CLOSURE: Final = frozenset({Kind.CLOSURE})


def on_evidence(_case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """A manager, a summary, and what shows that the outcomes were reached."""
    wanted = {
        "manager": "a manager's authorisation",
        "summary": "a closure summary",
        "outcomes_evidenced": "evidence for what was achieved",
    }
    if event.get("reason_code") in {"died", "moved_away"}:
        wanted.pop("outcomes_evidenced")
    missing = tuple(key for key in wanted if not event.get(key))
    if missing:
        silent = all(key not in event.data for key in missing)
        says = f"The closure lacks {listed(wanted[key] for key in missing)}."
        yield Finding(says, missing, silent=silent, loose=event.loose)


AUTHORISED: Final = Gate(
    id="closure-authorised-on-evidence",
    stage=Stage.CLOSURE,
    says="A closure has a summary, evidence for what was achieved, and a manager who authorised it.",
    source="SCR Matt 5.30, 6.1.27, 6.6.1",
    mend="the worker, with `propose-closure` and `record-outcome`; a manager, with `sign-off`",
    on=_CLOSURE,
    judge=on_evidence,
)


def worked_by_another(case: Case, manager: str) -> bool:
    """Tell whether another professional holds the case, assessed it or wrote its plan: the manager closes their work."""
    wrote = {one.by for one in case.chapter if one.kind in {Kind.ASSESSMENT, Kind.PLAN}}
    return any(who != manager and professional(case, who) is not None for who in {*workers(case), *wrote})


def hands(case: Case, event: Event) -> set[str | None]:
    """Return who wrote a closure, and whoever has held the case since it was put forward.

    A story has one record for what was put forward and for its signature: where the manager's name is on it, and the
    work was another's, it is the signature.
    """
    proposed = case.last(Kind.CLOSURE_PROPOSED) if case.family.live else None
    found = {event.by, event.get("holder"), *workers(case)}
    if not case.family.live and event.by is not None and worked_by_another(case, event.by):
        found = {event.get("holder"), *workers(case)}
    if proposed is not None:
        found |= {proposed.by, proposed.get("holder")}
        found.update(given.get("to") for given in case.since(proposed, Kind.ALLOCATED))
    return found


def independent(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Whoever signs neither wrote the closure nor holds the case, nor has given it away to sign."""
    manager = event.get("manager")
    if manager is not None and manager in hands(case, event):
        yield Finding(f"The manager who signs, {manager}, wrote the closure or holds the case.", (manager,))


INDEPENDENT: Final = Gate(
    id="sign-off-independent",
    stage=Stage.CLOSURE,
    says="A closure is signed by a manager who neither wrote it nor holds the case.",
    source="SCR Matt 5.35, 6.1.30, 6.6.1",
    mend="another manager, with `sign-off`",
    on=_CLOSURE,
    judge=independent,
)


def everybody_asked(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Agree, disagree or none from each; a disagreement is settled first. Who writes or signs it agrees by that."""
    views = event.get("views") or {}
    signed = {event.by, event.get("manager")}
    due = [who for who in asked_for_views(case) if who not in signed]
    missing = tuple(voiceless(case, due, views))
    if missing:
        light = most(case, missing, due)
        says = f"These people work with the child and gave no view: {listed(missing)}."
        yield Finding(says, missing, silent=event.get("views") != {}, loose=event.loose, light=light)
    against = tuple(unsettled(case, event))
    if against:
        yield Finding(f"A disagreement has not been raised and settled: {listed(against)}.", against, loose=event.loose)


AGENCY_VOTE: Final = Gate(
    id="agency-vote-recorded",
    stage=Stage.CLOSURE,
    says="Everybody at work with the child has given a view before a closure, and a disagreement is settled first.",
    source="SCR Matt 6.6.1, 7.1.9",
    mend="each of them, with `give-view`; the worker, with `end-involvement`; who disagrees, with `challenge`",
    on=_CLOSURE,
    judge=everybody_asked,
)


def referrers_told(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Live only: the post writes on the record what has arrived; a story tells it with the decision."""
    if not case.family.live or event.get("reason_code") == "died":
        return
    missing = dict.fromkeys(who for _, to in untold(case) for who in to)
    if missing:
        yield Finding(f"What was decided has not reached {listed(missing)}.", tuple(missing))


TOLD_FIRST: Final = Gate(
    id="referrer-told-before-closure",
    stage=Stage.CLOSURE,
    says="A case closes only when everybody who referred has been told what was decided before.",
    source="Working Together to Safeguard Children, T3; SCR Matt 5.41, 6.1.32",
    mend="the engine, by itself; the worker, who rings them, with `record-told`",
    on=_CLOSURE,
    judge=referrers_told,
)

GATES: Final[tuple[Gate, ...]] = (
    AUTHORISED,
    INDEPENDENT,
    AGENCY_VOTE,
    *closure_chronology.GATES,
    TOLD_FIRST,
    *closure_risks.GATES,
    *closure_loose_ends.GATES,
    *closure_voices.GATES,
)
