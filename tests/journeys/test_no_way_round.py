"""Random people do random things in random order: there is no way to a closed referral round the rules.

The machine of Hypothesis drives the real engine on a real database. After every step it looks at the rows themselves:
nothing is closed without sign-off, views and settled challenges, and nothing open is without owner and clock.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from models.database import Database
from models.tables.referral import ReferralRow
from models.tables.work import ClockRow, OutboxRow
from models.vocabulary import Kind, Role, State
from tests.support import paths
from tests.support.hub import ACCOUNTS, START, Hub
from workflow import audit, fulfil, store
from workflow.errors import MashError
from workflow.permissions import may
from workflow.verbs import VERBS

WHO = st.sampled_from(sorted(ACCOUNTS))
ANYBODY = st.lists(WHO, min_size=1, max_size=5, unique=True).map(",".join)

DOINGS: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "begin-triage": st.just({}),
    "add-concern": st.fixed_dictionaries(
        {"concerns": st.sampled_from(["neglect", "injury"]), "words": st.just("again")}
    ),
    "grade": st.fixed_dictionaries({"grade": st.sampled_from(["red", "amber", "green"]), "reason": st.just("as seen")}),
    "agree-grade": st.just({}),
    "put-for-decision": st.just({}),
    "read-chronology": st.just({"noted": "read"}),
    "review-evidence": st.just({}),
    "decide": st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(["no_further_action", "early_help", "assessment"]),
            "reason": st.just("because"),
            "answers": st.just("neglect:not_found,injury:not_found"),
            "discussed_with": st.just("ella"),
            "lead": st.just("ella"),
        }
    ),
    "allocate": st.fixed_dictionaries({"to": st.sampled_from(["sam", "tess", "theo"])}),
    "call-strategy": st.just({"reason": "worry"}),
    "send-account": st.just({"words": "my account"}),
    "excuse": st.fixed_dictionaries(
        {"who": WHO, "code": st.sampled_from(["would_breach_timescale", "other"]), "reason": st.just("urgent")}
    ),
    "hold-strategy": st.fixed_dictionaries(
        {
            "attended": ANYBODY,
            "decision": st.sampled_from(["section47_joint", "assessment", "no_further_action"]),
            "rationale": st.just("weighed"),
        }
    ),
    "second-sign": st.just({}),
    "conclude-enquiry": st.sampled_from(
        [
            {"outcome": "not_substantiated", "then": "closure", "reason": "nothing found"},
            {"outcome": "no_continuing_risk", "then": "child_in_need", "reason": "needs help"},
            {"outcome": "conference", "then": "conference", "reason": "risk"},
        ]
    ),
    "hold-conference": st.fixed_dictionaries(
        {
            "attended": ANYBODY,
            "outcome": st.sampled_from(["child_protection_plan", "no_plan"]),
            "reason": st.just("r.."),
        }
    ),
    "complete-assessment": st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(["child_in_need", "early_help", "no_further_action"]),
            "reason": st.just("done"),
            "visits": st.just(3),
        }
    ),
    "start-plan": st.just({"covers": "neglect", "outcomes": "kept", "due": "2027-01-01"}),
    "record-outcome": st.fixed_dictionaries(
        {
            "outcome": st.just("kept"),
            "status": st.sampled_from(["met", "not_met"]),
            "evidence": st.sampled_from(["", "seen"]),
        }
    ),
    "offer-step-down": st.just({"reason": "lower need"}),
    "accept": st.just({"lead": "ella"}),
    "decline": st.just({"reason_code": "agencies_already_involved", "reason": "others"}),
    "record-consent": st.fixed_dictionaries({"consent": st.sampled_from(["given", "refused"])}),
    "make-first-contact": st.just({}),
    "propose-closure": st.fixed_dictionaries(
        {"reason_code": st.sampled_from(["needs_met", "stepped_down"]), "summary": st.just("enough")}
    ),
    "give-view": st.fixed_dictionaries({"view": st.sampled_from(["agree", "agree", "disagree", "none"])}),
    "return-closure": st.just({"reason": "not yet"}),
    "sign-off": st.just({}),
    "challenge": st.just({"reason": "wrong"}),
    "climb-challenge": st.just({}),
    "settle-challenge": st.just({"outcome": "not_upheld", "statement": "agreed"}),
    "withdraw-challenge": st.just({}),
}
STARTS = [
    lambda hub: hub.refer(),
    paths.to_decision,
    paths.to_strategy,
    paths.to_child_in_need,
    paths.to_closure_proposed,
    paths.ready_to_sign,
    paths.ready_to_sign,
    paths.ready_to_sign,
]


# What leads on from a state; drawn more often, or chance would never leave the front door.
FORWARD: dict[State, tuple[str, ...]] = {
    State.RECEIVED: ("begin-triage",),
    State.TRIAGE: ("put-for-decision",),
    State.AWAITING_DECISION: ("decide",),
    State.EARLY_HELP_OFFERED: ("accept", "record-consent", "make-first-contact"),
    State.STEP_DOWN_OFFERED: ("accept", "record-consent", "make-first-contact", "decline"),
    State.ASSESSMENT: ("give-view", "complete-assessment"),
    State.STRATEGY_DISCUSSION: ("send-account", "excuse", "hold-strategy"),
    State.SECTION_47: ("give-view", "second-sign", "conclude-enquiry"),
    State.CONFERENCE: ("hold-conference",),
    State.CHILD_IN_NEED: ("start-plan", "record-outcome", "propose-closure", "offer-step-down", "give-view"),
    State.CLOSURE_PROPOSED: ("sign-off",),
}
IN_IT = ("tara", "mona", "sam", "tess", "dsl", "pc", "hv", "ella")


def hub_machine(hubs: Iterator[Hub], seen: Counter[State]) -> type[RuleBasedStateMachine]:
    """Make the machine over hubs that the test supplies."""

    class RandomHub(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.hub: Hub = next(hubs)

        @initialize(start=st.sampled_from(STARTS), number=st.integers(0, 10**9))
        def begin(self, start: object, number: int) -> None:
            self.ref = start(self.hub) if callable(start) else ""
            self.number = store.number(self.ref)

        @rule(wild=st.integers(0, 4), who=WHO, data=st.data())
        def somebody_does_something(self, wild: int, who: str, data: st.DataObject) -> None:
            verb = data.draw(st.sampled_from(sorted(DOINGS) if wild == 0 else self.plausible()))
            if wild:
                able = [account for account in sorted(ACCOUNTS) if may(Role(ACCOUNTS[account][0]), verb)]
                usual = [one for one in able if one in IN_IT] or able
                who = "tess" if "tess" in able and wild > 1 else data.draw(st.sampled_from(usual))
            args = dict(data.draw(DOINGS[verb]))
            if verb == "call-strategy":
                args["at"] = (self.hub.now + timedelta(hours=2)).isoformat()
            try:
                done = self.hub.act(self.ref, verb, who, **args)
                seen[done.now] += 1
            except MashError:
                pass  # A refusal is an answer; what it must not do is leave something behind.

        def plausible(self) -> list[str]:
            """Name the verbs that have a place where the referral stands, so that chance gets somewhere."""
            with self.hub.engine.database.reading() as connection:
                state = State(store.referral(connection, self.number)["state"])
            here = [verb for verb in sorted(DOINGS) if state in VERBS[verb].in_states]
            wanted = [verb for verb in here if verb in FORWARD.get(state, ())]
            return wanted * 8 + here

        @rule(hours=st.sampled_from([0, 0, 0, 1, 30, 24 * 9]))
        def time_passes(self, hours: int) -> None:
            self.hub.wait(hours=hours)
            with self.hub.engine.database.unit_of_work() as connection:
                fulfil.look(self.hub.engine, connection, self.number, self.hub.now)

        @invariant()
        def nothing_open_is_without_owner_and_clock(self) -> None:
            if not hasattr(self, "number"):
                return
            with self.hub.engine.database.reading() as connection:
                row = store.referral(connection, self.number)
                clocks = connection.execute(
                    select(func.count()).select_from(ClockRow).where(ClockRow.referral_id == self.number)
                ).scalar_one()
                if row["state"] != State.CLOSED:
                    assert row["owner_id"] in ACCOUNTS
                    assert clocks > 0
                    assert row["alarm_at"] is not None
                else:
                    assert clocks == 0
                    self.closed_by_the_rules()
                count = connection.execute(
                    select(func.count()).select_from(OutboxRow).where(OutboxRow.referral_id == self.number)
                ).scalar_one()
                assert count == row["version"]

        def closed_by_the_rules(self) -> None:
            with self.hub.engine.database.reading() as connection:
                loaded = self.hub.engine.load(connection, self.number, self.hub.now)
            closure = loaded.case.of(Kind.CLOSURE)[-1]
            before = [event for event in loaded.case.record if event.index < closure.index]
            manager = ACCOUNTS[closure.get("manager")]
            assert manager[0] in {"mash_manager", "team_manager", "head_of_service"}
            assert closure.get("manager") not in {closure.by, loaded.case.allocated_to}
            case = type(loaded.case.family)(
                loaded.case.family.people, loaded.case.family.practitioners, (), tuple(before), live=True
            ).case(loaded.case.child_id)
            views = closure.get("views") or {}
            assert {who.id for who in case.views_due} <= set(views)
            assert not case.open_challenges
            assert closure.get("summary")
            assert closure.get("outcomes_evidenced")

        def teardown(self) -> None:
            with self.hub.engine.database.reading() as connection:
                _checked, faults = audit.verify(connection)
            assert faults == []

    return RandomHub


def emptied(hub: Hub) -> Iterator[Hub]:
    """Yield the same hub again and again, with everything but its people gone."""
    while True:
        with hub.engine.database.unit_of_work() as connection:
            for table in reversed(ReferralRow.metadata.sorted_tables):
                if table.name not in {"account", "agency"}:
                    connection.execute(table.delete())
        hub.now = START  # or the years that pass would add up until the children are grown
        yield hub


@contextmanager
def disposing(database: Database) -> Iterator[None]:
    """Close the database when the test is over."""
    try:
        yield
    finally:
        database.dispose()


def test_no_random_sequence_closes_a_referral_round_the_rules(hub: Hub) -> None:
    seen: Counter[State] = Counter()
    with disposing(hub.engine.database):
        run_state_machine_as_test(
            hub_machine(emptied(hub), seen),
            settings=settings(
                max_examples=60,
                stateful_step_count=40,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
    # Chance has to get somewhere, or the test would pass by doing nothing.
    assert seen[State.CLOSED] > 0
    assert len(seen) > 8


def test_the_doings_are_the_verbs() -> None:
    """A verb added later is either drawn here or named as one that only adds to the record."""
    only_adds = {
        "ask", "reply", "spoke-to", "check-history", "wake", "involve", "end-involvement", "ask-who-holds",
        "record-household", "record-incident", "move-meeting", "invite", "record-medical", "hold-meeting",
        "record-visit", "set-condition", "tell", "pass-on", "record-told", "record-tool", "record-safety-plan", "record-order",
        "record-agency-decision", "decline-strategy", "record-appointment", "record-attempt", "record-police-check",
        "use-contingency", "record-agreement", "record-legal-advice", "promise", "record-complaint", "end-allocation", "change-plan",
        "log-concern",
    }  # fmt: skip
    assert set(VERBS) == set(DOINGS) | only_adds
