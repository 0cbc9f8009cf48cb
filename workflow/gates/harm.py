"""Gates of harm: a child who was hurt is heard alone, and no doubt about the cause ends protection."""

from collections.abc import Iterator, Mapping
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Concern, Kind, Stage
from workflow.assessing import seen_alone
from workflow.carers import carers, residents
from workflow.checks import SORTS
from workflow.hurt import explained, speaks_of_hurt
from workflow.questions import OPENS_NOTHING, known, professional, unborn, younger
from workflow.reckoned import often_enough
from workflow.rule import Finding, Gate, Terms

_TOLD: Final = frozenset({Concern.PHYSICAL_ABUSE, Concern.SEXUAL_ABUSE, Concern.CHILD_DISCLOSURE})
_DOUBT: Final = frozenset({"inconclusive", "unexplained"})
_SIDES: Final = {"police": SORTS["police"], "health": SORTS["health"]}

_FINDS_NOTHING: Final[dict[Kind, tuple[str, frozenset[object]]]] = {
    Kind.DECISION: ("outcome", OPENS_NOTHING),
    Kind.SECTION47_OUTCOME: ("outcome", frozenset({"not_substantiated"})),
    Kind.ASSESSMENT: ("outcome", frozenset({"no_further_action"})),
    Kind.CLOSURE: ("reason_code", frozenset({"no_further_action", "malicious"})),
    Kind.STRATEGY_DISCUSSION: ("held", frozenset({False})),
}
_LETS_GO: Final[dict[Kind, tuple[str, frozenset[object]]]] = {
    Kind.DECISION: ("outcome", OPENS_NOTHING),
    Kind.SECTION47_OUTCOME: ("outcome", frozenset({"not_substantiated", "no_continuing_risk"})),
    Kind.ASSESSMENT: ("outcome", frozenset({"no_further_action", "early_help"})),
    Kind.STEP_DOWN: ("to", frozenset({"early_help", "child_in_need", "universal"})),
    Kind.CLOSURE: (
        "reason_code",
        frozenset({"needs_met", "stepped_down", "no_further_action", "early_help_after_assessment", "malicious"}),
    ),
}


def says_so(event: Event, table: Mapping[Kind, tuple[str, frozenset[object]]]) -> bool:
    """Tell whether an event is one of those in a table: a kind, one of its keys, and what that key may say."""
    key, words = table.get(event.kind, ("", frozenset()))
    return event.get(key) in words


def heard_alone(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Asked once: whoever first says that there is nothing to it has heard the child, or says why not.

    A talk that was to clear it up, and was not with the child alone, is said at once.
    """
    if event.kind is Kind.SPOKE_TO:
        if not_alone(case, event) and not younger(case, event.at, "talking_age", terms):
            silent = event.get("alone") is None
            yield Finding("The child was not spoken to alone.", silent=silent, loose=event.loose, light=True)
        return
    if not says_so(event, _FINDS_NOTHING) or unborn(case, event.at) or younger(case, event.at, "talking_age", terms):
        return
    alleged = [at for at, one in enumerate(case.chapter) if alleges(one)]
    if not alleged or answered_otherwise(case, case.chapter[alleged[-1] :]):
        return
    since = case.chapter[alleged[0] :]
    if not any(says_so(one, _FINDS_NOTHING) for one in case.chapter[alleged[-1] :]) and not seen_alone(
        case, [event, *since]
    ):
        silent = event.get("child_seen_alone") is not False
        light = event.kind is Kind.STRATEGY_DISCUSSION
        reckoned = often_enough(since, 0, 1, "times that the child was heard alone")
        says = "The child was not spoken to alone."
        yield Finding(says, silent=silent, loose=event.loose, light=light, reckoned=reckoned)


def answered_otherwise(case: Case, since: tuple[Event, ...]) -> bool:
    """Tell whether the child's own word is not what is wanted.

    A doctor has explained what was seen and the child alleged nothing; it was found on a child who cannot move about,
    though others of that age do; or it is somebody from outside the home who is known to have done it.
    """
    told = any(not _TOLD.isdisjoint(one.codes("concerns")) for one in since)
    unable = any((one.get("injury") or {}).get("child_mobile") is False for one in since)
    involved = {who for one in since if one.kind is Kind.INCIDENT for who in one.codes("involving")}
    outside = bool(involved) and involved.isdisjoint({*carers(case), *residents(case)})
    return (not told and (unable or any(map(explained, since)))) or outside


def not_alone(case: Case, event: Event) -> bool:
    """Tell whether somebody who enquires into an allegation heard a child of the family with others there."""
    people, who = case.family.people, event.get("person")
    talks = who in people and people[who].child and event.get("done") is not False
    heard = event.get("alone") or event.get("child_seen_alone")
    return talks and not heard and who == case.child_id and any(map(alleges, case.episode))


def alleges(event: Event) -> bool:
    """Tell whether somebody says or sees that the child was hurt or harmed, beyond a mishap that is explained."""
    told = not _TOLD.isdisjoint(event.codes("concerns"))
    return speaks_of_hurt(event) or (known(event) and told)


SEEN_ALONE: Final = Gate(
    id="child-seen-alone",
    stage=Stage.ENQUIRY,
    says="Where a child may have been hurt, nobody concludes that there is nothing to it before the child was heard alone.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); Daniel Pelka (2013)",
    mend="the worker, with `spoke-to` or `record-visit` and child_seen_alone=true",
    on=frozenset({*_FINDS_NOTHING, Kind.SPOKE_TO}),
    judge=heard_alone,
)


def doubt(case: Case) -> str | None:
    """Return what the newest medical opinion leaves open, until a later one explains it or a conference weighs it."""
    open_: str | None = None
    for event in case.chapter:
        finding = event.get("finding") if event.kind is Kind.MEDICAL else None
        if finding == "explained" or event.kind is Kind.CONFERENCE or says_so(event, _LETS_GO):
            open_ = None
        elif finding is not None:
            open_ = finding
    return open_


def cause_clear(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Doubt about a cause is not evidence of a harmless one.

    Where a doctor can say neither yes nor no, the police and health may settle it between them.
    """
    left = doubt(case) if says_so(event, _LETS_GO) else None
    if left in _DOUBT:
        if left == "inconclusive" and agreed_by(case, event) >= {"police", "health"}:
            return
        yield Finding(f"The medical opinion is {left}, and no other cause is shown.", loose=event.loose)
    elif left is not None and says_so(event, _FINDS_NOTHING):
        yield Finding("A doctor found that the injury was not an accident.", loose=event.loose)


def agreed_by(case: Case, event: Event) -> set[str]:
    """Name the sides, of police and health, that agree to an outcome. Whoever of them disagrees takes it away."""
    views: dict[str, str] = event.get("views") or {}
    said = {side: {view for who, view in views.items() if _side(case, who, sorts)} for side, sorts in _SIDES.items()}
    return {side for side, given in said.items() if given == {"agree"}}


def _side(case: Case, who: str, sorts: frozenset[AgencyKind]) -> bool:
    found = professional(case, who)
    return found is not None and found.agency is not None and found.agency.kind in sorts


INCONCLUSIVE: Final = Gate(
    id="medical-inconclusive-hold",
    stage=Stage.ENQUIRY,
    says="While a medical opinion leaves the cause of an injury open, a child is not taken out of protection.",
    source="Serious case review: Daniel Pelka (Coventry, 2013); Serious case review: Baby Peter (Haringey, 2009)",
    mend="the worker, with `record-medical` and finding=explained; the manager, with `conclude-enquiry` to a conference",
    on=frozenset({Kind.SECTION47_OUTCOME, Kind.DECISION, Kind.ASSESSMENT, Kind.STEP_DOWN, Kind.CLOSURE}),
    judge=cause_clear,
)

GATES: Final[tuple[Gate, ...]] = (SEEN_ALONE, INCONCLUSIVE)
