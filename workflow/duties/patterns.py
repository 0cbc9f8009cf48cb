"""Duties of plans: bad signs that crowd together, and compliance that is only for show, are taken up by people together."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.events import Event
from models.facts import Case, participants
from models.vocabulary import Concern, Kind, Role, Stage
from workflow.clocks.strategy import wanted
from workflow.questions import known, listed, mark
from workflow.rule import Duty, Ought, Terms
from workflow.swings import crowded, weighed

_TOGETHER: Final = frozenset(
    {"child_in_need_review", "core_group", "professionals", "discharge_planning", "step_down_panel"}
)
_HEARD: Final = frozenset({Kind.CHECK, Kind.SPOKE_TO, Kind.VIEW, Kind.ACCOUNT})


def met(event: Event) -> bool:
    """Tell whether people came together, or were called together, over the child."""
    if event.kind is Kind.MEETING:
        return event.get("which") in _TOGETHER and event.get("status") != "cancelled"
    return weighed(event) or (event.kind is Kind.STRATEGY_DISCUSSION and event.get("held") is not False)


def met_since(case: Case, event: Event) -> bool:
    """Tell whether people came together over the child after an event."""
    newest = case.chronology.where(met)[-1:]
    return bool(newest) and (newest[0].at, newest[0].index) > (event.at, event.index)


def talked_over(case: Case, terms: Terms, now: datetime) -> Iterator[Ought]:
    """Within a working day of the sign that made it a pattern, unless a strategy discussion is due anyway."""
    for pattern in crowded(case, terms, now):
        event, sorts = pattern.event, pattern.words
        due = terms.due(event.at, "multi_signal.act")
        if met_since(case, event) or wanted(case, terms) is not None:
            continue
        says = f"Bring the agencies together today: {listed(sorts)} within {terms.span('multi_signal.window')}."
        yield Ought(
            f"crowded:{mark(event)}", says, "task", to_role=Role.TEAM_MANAGER, task=True, due=due, act_by=due,
            loose=event.loose,
        )  # fmt: skip


CROWDED: Final = Duty(
    id="multi-signal-window",
    stage=Stage.PLANS,
    says="Different bad signs from several agencies within days are talked over by all of them the same day.",
    source="SCR Matt 5.47, 5.50",
    mend="the worker, with `hold-meeting` and which=professionals; anybody in social care, with `call-strategy`",
    judge=talked_over,
)


def first_flag(case: Case) -> Event | None:
    """Return what first named compliance for show since all that is known was last put together."""
    flag: Event | None = None
    for event in case.chronology.where(_flags_or_weighs):
        flag = None if weighed(event) else flag or event
    return flag


def _flags_or_weighs(event: Event) -> bool:
    return weighed(event) or (known(event) and Concern.DISGUISED_COMPLIANCE in event.codes("concerns"))


def untried(case: Case, flag: Event) -> list[str]:
    """Say what has not been done about it: talk it over, look unannounced, and hear others than the parents."""
    talked = unannounced = False
    sources: set[str] = set()
    for event in case.since(flag):
        talked = talked or (event.kind is Kind.MEETING and event.get("status", "held") == "held")
        unannounced = unannounced or (event.kind is Kind.VISIT and event.get("announced") is False)
        sources |= heard_in(case, event)
    steps = {
        "talk it over with a manager or the other agencies": talked,
        "visit unannounced": unannounced,
        "hear two others than the parents": len(sources) > 1,
    }
    return [step for step, done in steps.items() if not done]


def heard_in(case: Case, event: Event) -> set[str]:
    """Return the sources outside the parents that an event shows to have been heard."""
    if event.kind is Kind.CHECK:
        return {event.get("agency")} if event.get("status") == "replied" else set()
    if event.kind is Kind.SPOKE_TO and event.get("done") is not False:
        parents = {link.one for link in case.family.links if link.other == case.child_id and link.relation in _PARENTS}
        return {event.get("person")} - parents
    there = {*participants(event), *(event.get("views") or {})} if event.kind in {Kind.MEETING, *_HEARD} else set()
    agencies = (case.family.practitioners[who].agency for who in there if who in case.family.practitioners)
    return {agency.id for agency in agencies if agency is not None}


_PARENTS: Final = frozenset({"mother", "father", "parent", "carer", "partner"})


def seen_through(case: Case, terms: Terms, _now: datetime) -> Iterator[Ought]:
    """Naming it is the beginning of work, not a remark in the record."""
    flag = first_flag(case)
    if flag is None or not (left := untried(case, flag)):
        return
    due = terms.due(flag.at, "disguised_compliance.review")
    says = f"The family may be complying for show: {', '.join(left)}."
    yield Ought(
        f"show:{mark(flag)}", says, "task", to_role=Role.TEAM_MANAGER, task=True, due=due, act_by=due, loose=flag.loose
    )


DISGUISED: Final = Duty(
    id="disguised-compliance-pathway",
    stage=Stage.PLANS,
    says="Compliance that may be for show is talked over, looked at unannounced and checked with others within two weeks.",
    source="SCR Matt 6.1.29, 6.2.2, 6.2.4, 7.1.3; Rec 3",
    mend="the worker, with `hold-meeting`, `record-visit` and announced=false, and `spoke-to`",
    judge=seen_through,
)

DUTIES: Final[tuple[Duty, ...]] = (CROWDED, DISGUISED)
