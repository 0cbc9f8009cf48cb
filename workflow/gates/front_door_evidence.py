"""Gates of the front door, second part: what has to be answered, opened and agreed before a decision."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, PractitionerKind, Stage
from workflow.checks import before, left_to_assess
from workflow.questions import OPENS_NOTHING, contacts_for, listed
from workflow.rule import Finding, Gate, Terms

_DECISION: Final = frozenset({Kind.DECISION})
_NOT_YET: Final = frozenset({"strategy_discussion", "deferred"})
_NOBODY_LOOKS: Final = OPENS_NOTHING | {"early_help"}
"""Outcomes after which social care looks no further."""


def concerns_answered(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Each worry that came gets its own answer, even if that is `unknown`.

    What is left to an assessment, for a reason, is warned of. Where a source leaves much out, an assessment is taken
    to look for the answers.
    """
    if event.get("outcome") in _NOT_YET or ("answers" not in event.data and left_to_assess(case, event)):
        return
    raised = dict.fromkeys(str(code) for contact in contacts_for(case, event) for code in contact.codes("concerns"))
    answers = event.get("answers") or {}
    missing = tuple(code for code in raised if code not in answers)
    if missing:
        says = f"These concerns have no answer: {listed(missing)}."
        silent = "answers" not in event.data
        looked_for = silent and event.get("outcome") == "assessment" and event.get("reason") and not case.family.live
        yield Finding(says, missing, silent=silent, loose=event.loose, light=bool(looked_for))
    # At the closure it would be too late: nobody would have been asked to find out, and no verb would be left to say it.
    unknown = tuple(code for code, answer in answers.items() if answer == "unknown")
    if case.family.live and unknown and event.get("outcome") in _NOBODY_LOOKS:
        says = f"These concerns are unknown, and after this decision nobody finds out: {listed(unknown)}."
        yield Finding(says, unknown, loose=event.loose)


EVERY_CONCERN: Final = Gate(
    id="every-concern-answered",
    stage=Stage.FRONT_DOOR,
    says="Every concern that was raised is answered as confirmed, not found or unknown before a decision.",
    source="SCR Matt 5.4, 6.1.2, 6.1.4",
    mend="the manager, with `decide` and answers=CONCERN:confirmed,...",
    on=_DECISION,
    judge=concerns_answered,
)


def attachments_opened(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """What was sent with a contact is opened after it came and before anything is decided on it."""
    if event.get("outcome") == "strategy_discussion":
        return
    record = list(case.record)
    for contact in contacts_for(case, event):
        if not contact.get("attachments"):
            continue
        seen = record[record.index(contact) + 1 :]
        reviews = [one.codes("for") for one in seen if one.kind is Kind.REVIEWED_EVIDENCE]
        if not any(not named or contact.id in named for named in reviews):
            count = contact.get("attachments")
            says = f"Nobody is recorded to have opened the attachments that came with the contact ({count})."
            yield Finding(says, (contact.id,) if contact.id else (), silent=True, loose=event.loose)


ATTACHMENTS: Final = Gate(
    id="attachments-reviewed",
    stage=Stage.FRONT_DOOR,
    says="What came with a contact is opened and noted before a decision.",
    source="SCR Matt 5.17, 6.1.20",
    mend="the triage worker, with `review-evidence`",
    on=_DECISION,
    judge=attachments_opened,
)


def has_a_reason(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """A coded reason counts as one, unless it says `other`."""
    if event.get("outcome") == "strategy_discussion" or event.get("reason"):
        return
    if "reason" not in event.data and left_to_assess(case, event):
        return
    if event.get("reason") is False or event.get("reason_code") in {None, "other"}:
        yield Finding("No reason for the decision is recorded.", silent="reason" not in event.data, loose=event.loose)


HAS_REASON: Final = Gate(
    id="decision-has-reason",
    stage=Stage.FRONT_DOOR,
    says="Every front-door decision has a recorded reason.",
    source="Working Together to Safeguard Children, T3; SCR Matt 6.1.6",
    mend="the manager, with `decide` and reason=...",
    on=_DECISION,
    judge=has_a_reason,
)


def one_leads(_case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """Early help without a name is help from nobody."""
    if event.get("outcome") == "early_help" and not event.get("lead"):
        yield Finding("Nobody is named to lead the early help.", silent=True, loose=event.loose)


ONE_LEAD: Final = Gate(
    id="one-lead-practitioner",
    stage=Stage.FRONT_DOOR,
    says="Early help has one named person who leads it from the day it is decided.",
    source="SCR Matt 5.3, 6.1.1",
    mend="the manager, with `decide` and lead=ACCOUNT",
    on=_DECISION,
    judge=one_leads,
)


def talked_to_early_help(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """The family is diverted in a conversation with those who are to help, not by a form.

    Whoever of early help wrote or prepared the decision was talked to. To be named as the lead is no talk: the form
    names one too. A story has no form, and names as the lead of early help whoever took it on.
    """
    if event.get("outcome") != "early_help":
        return
    people, earlier = case.family.practitioners, before(case, event)
    prepared = (one.by for one in earlier)
    spoken = (one.get("person") for one in earlier if one.kind is Kind.SPOKE_TO and one.get("done") is not False)
    there = (who for one in earlier for who in one.codes("attended"))
    talked, lead = {*event.codes("discussed_with"), *spoken, *there}, event.get("lead")
    accepted = any(one.kind is Kind.EARLY_HELP and one.get("status") == "accepted" for one in earlier)
    if accepted or (lead is not None and lead in talked):
        return
    for who in (None if case.family.live else lead, event.by, *prepared, *talked):
        person = people.get(who or "")
        if person and (
            person.kind is PractitionerKind.EARLY_HELP_COORDINATOR
            or (person.agency and person.agency.kind is AgencyKind.EARLY_HELP)
        ):
            return
    silent = event.get("discussed_with") is None
    yield Finding("No talk with early help about this family is on record.", silent=silent, loose=event.loose)


DIVERSION: Final = Gate(
    id="diversion-discussion-recorded",
    stage=Stage.FRONT_DOOR,
    says="A family is diverted to early help only after a recorded talk with the early help coordinator.",
    source="SCR Matt 6.1.6; Coventry hub procedures (2018)",
    mend="the manager, with `decide` and discussed_with=ACCOUNT",
    on=_DECISION,
    judge=talked_to_early_help,
)

GATES: Final[tuple[Gate, ...]] = (EVERY_CONCERN, ATTACHMENTS, HAS_REASON, ONE_LEAD, DIVERSION)
