"""Gates of the front door, seventh part: the unborn child, the parents' own history, and one worry after another."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Concern, Factor, Kind, Stage
from workflow.carers import parents
from workflow.checks import agreed, before, opens_little, sort_of, under_way
from workflow.chronology_read import unread
from workflow.contact_count import contacts_within, occasions
from workflow.questions import contacts_for, listed, unborn
from workflow.rule import Finding, Gate, Terms

_DECISION: Final = frozenset({Kind.DECISION})
_EXPECTING: Final = frozenset({Concern.LATE_ANTENATAL_CARE, Concern.CONCEALED_PREGNANCY})
_DATED: Final = frozenset({"antenatal_booking", "antenatal", "scan"})
_IN_CARE: Final = frozenset({Factor.CARE_LEAVER, Factor.OWN_CHILD_PROTECTION_HISTORY})
_KNOWS_CARE: Final = frozenset({AgencyKind.LEAVING_CARE, AgencyKind.FOSTERING, AgencyKind.OTHER_AUTHORITY})


def speaks_of_pregnancy(contact: Event) -> bool:
    """Tell whether a contact names somebody who is expecting."""
    return bool(contact.get("pregnancy")) or not _EXPECTING.isdisjoint(contact.codes("concerns"))


def dated(case: Case) -> bool:
    """Tell whether it is known, however roughly, when the child is to be born."""
    if case.child.due is not None:
        return True
    return any(
        (one.get("pregnancy") or {}).get("weeks") is not None
        or (one.kind is Kind.APPOINTMENT and one.get("what") in _DATED and one.get("outcome") == "attended")
        for one in case.record
    )


def unborn_counts(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """The baby to come has a record of its own, with the day it is due, and not a line in the mother's."""
    if event.get("outcome") == "strategy_discussion":
        return
    if unborn(case, event.at):
        if not dated(case):
            yield Finding("Nobody has recorded when the child is due to be born.", silent=True, loose=event.loose)
        return
    if not any(speaks_of_pregnancy(contact) for contact in contacts_for(case, event)):
        return
    named = {child for one in (*case.family.record, event) for child in one.about}
    if not any(unborn(case.family.case(child), event.at) for child in named):
        yield Finding("The contact speaks of a pregnancy, and the child to come has no record.", loose=event.loose)


UNBORN: Final = Gate(
    id="unborn-is-a-subject",
    stage=Stage.FRONT_DOOR,
    says="A worry about somebody who is pregnant is decided for the unborn child, on a record with the day it is due.",
    source="SCR Matt 5.1, 6.1.1",
    mend="the triage worker, with `refer` for the unborn child and due=DATE",
    effect=Effect.WARN,
    on=_DECISION,
    judge=unborn_counts,
)


def summarised(case: Case, parent: str, event: Event) -> bool:
    """Tell whether a parent's own history in care is on record: as a summary, a search, a finding or an answer."""
    for one in (*case.record, event):
        if one.kind is Kind.TOOL and one.get("what") == "parent_history" and one.get("for") in {None, parent}:
            return True
        if one.kind is Kind.HISTORY_CHECKED and "parents" in one.codes("scope"):
            return True
        if _IN_CARE & set(one.get("factors_resolved") or ()):
            return True
        replied = one.kind is Kind.CHECK and one.get("status") == "replied"
        if replied and (one.get("person") == parent or sort_of(case, one.get("agency")) in _KNOWS_CARE):
            return True
    return False


def history_summarised(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Before an assessment is complete, and before a decision that opens none."""
    if event.kind is Kind.ASSESSMENT:
        if event.get("status") != "completed":
            return
    elif not opens_little(event) or under_way(case):
        return
    people = case.family.people
    missing = tuple(one for one in parents(case) if _IN_CARE & people[one].factors and not summarised(case, one, event))
    if missing:
        says = f"What a parent's own years in care or under protection say is not summed up: {listed(missing)}."
        yield Finding(says, missing, silent=True, loose=event.loose)


PARENT_HISTORY: Final = Gate(
    id="parent-care-history-summarised",
    stage=Stage.FRONT_DOOR,
    says="Where a parent was looked after or protected as a child, that history is summed up before anything is decided.",
    source="SCR Matt 4.2, 6.1.1, 6.2.3, 6.1.35",
    mend="the worker, with `record-tool` and what=parent_history, or `check-history` with scope=parents",
    effect=Effect.WARN,
    on=frozenset({Kind.DECISION, Kind.ASSESSMENT}),
    judge=history_summarised,
)


def reached(case: Case, reading: Event) -> bool:
    """Tell whether a reading of the chronology came after every contact about the child."""
    return not any(one.kind is Kind.CONTACT for one in unread(case, reading))


def seen_together(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """The second contact is for a manager, the third is assessed, unless a manager has read them and says why not."""
    if not opens_little(event) or under_way(case):
        return
    read = any(one.kind is Kind.CHRONOLOGY_SEEN and reached(case, one) for one in before(case, event))
    year = occasions(contacts_within(case, event.at, "contact_view.window", terms))
    near = occasions(contacts_within(case, event.at, "contact_view.near", terms))
    if year >= terms.policy.number("contact_view.assess"):
        if not (read and agreed(event)):
            says = f"Somebody was worried {year} times within {terms.span('contact_view.window')}; that is assessed."
            yield Finding(says, loose=event.loose)
    elif near >= terms.policy.number("contact_view.review") and not read and event.get("manager") in {None, event.by}:
        says = f"These {near} contacts within {terms.span('contact_view.near')} were not looked at together."
        yield Finding(says, silent=True, loose=event.loose)


CUMULATIVE: Final = Gate(
    id="cumulative-contact-view",
    stage=Stage.FRONT_DOOR,
    says="Contacts about a child and the household are looked at together: a manager sees the second, the third is assessed.",
    source="SCR Matt 6.1.1",
    mend="the manager, with `mash chronology REF`, `read-chronology`, and `decide` with outcome=assessment or a reason",
    effect=Effect.WARN,
    on=_DECISION,
    judge=seen_together,
)

GATES: Final[tuple[Gate, ...]] = (UNBORN, PARENT_HISTORY, CUMULATIVE)
