"""Gates of the front door, fifth part: outcomes that are too little for what is known, or that the family may decline."""

from collections.abc import Iterator
from typing import Final

from config.policy import Effect
from models.events import Event
from models.facts import Case
from models.vocabulary import Concern, Kind, Stage
from workflow.checks import agreed, before, opens_little, under_way
from workflow.questions import AVOIDING, OPENS_NOTHING, contacts_for, day_of, known, unborn, younger
from workflow.rule import Finding, Gate, Terms

_DECISION: Final = frozenset({Kind.DECISION})
_NEGLECT: Final = frozenset({Concern.NEGLECT, Concern.MEDICAL_NEGLECT})
_CARE: Final = frozenset({Concern.HOME_CONDITIONS, Concern.HYGIENE, Concern.FEEDING, Concern.SUPERVISION})
_SEVERAL: Final = 2


def neglect_in(contacts: list[Event]) -> set[str]:
    """Return the concerns that speak of neglect: by that name, or several that come to the same."""
    codes = {str(code) for contact in contacts for code in contact.codes("concerns")}
    care = codes & _CARE
    return (codes & _NEGLECT) | (care if len(care) >= _SEVERAL else set())


def not_the_first(case: Case, contacts: list[Event]) -> bool:
    """Tell whether there was a concern about the family on an earlier day, or it keeps help at a distance."""
    first = min(day_of(contact.at) for contact in contacts)
    if any(not AVOIDING.isdisjoint(contact.codes("concerns")) for contact in contacts):
        return True
    return any(one.codes("concerns") and known(one) and day_of(one.at) < first for one in case.family.record)


def infant_assessed(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """A baby, or one to come, with neglect that is not the first concern, is never left to early help or less."""
    contacts = contacts_for(case, event)
    if not contacts or not opens_little(event) or under_way(case):
        return
    answers = event.get("answers") or {}
    neglect = {code for code in neglect_in(contacts) if answers.get(code) != "not_found"}
    small = unborn(case, event.at) or younger(case, event.at, "infant_age", terms)
    if neglect and small and not_the_first(case, contacts):
        says = "An infant is neglected, it is not the first concern, and no assessment is opened."
        yield Finding(says, tuple(sorted(neglect)), loose=event.loose)


INFANT_FLOOR: Final = Gate(
    id="infant-neglect-assessment-floor",
    stage=Stage.FRONT_DOOR,
    says="Neglect of an infant with an earlier concern or a family that keeps away is assessed by social care.",
    source="SCR Matt 6.1.5",
    mend="the manager, with `decide` and outcome=assessment",
    on=_DECISION,
    judge=infant_assessed,
)


def refused(case: Case, event: Event) -> bool:
    """Tell whether the family refused, or met those who came with hostility, and has not agreed since."""
    against = False
    for one in before(case, event):
        if one.get("consent") == "given" and one.kind in {Kind.CONTACT, Kind.EARLY_HELP}:
            against = False
        elif one.get("consent") == "refused" or one.get("reason_code") == "consent_refused":
            against = True
        elif Concern.HOSTILITY in one.codes("concerns") and known(one):
            against = True
    return against


def without_consent(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """What rests on consent is no answer to a refusal; nothing at all is one only as a fresh decision on the risk."""
    for_refusal = event.get("reason_code") == "consent_refused"
    if event.get("outcome") == "early_help" and (for_refusal or refused(case, event)):
        yield Finding("Early help rests on consent, and the family refuses or is hostile.", loose=event.loose)
    elif event.get("outcome") in OPENS_NOTHING and for_refusal and not (agreed(event) and event.get("answers")):
        says = "That the family refused is no reason to open nothing: no manager has weighed the risk itself."
        yield Finding(says, silent="manager" not in event.data, loose=event.loose)


CONSENT: Final = Gate(
    id="consent-refusal-escalation",
    stage=Stage.FRONT_DOOR,
    says="Early help is no outcome where the family refuses it or is hostile: a manager decides afresh on the risk.",
    source="Serious case review: Khyra Ishaq (Birmingham, 2010)",
    mend="the manager, with `decide` and another outcome",
    on=_DECISION,
    judge=without_consent,
)


def keeps_away(case: Case, event: Event, terms: Terms) -> bool:
    """Tell whether the family is on record, within the window of a re-referral, as keeping help at a distance."""
    return any(
        known(one)
        and terms.due(one.at, "rereferral_window") >= event.at
        and (not AVOIDING.isdisjoint(one.codes("concerns")) or one.get("access") == "denied")
        for one in case.record
    )


def falls_back(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """What happens if the family does not come, and on which day somebody looks. A refusal has a rule of its own."""
    if event.get("outcome") != "early_help" or not keeps_away(case, event, terms) or refused(case, event):
        return
    if not event.get("fallback"):
        says = "The family has kept help at a distance, and nothing says what happens if it does so again."
        yield Finding(says, silent="fallback" not in event.data, loose=event.loose)
    elif not event.get("review_on") and not event.get("until"):
        yield Finding("There is no day on which somebody looks whether the family has come.", silent=True)


VOLUNTARY: Final = Gate(
    id="voluntary-service-needs-engagement",
    stage=Stage.FRONT_DOOR,
    says="Early help for a family that has kept help at a distance needs a fallback and a day to look again.",
    source="SCR Matt 6.1.1",
    mend="the manager, with `decide`, fallback=true and review_on=DATE",
    effect=Effect.WARN,
    on=_DECISION,
    judge=falls_back,
)

GATES: Final[tuple[Gate, ...]] = (INFANT_FLOOR, CONSENT, VOLUNTARY)
