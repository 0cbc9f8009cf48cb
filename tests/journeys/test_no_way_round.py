"""Random people do random things in random order: there is no way to a closed referral round the rules.

Chance drives the real engine on a real database: every verb there is, by anybody, with likely and unlikely details,
while people leave, time passes, and the child is referred again. After every step the rows themselves are looked at:
nothing is closed without sign-off, views and settled challenges, and nothing open is without owner and clock.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

from models.tables.people import AccountRow
from models.tables.referral import AuditRow, DecisionRow, ReferralRow
from models.tables.work import ClockRow, OutboxRow
from models.vocabulary import Role, State
from tests.support import further_paths, paths
from tests.support.closings import broken_promises
from tests.support.doings import counted, doing
from tests.support.hub import ACCOUNTS, Hub
from tests.support.snapshot import Snapshot
from workflow import audit
from workflow.errors import MashError, OutOfTurnError
from workflow.permissions import may
from workflow.verbs import VERBS

LIVES = 56
MOST_LIVES = 3 * LIVES
"""Chance may need longer to get somewhere once there are more verbs to draw from."""
STEPS = 22
STARTS: list[Callable[[Hub], str]] = [
    Hub.refer,
    paths.to_decision,
    paths.to_assessment,
    paths.to_strategy,
    paths.to_child_in_need,
    paths.to_closure_proposed,
    *[paths.ready_to_sign] * 3,
    further_paths.to_early_help_offered,
    further_paths.to_section_47,
    further_paths.to_conference,
    further_paths.to_child_protection,
    further_paths.to_step_down_offered,
]
# What leads on from a state; drawn more often, or chance would go in circles.
FORWARD: dict[State, tuple[str, ...]] = {
    State.RECEIVED: ("begin-triage", "call-strategy"),
    State.TRIAGE: ("put-for-decision", "ask"),
    State.INFORMATION_GATHERING: ("put-for-decision",),
    State.AWAITING_DECISION: ("decide",),
    State.DEFERRED: ("wake",),
    State.EARLY_HELP_OFFERED: ("accept", "record-consent", "make-first-contact"),
    State.STEP_DOWN_OFFERED: ("accept", "record-consent", "make-first-contact", "decline"),
    State.ASSESSMENT: ("give-view", "give-view", "complete-assessment"),
    State.STRATEGY_DISCUSSION: ("send-account", "hold-strategy"),
    State.SECTION_47: ("give-view", "give-view", "second-sign", "conclude-enquiry"),
    State.CONFERENCE: ("hold-conference",),
    State.CHILD_PROTECTION: ("hold-conference",),
    State.CHILD_IN_NEED: ("start-plan", "record-outcome", "propose-closure", "offer-step-down", "give-view"),
    State.CLOSURE_PROPOSED: ("give-view", "record-told", "read-chronology", "sign-off", "sign-off", "end-involvement"),
}
IN_IT = ("tara", "sam", "tess", "mona", "dsl", "pc", "hv", "ella")
SPELLINGS = ("Demo Child", "demo  child", "Child, Demo", "Démo Child")
ALWAYS = {"add-concern", "record-incident", "challenge", "call-strategy"}
"""What has a place wherever a referral is open (a second discussion, where none is called already)."""


class Life:
    """One referral among random people. What happened is kept, for whoever has to understand a failure."""

    def __init__(self, hub: Hub, reference: str, chance: Random, moved: Counter[State], seen: Counter[State]) -> None:
        self.hub, self.reference, self.chance, self.moved, self.seen = hub, reference, chance, moved, seen
        self.told: list[str] = []

    def step(self) -> None:
        """Let something happen, and look at what it left."""
        kind = self.chance.random()
        if kind < 0.04:
            self.somebody_leaves()
        elif kind < 0.08:
            self.the_child_is_referred_again()
        elif kind < 0.2:
            self.the_engine_looks()
        else:
            self.somebody_does_something()
        self.nothing_is_without_owner_and_clock_and_nothing_closed_round_the_rules()

    def somebody_leaves(self) -> None:
        who = self.chance.choice(["tara", "sam", "tess", "hv", "pc"])
        self.told.append(f"{who} leaves")
        self.hub.leaves(who)

    def the_child_is_referred_again(self) -> None:
        before = self.hub.row(self.reference)
        self.told.append("referred again")
        self.reference = self.hub.refer(by=self.chance.choice(["dsl", "kit"]), child=self.chance.choice(SPELLINGS))
        assert (self.hub.row(self.reference)["id"] == before["id"]) is (before["closed_at"] is None)

    def the_engine_looks(self) -> None:
        hours = self.chance.choice([1, 1, 30, 24 * 9])
        self.told.append(f"{hours} hours pass")
        self.hub.wait(hours=hours).look(self.reference)
        row = self.hub.row(self.reference)
        here = {account["id"] for account in self.hub.rows(AccountRow, active=True)}
        assert row["closed_at"] or row["owner_id"] in here

    def somebody_does_something(self) -> None:
        state = State(self.hub.row(self.reference)["state"])
        wild = self.chance.random() < 0.3
        verb = self.chance.choice(sorted(VERBS) if wild else FORWARD.get(state) or sorted(VERBS))
        who = self.chance.choice(sorted(ACCOUNTS) if wild else self.able(verb))
        details = doing(self.chance, verb)
        self.told.append(f"{who} {verb} {details} at {state}")
        try:
            done = self.hub.act(self.reference, verb, who, **counted(verb, details, self.hub.now))
        except OutOfTurnError:
            assert state in {State.CLOSED, State.STRATEGY_DISCUSSION} or verb not in ALWAYS
        except MashError:
            pass  # A refusal is an answer; what it must not do is leave something behind.
        else:
            self.seen[done.now] += 1
            self.moved[done.now] += done.now is not done.was

    def able(self, verb: str) -> list[str]:
        able = [account for account in sorted(ACCOUNTS) if may(Role(ACCOUNTS[account][0]), verb)]
        return [one for one in able if one in IN_IT] or able or sorted(ACCOUNTS)

    def nothing_is_without_owner_and_clock_and_nothing_closed_round_the_rules(self) -> None:
        referrals = self.hub.rows(ReferralRow)
        assert [row["id"] for row in referrals if row["closed_at"] is None] in ([], [referrals[-1]["id"]])
        for row in referrals:
            clocks = self.hub.rows(ClockRow, referral_id=row["id"])
            if row["state"] == State.CLOSED:
                assert clocks == []
                assert broken_promises(self.hub, row["id"]) == []
            else:
                assert row["owner_id"] in ACCOUNTS
                assert row["alarm_at"] == min(clock["next_at"] for clock in clocks)
            for table in (DecisionRow, AuditRow, OutboxRow):
                assert len(self.hub.rows(table, referral_id=row["id"])) == row["version"]


class Chance:
    """Lives, one after the other, each from a beginning that was made once and is put back."""

    def __init__(self, hub: Hub) -> None:
        self.hub, self.empty = hub, Snapshot.of(hub)
        self.begun: dict[Callable[[Hub], str], tuple[Snapshot, str]] = {}
        self.moved: Counter[State] = Counter()
        self.seen: Counter[State] = Counter()

    def begin(self, start: Callable[[Hub], str]) -> str:
        if start not in self.begun:
            self.empty.put_back(self.hub)
            reference = start(self.hub)
            self.begun[start] = Snapshot.of(self.hub), reference
        snapshot, reference = self.begun[start]
        snapshot.put_back(self.hub)
        return reference

    def live(self, seed: int) -> None:
        start = STARTS[seed % len(STARTS)]
        life = Life(self.hub, self.begin(start), Random(seed), self.moved, self.seen)
        try:
            for _ in range(STEPS):
                life.step()
            with self.hub.engine.database.reading() as connection:
                assert audit.verify(connection)[1] == []
        except Exception as error:
            error.add_note("\n".join([f"life {seed}, from {start.__name__}:", *life.told]))
            raise

    def got_somewhere(self) -> bool:
        return self.moved[State.CLOSED] > 0 and len(+self.moved) > 8 and len(+self.seen) > 10


def test_no_random_sequence_closes_a_referral_round_the_rules(hub: Hub) -> None:
    chance = Chance(hub)
    for seed in range(MOST_LIVES):
        if seed >= LIVES and chance.got_somewhere():
            break
        chance.live(seed)

    # Or the test would pass by doing nothing.
    assert chance.got_somewhere(), chance.moved
