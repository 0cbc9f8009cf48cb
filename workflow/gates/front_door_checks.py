"""Gates of the front door, third part: nobody decides on a child before the history and the agencies were asked."""

from collections.abc import Iterator
from typing import Final

from models.events import Event
from models.facts import Case
from models.vocabulary import AgencyKind, Kind, Stage
from workflow.checks import SCHOOLS, SORTS, agreed, answered, before, kinds_of, left_to_assess, looks, waiting
from workflow.questions import final, known, listed, unborn, younger
from workflow.rule import Finding, Gate, Terms

_ALWAYS: Final = ("child", "household", "parents")
_REVIEWS: Final = (
    "National review into the murders of Arthur Labinjo-Hughes and Star Hobson (2022); "
    "Local child safeguarding practice review: Sara (2025)"
)


def searched(case: Case) -> set[str]:
    """Return where the history was looked for since the last closure.

    What is found about the home and the parents serves every child of the family. Another authority that has told
    what it knows, or handed the case over, has been searched.
    """
    record = case.family.record
    ended = [end for _, end in case.episodes if end is not None]
    last = case.record[ended[-1]] if case.is_open and ended else case.last(Kind.CLOSURE)
    since = record[record.index(last) + 1 :] if last is not None else record
    found: set[str] = set()
    for event in since:
        if event.kind is Kind.HISTORY_CHECKED:
            own = case.child_id in event.about
            found.update(str(where) for where in event.codes("scope") if own or where != "child")
    if found and AgencyKind.OTHER_AUTHORITY in answered(case, case.chapter):
        found.add("other_areas")
    return found


def elsewhere(case: Case) -> bool:
    """Tell whether the family is known to have lived under another authority."""
    moved = any(event.get("what") == "left_area" and known(event) for event in case.of(Kind.HOUSEHOLD))
    return moved or AgencyKind.OTHER_AUTHORITY in kinds_of(case)


def history_searched(case: Case, event: Event, _terms: Terms) -> Iterator[Finding]:
    """At the decision; later steps are asked only where nothing came before them at which it was asked already.

    A search with a narrower scope is said and does not stand in the way; nor does none, in a story that came by
    another door than the front door (an order, a transfer), or months ago.
    """
    at_the_door = event.kind is Kind.DECISION
    if at_the_door:
        if not looks(case, event):
            return
    else:
        unfinished = event.kind is Kind.ASSESSMENT and event.get("status") != "completed"
        if unfinished or any(final(one) or _assessed(one) for one in case.chapter):
            return
    places = searched(case)
    wanted = [*_ALWAYS, *(("other_areas",) if elsewhere(case) else ())]
    if unborn(case, event.at):
        wanted.remove("child")
    missing = tuple(where for where in wanted if where not in places)
    if missing and (places or not left_to_assess(case, event)):
        says = f"The history has not been looked for in: {listed(missing)}."
        light = bool(places) or not (at_the_door or case.family.live)
        yield Finding(says, missing, silent=not places, loose=event.loose, light=light)


def _assessed(event: Event) -> bool:
    return event.kind is Kind.ASSESSMENT and event.get("status") == "completed"


HISTORY: Final = Gate(
    id="history-check",
    stage=Stage.FRONT_DOOR,
    says="Nothing is decided before the history of the child, the household and the parents was looked for everywhere.",
    source=f"{_REVIEWS}; Serious case reviews: Daniel Pelka (2013), Khyra Ishaq (2010)",
    mend="the triage worker, with `check-history`",
    on=frozenset({Kind.DECISION, Kind.ASSESSMENT, Kind.CLOSURE}),
    judge=history_searched,
)


def needed(case: Case, event: Event, terms: Terms) -> Iterator[str]:
    """Yield whose word a decision needs. A school's counts where the child is of an age for one and has one."""
    yield from ("police", "health")
    child = case.child
    if child.born is not None and not younger(case, event.at, "school_age", terms) and kinds_of(case) & SCHOOLS:
        yield "school"


def agencies_answered(case: Case, event: Event, terms: Terms) -> Iterator[Finding]:
    """Asked and answered; or asked, and a manager says why the decision cannot wait.

    Where the others have told what they know, one left out, or left to the assessment, is warned of.
    """
    if not looks(case, event):
        return
    events = (*before(case, event), event)
    told, asked = answered(case, events), waiting(case, events)
    missing = [sort for sort in needed(case, event, terms) if told.isdisjoint(SORTS[sort])]
    late = [sort for sort in missing if not asked.isdisjoint(SORTS[sort])]
    unasked = tuple(sort for sort in missing if sort not in late)
    if unasked and not left_to_assess(case, event):
        says = f"These agencies have not been asked: {listed(unasked)}."
        others = answered(case, tuple(one for one in events if one.kind is Kind.CHECK))
        light = not case.family.live and bool(others) and (event.get("outcome") == "assessment" or len(unasked) == 1)
        yield Finding(says, unasked, silent=True, loose=event.loose, light=light)
    if late and (case.family.live or not agreed(event)):
        says = f"These agencies have been asked and have not answered: {listed(late)}."
        # Live, a manager goes on by recording why it cannot wait; in a story the reason given is taken for that.
        yield Finding(says, tuple(late), loose=event.loose, light=case.family.live)


AGENCIES: Final = Gate(
    id="agency-checks-complete",
    stage=Stage.FRONT_DOOR,
    says="Police, health and the child's school have told what they know before a decision at the front door.",
    source=f"{_REVIEWS}; Serious case review: Khyra Ishaq (2010)",
    mend="the triage worker, with `ask`; the agency, with `reply`",
    on=frozenset({Kind.DECISION}),
    judge=agencies_answered,
)

GATES: Final[tuple[Gate, ...]] = (HISTORY, AGENCIES)
