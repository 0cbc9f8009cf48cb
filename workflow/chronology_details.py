"""What a chronology adds to the sentence of an event: one clause for each telling key that is on record. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from models.events import Event
from models.vocabulary import Kind
from workflow.chronology_sentences import claim, derived
from workflow.chronology_words import Names, listed, sentence, spoken

_MEETS: Final = frozenset({Kind.STRATEGY_DISCUSSION, Kind.CONFERENCE, Kind.MEETING})

CLAUSES: Final[Mapping[str, str]] = {
    "decision": "Decided: {}",
    "decided": "Decided: {}",
    "finding": "Finding: {}",
    "result": "Result: {}",
    "category": "Category: {}",
    "channel": "By {}",
    "keyed_in": "Written down later, at {}",
    "attachments": "Attachments: {}",
    "consent": "Consent: {}",
    "account": "What was said is {}",
    "reason_code": "Reason: {}",
    "answers": "Concerns answered: {}",
    "lead": "Lead: {}",
    "manager": "Manager: {}",
    "second_person": "Agreed by {}",
    "second_signature": "Signed second by {}",
    "cosigned": "Signed with {}",
    "until": "Until {}",
    "review_on": "To be looked at again on {}",
    "due": "By {}",
    "set_by": "Set by a {}",
    "stage": "Stage {}",
    "conditions": "Conditions at home: {}",
    "improved_by": "Improved by: {}",
    "address": "Address: {}",
    "relation": "To the child: {}",
    "since": "Since {}",
    "gestation": "At {} weeks of pregnancy",
    "covers": "It covers {}",
    "clauses": "Clauses: {}",
    "involving": "Involving {}",
    "threshold": "Threshold: {}",
    "visits": "Visits: {}",
    "unannounced_visits": "Unannounced visits: {}",
    "hypotheses": "Explanations weighed: {}",
    "factors_resolved": "Factors: {}",
    "attended": "Present: {}",
    "absent": "Invited and not present: {}",
    "apologies": "Apologies: {}",
    "accounts": "Written accounts: {}",
    "excused": "Went ahead without: {}",
    "shared_with": "Shared with {}",
    "discussed_with": "Discussed with {}",
    "views": "Views: {}",
    "interpreter": "Interpreter: {}",
}
"""A clause for each key, in the order in which they are said; `{}` is the value in words."""

FLAGS: Final[Mapping[tuple[str, bool | str], str]] = {
    ("share", "withheld"): "What it knows was withheld",
    ("announced", True): "Announced",
    ("announced", False): "Unannounced",
    ("alone", True): "Alone",
    ("made_in_writing", True): "In writing",
    ("in_writing", True): "In writing",
    ("recorded", False): "Not written up at the time",
    ("handover", True): "With a handover",
    ("handover", False): "Without a handover",
    ("planned", True): "Planned with the other agencies",
    ("planned", False): "Not planned with the other agencies",
    ("evidence", True): "With evidence",
    ("evidence", False): "Without evidence",
    ("pre_birth", True): "Before birth",
    ("parents_seen_separately", True): "The parents were seen separately",
    ("parents_seen_separately", False): "The parents were not seen separately",
    ("offence_considered", True): "Whether an offence was committed was considered",
    ("interim_safety_plan", True): "An interim safety plan was made",
    ("medical_evidence", True): "With medical evidence",
    ("medical_evidence", False): "Without medical evidence",
    ("minutes_sent", True): "The minutes were sent",
    ("minutes_sent", False): "No minutes were sent",
    ("sleep_space_seen", True): "Where the child sleeps was seen",
    ("sleep_space_seen", False): "Where the child sleeps was not seen",
    ("child_present", True): "The child was there",
    ("child_present", False): "The child was not there",
    ("told_referrer", True): "The referrer was told",
    ("told_referrer", False): "The referrer was not told",
    ("anonymous", True): "The caller gave no name",
    ("lives_here", False): "Said to live elsewhere",
    ("known", False): "Nobody knew of it at the time",
}
"""What is said of a key that is only true or false, or worth a word at one value only."""

_SAID_BY_NONE: Final = {
    "discussed_with": "No discussion with another agency is recorded",
    "views": "No view of another agency is recorded",
    "attended": "Nobody is recorded as present",
}


def details(event: Event, names: Names) -> Iterator[str]:
    """Yield what else is on record of an event, a sentence each."""
    data: dict[str, Any] = {**event.data, **derived(event)}
    if event.kind in {Kind.CONFERENCE, Kind.ASSESSMENT} and data.get("outcome"):
        yield sentence(f"Outcome: {names.say(data['outcome'])}")
    yield from _company(event, names)
    for key, clause in CLAUSES.items():
        value = data.get(key)
        if value in ((), [], {}) and key in _SAID_BY_NONE and _asked_for(event, key):
            yield sentence(_SAID_BY_NONE[key])
        elif value not in (None, (), [], {}) and not isinstance(value, bool):
            yield sentence(clause.format(names.say(value)))
    for (key, value), clause in FLAGS.items():
        if data.get(key) == value and isinstance(data[key], type(value)):
            yield sentence(clause)
    yield from _plan(event, names)
    yield from claim(event)
    for file, said in (event.get("notes") or {}).items():
        yield sentence(f"Of file {file}: {said}")
    if event.times > 1:
        yield sentence(f"About {event.times} times")


def _asked_for(event: Event, key: str) -> bool:
    # An empty list of the meeting's own says that it met; of one that was only asked for, it says nothing.
    return key != "attended" or (event.kind in _MEETS and not event.get("requested"))


def _company(event: Event, names: Names) -> Iterator[str]:
    """Yield whose appointment it was, for whom, about whom, and who else was there."""
    about = event.get("for") or (event.get("person") if event.kind in {Kind.APPOINTMENT, Kind.CHECK} else None)
    if isinstance(about, str):
        yield sentence(f"{'About' if event.kind is Kind.CHECK else 'For'} {names.say(about)}")
    beside = event.get("with")
    if event.kind is not Kind.DISAGREEMENT and beside:
        yield sentence(f"With {names.say(beside)}")
    pregnancy = event.get("pregnancy")
    if isinstance(pregnancy, Mapping):
        weeks = f", at {pregnancy['weeks']} weeks" if pregnancy.get("weeks") is not None else ""
        yield sentence(f"{names.say(pregnancy.get('of', 'the mother'))} is pregnant{weeks}")


def _plan(event: Event, names: Names) -> Iterator[str]:
    """Yield what a plan wants to see by when, and what is to be done in case."""
    if event.kind is not Kind.PLAN:
        return
    for wanted in event.codes("outcomes"):
        due = f", by {names.say(wanted['due'])}" if wanted.get("due") else ""
        yield sentence(f"It is to reach: {spoken(str(wanted['id']))}{due}")
    for case in event.codes("contingencies"):
        then = listed(spoken(str(one)) for one in case.get("then") or ())
        yield sentence(f"In case of {spoken(str(case['when']))}: {then}")
