"""Gates of the strategy discussion: the referrer, the quorum, and the reasons of what is decided."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import SOCIAL_CARE, AgencyKind, Kind, Stage
from workflow.chronology_words import british
from workflow.gates import strategy_left_out
from workflow.notice import excused_in_time, told_at, too_short
from workflow.questions import day_of, held, listed, voiceless
from workflow.rule import Finding, Gate, Terms

_STRATEGY: Final = frozenset({Kind.STRATEGY_DISCUSSION})


def present(case: Case, event: Event, terms: Terms) -> set[str]:
    """Return who took part: in the room, by a written account, or excused for a reason the policy allows."""
    return {*event.codes("attended"), *event.codes("accounts"), *excused_in_time(case, event, terms)}


def referrer_there(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Every professional who brought the contacts of this episode, and is still at work with the child.

    Shortness of time excuses nobody from a meeting that was called days ahead: not when it is said, nor at the end.

    In a story that leaves much out, whoever brought what led to this discussion, and not what was settled months ago.
    """
    if event.kind is Kind.EXCUSED:
        who = str(event.get("who"))
        told = told_at(case, who)
        if told is not None and not too_short(case, who, max(event.at, told[1]), terms):
            since = f"{british(day_of(told[0]))}, and it is held on {british(day_of(told[1]))}"
            yield Finding(f"There was time to come or to write: {who} could know of it from {since}.", (who,))
        return
    if not held(event):
        return
    at_work = {who.id for who in case.involved}
    if case.family.silence_unknown:
        contacts = case.now_of(Kind.CONTACT)
        at_work &= {
            one.by for one in contacts if terms.due(one.at, "strategy.referrer_lookback") >= event.at and one.by
        }
    missing = tuple(voiceless(case, (who for who in case.referrers if who in at_work), present(case, event, terms)))
    if missing:
        apologised = set(event.get("apologies") or {}) | set(event.get("excused") or {})
        says = f"The referrer was neither there, nor heard in writing, nor excused: {listed(missing)}."
        yield Finding(says, missing, silent=not apologised & set(missing), loose=event.loose)


REFERRER: Final = Gate(
    id="referrer-invited-to-strategy",
    stage=Stage.STRATEGY,
    says="A strategy discussion has no outcome until the referrer has attended, written, or been excused for time.",
    source="SCR Matt 6.1.9, 7.1.9; Rec 4",
    mend="the chair, with `invite` or `excuse`; the referrer, with `send-account`",
    on=_STRATEGY | {Kind.EXCUSED},
    judge=referrer_there,
)


def in_hospital(case: Case) -> bool:
    """Tell whether the child was admitted and has not been discharged."""
    stays = [event.get("what") for event in case.of(Kind.MEDICAL) if event.get("what") in {"admitted", "discharged"}]
    return bool(stays) and stays[-1] == "admitted"


def may_stand_for(part: str, terms: Terms) -> frozenset[AgencyKind]:
    """Return the kinds of agency that may stand for a part of the quorum."""
    if part == "social_care":
        return frozenset(SOCIAL_CARE)
    if part == "health":
        return frozenset(AgencyKind(word) for word in terms.policy.words("roles.quorum_health"))
    return frozenset({AgencyKind(part)})


def quorum_of(case: Case, terms: Terms) -> tuple[str, ...]:
    """Return the parts of the quorum: as the policy has them, and a clinician too while the child is in hospital."""
    return (*terms.policy.words("strategy.quorum"), *(["hospital"] if in_hospital(case) else []))


def quorum_missing(case: Case, event: Event, terms: Terms) -> tuple[str, ...]:
    """Return the parts of the quorum that nobody stood for."""
    people = case.family.practitioners
    kinds = {
        agency.kind
        for who in present(case, event, terms)
        if who in people and (agency := people[who].agency) is not None
    }
    return tuple(part for part in quorum_of(case, terms) if not kinds & may_stand_for(part, terms))


def quorate(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Social care, police and health; a clinician too while the child is in hospital."""
    missing = quorum_missing(case, event, terms) if held(event) else ()
    if missing:
        people = case.family.practitioners
        sorry = {
            agency.kind.value
            for who in (event.get("apologies") or {})
            if who in people and (agency := people[who].agency) is not None
        }
        says = f"Nobody stood for {listed(missing)} in the discussion."
        yield Finding(says, missing, silent=not sorry & set(missing), loose=event.loose)


QUORUM: Final = Gate(
    id="strategy-quorum",
    stage=Stage.STRATEGY,
    says="A strategy discussion needs social care, police and health, and a clinician while the child is in hospital.",
    source="Working Together to Safeguard Children, T7; West Midlands procedures 1.8",
    mend="the chair, with `invite` or `excuse`; an agency, with `send-account`",
    on=_STRATEGY,
    judge=quorate,
)


def says_why(_case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """What was decided, and on what reasons."""
    if not held(event):
        return
    if not event.get("decision"):
        yield Finding("What the discussion decided is not recorded.", silent=True, loose=event.loose)
    if not event.get("rationale"):
        silent = "rationale" not in event.data
        yield Finding("The reasons of what was decided are not recorded.", silent=silent, loose=event.loose)


RATIONALE: Final = Gate(
    id="strategy-rationale",
    stage=Stage.STRATEGY,
    says="A strategy discussion records what it decided and why.",
    source="SCR Matt 6.1.10, 6.1.14; Working Together to Safeguard Children, T6",
    mend="the chair, with `hold-strategy` and rationale=...",
    on=_STRATEGY,
    judge=says_why,
)


GATES: Final[tuple[Gate, ...]] = (REFERRER, QUORUM, RATIONALE, *strategy_left_out.GATES)
