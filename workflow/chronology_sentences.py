"""What happened, in plain words: one row of sentences per kind of event, chosen by its telling key. Pure.

A sentence says what was done; who did it, for whom and what was seen stand beside it in a chronology.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from models.events import Event
from models.vocabulary import Kind
from workflow.chronology_words import Names, legible, listed, sentence, spoken

ANY: Final = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """The sentences of one kind: `key` is what tells them apart, and `ANY` what is said of every other value."""

    key: str
    says: Mapping[str, str]


def _one(text: str) -> Saying:
    return Saying("", {ANY: text})


def _by(key: str, otherwise: str = "", **says: str) -> Saying:
    return Saying(key, {ANY: otherwise, **says})


SAYINGS: Final[Mapping[Kind, Saying]] = {
    Kind.CONTACT: _by(
        "to",
        "A concern was reported",
        hub="A concern was referred to the hub",
        worker="A concern was reported to social care",
        police="A concern was reported to the police",
    ),
    Kind.CONCERN: _by("referred", "A concern was noted", false="A concern was noted and not sent on"),
    Kind.GRADE: _one("Graded {grade}"),
    Kind.GRADE_PROPOSED: _one("A lower grade was proposed: {grade}"),
    Kind.CHECK: _by(
        "status",
        asked="{agency} was asked what it knows",
        replied="{agency} replied",
        no_reply="{agency} was asked and has not replied",
    ),
    Kind.SPOKE_TO: _by("done", "Spoke to {person}", false="{person} was not spoken to"),
    Kind.REVIEWED_EVIDENCE: _one("What came with the contacts was read"),
    Kind.HISTORY_CHECKED: _one("History was looked for: {scope}"),
    Kind.CHRONOLOGY_SEEN: _one("The chronology was read"),
    Kind.DECISION: _one("Decision: {outcome}"),
    Kind.AGENCY_DECISION: _one("The agency's own decision: {outcome}"),
    Kind.ALLOCATED: _by("to", "The case was given to {to}", none="{ended} no longer holds the case"),
    Kind.INVOLVEMENT: _by(
        "status",
        started="{who} began to work with the family",
        ended="{who} no longer works with the family",
    ),
    Kind.EARLY_HELP: _by("status", "Early help {status}", requested="Early help was asked for", consent="Early help"),
    Kind.STRATEGY_DISCUSSION: _by(
        "step",
        "Strategy discussion held",
        asked="A strategy discussion was asked for",
        called="A strategy discussion was called for {starts}",
        moved="The strategy discussion was moved to {starts}",
        not_held="A strategy discussion was considered and not held",
    ),
    Kind.INVITED: _one("Invited: {who}"),
    Kind.ACCOUNT: _one("A written account was sent to the strategy discussion"),
    Kind.EXCUSED: _one("It was settled to go ahead without {who}: {code}"),
    Kind.MEDICAL: _by(
        "what",
        child_protection_medical="Child protection medical",
        clinician_report="A clinician reported",
        advised="A medical was advised",
        attended="Seen at hospital or clinic",
        not_attended="Was not taken to hospital or clinic",
        admitted="Admitted to hospital",
        discharged="Discharged from hospital",
    ),
    Kind.TOOL: _one("Measured with: {what}"),
    Kind.ASSESSMENT: _by(
        "status", started="Social care assessment begun", completed="Social care assessment completed"
    ),
    Kind.SECTION47_OUTCOME: _by(
        "outcome",
        not_substantiated="Section 47 enquiry concluded: the concern was not substantiated",
        no_continuing_risk="Section 47 enquiry concluded: substantiated, without continuing risk of significant harm",
        conference="Section 47 enquiry concluded: to a child protection conference",
    ),
    Kind.SECOND_SIGNATURE: _one("A second manager agreed"),
    Kind.ALARM_ANSWERED: _one("A pattern or warning was answered with a reason"),
    Kind.SHARING: _by(
        "status",
        asked="{agency} was asked whether what it wrote may be shared with: {audience}",
        agreed="{agency} agreed that what it wrote is shared with: {audience}",
        refused="{agency} did not agree that what it wrote is shared with: {audience}",
    ),
    Kind.CONFERENCE: _by(
        "which", initial="Initial child protection conference", review="Review child protection conference"
    ),
    Kind.PLAN: _by(
        "which", child_in_need="Child in need plan {status}", child_protection="Child protection plan {status}"
    ),
    Kind.OUTCOME: _by("status", "Outcome of the plan {status}: {id}", not_met="Outcome of the plan not met: {id}"),
    Kind.CONDITION: _by(
        "status", set="Condition set: {id}", met="Condition met: {id}", missed="Condition missed: {id}"
    ),
    Kind.MEETING: _by(
        "status",
        "Meeting held: {which}",
        requested="Meeting asked for: {which}",
        cancelled="Meeting cancelled: {which}",
    ),
    Kind.VISIT: _by(
        "access",
        granted="Visit, let in",
        denied="Visit, access refused",
        no_reply="Visit, no reply at the door",
    ),
    Kind.ATTEMPT: _one("Tried to reach {person}, without an answer"),
    Kind.APPOINTMENT: _by(
        "outcome",
        attended="Appointment kept: {what}",
        was_not_brought="Was not brought to appointment: {what}",
        missed="Appointment missed: {what}",
        cancelled="Appointment cancelled: {what}",
        rearranged="Appointment put off to another day: {what}",
    ),
    Kind.AGREEMENT: _by("status", made="Written agreement made", breached="Written agreement broken"),
    Kind.SAFETY_PLAN: _by("status", made="Interim safety plan made", ended="Interim safety plan ended"),
    Kind.COMMITMENT: _by(
        "status",
        made="Promised: {promise}",
        kept="Promise kept: {promise}",
        changed="Promise changed: {promise}",
        missed="Promise not kept: {promise}",
    ),
    Kind.CONTINGENCY_USED: _one("What the plan laid down in case was used: {what}"),
    Kind.POLICE_CHECK: _by(
        "status",
        requested="The police were asked to see the child",
        accepted="The police agreed to see the child",
        refused="The police declined to see the child",
        attended="The police went to see the child",
    ),
    Kind.ORDER: _by("status", made="Order made: {what}", ended="Order ended: {what}"),
    Kind.LEGAL_ADVICE: _by("status", asked="Legal advice was asked for", given="Legal advice was given"),
    Kind.INCIDENT: _one("Incident: {what}"),
    Kind.HOUSEHOLD: _by(
        "what",
        joined="{person} joined the household",
        left="{person} left the household",
        lives_elsewhere="{person} belongs to the family and lives elsewhere",
        new_partner="{person} became a partner in the household",
        moved_address="The family moved",
        pregnancy_known="{person} is known to be pregnant",
        birth="The child was born",
        death="{person} died",
        animal="There is an animal in the home",
        gp_registered="Registered with a GP",
        support_ended="Support by {person} ended",
        contact_ended="Contact with {person} ended",
        school_joined="Joined a school",
        school_left="Left school",
        school_withdrawal_asked="Asked to take the child out of school",
        placed="Placed away from home",
        returned_home="Returned home",
        left_area="Left the area",
    ),
    Kind.STEP_DOWN: _by("status", proposed="Stepping down to {to} was proposed", agreed="Stepped down to {to}"),
    Kind.CLOSURE_PROPOSED: _one("The case was put forward for closing"),
    Kind.VIEW: _one("View on what is proposed: {view}"),
    Kind.CLOSURE_RETURNED: _one("The proposed closure was sent back"),
    Kind.CLOSURE: _one("The case was closed"),
    Kind.DISAGREEMENT: _by(
        "status",
        raised="A disagreement was raised with the {with}",
        escalated="The disagreement with the {with} went up a stage",
        resolved="The disagreement with the {with} was settled",
        withdrawn="The disagreement with the {with} was withdrawn",
    ),
    Kind.COMPLAINT: _one("The family complained"),
    Kind.INFORMATION_REQUEST: _by(
        "answered", "Asked who holds the case, and was told", false="Asked who holds the case, and was not told"
    ),
    Kind.NOTE: _one("Note"),
    Kind.TRIAGE_BEGUN: _one("Triage began"),
    Kind.READY: _one("Put before a manager for a decision"),
    Kind.WOKEN: _one("Taken up again after it had been put off"),
    Kind.TOLD: _by(
        "came_back", "{who} was told of an outcome", true="The message to {who} about an outcome came back unread"
    ),
}


class _Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return {"person": "somebody", "who": "somebody"}.get(key, "not recorded")


def derived(event: Event) -> dict[str, Any]:
    """Return what a sentence needs and no key says alone: a meeting's step, a promise, who was asked and did not come."""
    found: dict[str, Any] = {}
    if event.kind is Kind.STRATEGY_DISCUSSION:
        asked = "moved" if event.get("moved") else "called" if event.get("starts") else "asked"
        found["step"] = asked if event.get("requested") else "not_held" if event.get("held") is False else "held"
    if event.kind is Kind.COMMITMENT:
        found["promise"] = event.get("what") or event.id
    if event.codes("invited") and event.codes("attended"):
        found["absent"] = [who for who in event.codes("invited") if who not in event.codes("attended")]
    found["id"] = event.id
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def headline(event: Event, names: Names) -> str:
    """Say what happened, in one sentence."""
    data = {**event.data, **derived(event)}
    filled = _Filled({key: names.say(value) for key, value in data.items()})
    if "agency" in data:
        filled["agency"] = names.agency(str(data["agency"]))
    saying = SAYINGS[event.kind]
    chosen = str(data.get(saying.key)).lower()
    says = saying.says.get(chosen) or saying.says[ANY] or spoken(event.kind.value)
    return sentence(says.format_map(filled))


def claim(event: Event) -> Iterator[str]:
    """Yield what the family said that nobody has made sure of, and a hurt as it was found."""
    said = event.get("claim")
    if isinstance(said, Mapping):
        checked = "checked" if said.get("verified") else "not checked"
        yield sentence(f"The family says ({checked}): {legible(str(said.get('what', '')))}")
    hurt = event.get("injury")
    if isinstance(hurt, Mapping):
        parts = []
        if hurt.get("explained") is not None:
            parts.append("explained" if hurt["explained"] else "not explained")
        if hurt.get("child_mobile") is not None:
            parts.append(
                "of a child who moves about" if hurt["child_mobile"] else "of a child who cannot yet move about"
            )
        yield sentence(f"An injury, {listed(parts)}" if parts else "An injury")
