"""Gates of the front door, sixth part: nobody who is worried is called malicious lightly, or sent to ring elsewhere."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Stage
from workflow.checks import agreed, answered, before, waiting
from workflow.contact_count import contacts_within
from workflow.gates.front_door_voices import referrer_heard
from workflow.questions import contacts_for, listed, professional, unborn, younger
from workflow.rule import Finding, Gate, Terms

_READ: Final = frozenset({Kind.CHRONOLOGY_SEEN, Kind.HISTORY_CHECKED})


def labelled(case: Case, event: Event) -> list[Event]:
    """Return the contacts that are called malicious: those of the decision, or of the chapter that is closed."""
    contacts = contacts_for(case, event)
    return contacts or [one for one in case.chapter if one.kind is Kind.CONTACT]


def seen_alone(case: Case, events: tuple[Event, ...], event: Event, terms: Terms) -> bool:
    """Tell whether the child was seen without those who are accused. Of a child too young to talk, seen is enough."""
    if unborn(case, event.at) or any(one.get("child_seen_alone") for one in events):
        return True
    alone = any(one.get("person") == case.child_id and one.get("alone") for one in events)
    small = younger(case, event.at, "speaking_age", terms)
    return alone or (small and any(one.get("child_seen") for one in events))


def malicious(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Four things have to be on record first, and a second voice can never be dismissed so."""
    if event.get("reason_code") != "malicious":
        return
    voices = {one.by for one in contacts_within(case, event.at, "rereferral_window", terms)}
    if len(voices) > 1:
        yield Finding("More than one person is worried, so that none of them can be called malicious.")
        return
    contacts = labelled(case, event)
    events = before(case, event) if event.kind is Kind.DECISION else case.chapter
    lacks = [
        ("the referrer was spoken to", all(referrer_heard(case, one, event) for one in contacts)),
        ("the earlier contacts were read", any(one.kind in _READ for one in events)),
        ("the child was seen alone", seen_alone(case, events, event, terms)),
        ("a second manager agrees", event.get("manager") not in {None, event.by}),
    ]
    missing = [what for what, there in lacks if not there]
    if missing:
        yield Finding(f"Nothing shows that {listed(missing)}.", silent=True, loose=event.loose)


MALICIOUS: Final = Gate(
    id="malicious-label-guard",
    stage=Stage.FRONT_DOOR,
    says="A worry is called malicious only once referrer, history and child were heard and a second manager agrees.",
    source="National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022)",
    mend="the manager, with another reason; or the worker, with `spoke-to`, `read-chronology` and a visit",
    on=frozenset({Kind.DECISION, Kind.CLOSURE}),
    judge=malicious,
)


def passed_on(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """The hub asks the other agency itself, and waits for the answer."""
    if event.get("outcome") != "information_and_advice":
        return
    brought = [professional(case, contact.by) for contact in contacts_for(case, event)]
    senders = {who.agency.kind for who in brought if who is not None and who.agency and not who.in_social_care}
    if not senders:
        return
    events = (*before(case, event), event)
    others = {sort for sort in answered(case, events) if sort not in senders}
    if others or any(one.kind is Kind.EARLY_HELP for one in events):
        return
    if waiting(case, events) - senders:
        if not agreed(event):
            yield Finding("The other agency was asked and has not answered.", loose=event.loose)
        return
    says = "A professional is left with advice, and the hub itself has taken the worry to no other agency."
    yield Finding(says, silent=True, loose=event.loose)


ELSEWHERE: Final = Gate(
    id="referrer-sent-elsewhere",
    stage=Stage.FRONT_DOOR,
    says="A professional is not told to ring another agency: the hub passes the worry on itself and waits for the answer.",
    source="Serious case review: Khyra Ishaq (Birmingham, 2010)",
    mend="the triage worker, with `ask`; the other agency, with `reply`",
    on=frozenset({Kind.DECISION}),
    judge=passed_on,
)

GATES: Final[tuple[Gate, ...]] = (MALICIOUS, ELSEWHERE)
