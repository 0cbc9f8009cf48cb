"""The rule book: every rule the engine knows, in the order in which it speaks. One screen of contents."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.facts import Case
from models.vocabulary import Grade
from workflow.clocks import challenge as challenge_clocks
from workflow.clocks import child_health as child_health_clocks
from workflow.clocks import closure as closure_clocks
from workflow.clocks import enquiry as enquiry_clocks
from workflow.clocks import front_door as front_door_clocks
from workflow.clocks import harm as harm_clocks
from workflow.clocks import out_of_sight as out_of_sight_clocks
from workflow.clocks import plans as plans_clocks
from workflow.clocks import promises as promises_clocks
from workflow.clocks import step_down as step_down_clocks
from workflow.clocks import strategy as strategy_clocks
from workflow.clocks import visits as visits_clocks
from workflow.clocks.fallback import owner_acts
from workflow.duties import challenge as challenge_duties
from workflow.duties import closure as closure_duties
from workflow.duties import front_door as front_door_duties
from workflow.duties import harm as harm_duties
from workflow.duties import household as household_duties
from workflow.duties import newborn as newborn_duties
from workflow.duties import patterns as patterns_duties
from workflow.duties import plans as plans_duties
from workflow.duties import schooling as schooling_duties
from workflow.duties import step_down as step_down_duties
from workflow.duties import strategy as strategy_duties
from workflow.gates import assessment as assessment_gates
from workflow.gates import challenge as challenge_gates
from workflow.gates import claims as claims_gates
from workflow.gates import closure as closure_gates
from workflow.gates import conference as conference_gates
from workflow.gates import discharge as discharge_gates
from workflow.gates import enquiry as enquiry_gates
from workflow.gates import front_door as front_door_gates
from workflow.gates import harm as harm_gates
from workflow.gates import placement as placement_gates
from workflow.gates import plans as plans_gates
from workflow.gates import repeats as repeats_gates
from workflow.gates import step_down as step_down_gates
from workflow.gates import strategy as strategy_gates
from workflow.rule import Clock, Duty, Gate, Raised, Rule, Signal, Terms
from workflow.signals import engagement as engagement_signals
from workflow.signals import front_door as front_door_signals
from workflow.signals import patterns as patterns_signals
from workflow.signals import strategy as strategy_signals

GATES: Final[tuple[Gate, ...]] = (
    *front_door_gates.GATES,
    *strategy_gates.GATES,
    *enquiry_gates.GATES,
    *harm_gates.GATES,
    *conference_gates.GATES,
    *assessment_gates.GATES,
    *plans_gates.GATES,
    *discharge_gates.GATES,
    *claims_gates.GATES,
    *repeats_gates.GATES,
    *placement_gates.GATES,
    *step_down_gates.GATES,
    *closure_gates.GATES,
    *challenge_gates.GATES,
)
DUTIES: Final[tuple[Duty, ...]] = (
    *front_door_duties.DUTIES,
    *strategy_duties.DUTIES,
    *harm_duties.DUTIES,
    *household_duties.DUTIES,
    *patterns_duties.DUTIES,
    *newborn_duties.DUTIES,
    *schooling_duties.DUTIES,
    *plans_duties.DUTIES,
    *step_down_duties.DUTIES,
    *closure_duties.DUTIES,
    *challenge_duties.DUTIES,
)
_TIMED: Final[tuple[Clock, ...]] = (
    *front_door_clocks.CLOCKS,
    *strategy_clocks.CLOCKS,
    *enquiry_clocks.CLOCKS,
    *harm_clocks.CLOCKS,
    *plans_clocks.CLOCKS,
    *out_of_sight_clocks.CLOCKS,
    *visits_clocks.CLOCKS,
    *child_health_clocks.CLOCKS,
    *promises_clocks.CLOCKS,
    *step_down_clocks.CLOCKS,
    *closure_clocks.CLOCKS,
    *challenge_clocks.CLOCKS,
)
FALLBACK: Final = owner_acts(_TIMED)
CLOCKS: Final[tuple[Clock, ...]] = (*_TIMED, FALLBACK)
SIGNALS: Final[tuple[Signal, ...]] = (
    *front_door_signals.SIGNALS,
    *strategy_signals.SIGNALS,
    *patterns_signals.SIGNALS,
    *engagement_signals.SIGNALS,
)
RULES: Final[tuple[Rule, ...]] = (*GATES, *DUTIES, *CLOCKS, *SIGNALS)
BY_ID: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}


def raised(case: Case, terms: Terms, now: datetime) -> Iterator[tuple[Signal, Raised]]:
    """Yield every pattern that the signals see in the case as it stands."""
    for signal in SIGNALS:
        for pattern in signal.judge(case, terms, now):
            yield signal, pattern


def floor(case: Case, terms: Terms, now: datetime) -> tuple[Grade, list[tuple[Signal, Raised]]]:
    """Return the lowest grade that the facts allow, with the patterns that hold it there."""
    holding = [(signal, pattern) for signal, pattern in raised(case, terms, now) if pattern.floor]
    lowest = max((pattern.floor for _, pattern in holding if pattern.floor), default=Grade.GREEN)
    return lowest, [(signal, pattern) for signal, pattern in holding if pattern.floor is lowest]
