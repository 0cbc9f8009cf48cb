"""The last steps before a closure in every mix: who holds it, who wrote it, what each agency says, who is let go, who signs.

It closes when every promise is kept, and only then. Whether one was is read from the rows, not asked of the rules.
"""

from collections import Counter
from random import Random

from tests.support import paths
from tests.support.closings import broken_promises
from tests.support.hub import Hub
from tests.support.snapshot import Snapshot
from workflow.errors import MashError

MIXES = 160
MANAGERS = ("tess", "theo", "mona", "hugo")
ANEW = {"reason_code": "needs_met", "summary": "the plan has done its work"}


class LastSteps:
    """One mix, drawn by chance. What is refused on the way is refused; the signature is tried all the same."""

    def __init__(self, hub: Hub, reference: str, chance: Random) -> None:
        self.hub, self.reference, self.chance = hub, reference, chance
        self.told: list[str] = []
        self.unwanted = self.seldom(0.3)
        """The health visitor's voice is one that somebody would rather not hear."""

    def seldom(self, share: float) -> bool:
        return self.chance.random() < share

    def attempt(self, verb: str, by: str, **details: object) -> bool:
        try:
            self.hub.act(self.reference, verb, by, **details)
        except MashError as error:
            self.told.append(f"{by} may not {verb} {details}: {error}")
            return False
        self.told.append(f"{by} {verb} {details}")
        return True

    def give_views(self) -> None:
        for who in ("dsl", "pc") if self.unwanted else ("dsl", "pc", "hv"):
            if not self.seldom(0.1):
                view = self.chance.choices(["agree", "none", "disagree"], [12, 2, 2])[0]
                self.attempt("give-view", who, view=view, reason="as seen")

    def before_the_proposal(self) -> None:
        if self.seldom(0.2):
            self.attempt("allocate", "hugo", to=self.chance.choice(["tess", "theo"]))
        if self.seldom(0.3):
            self.attempt("propose-closure", self.chance.choice(["sam", "tess", "theo"]), **ANEW)

    def a_challenge(self) -> None:
        self.attempt("challenge", self.chance.choice(["hv", "dsl"]), reason="nothing has lasted")
        ends = self.chance.choice(["settle", "withdraw", "leave it"])
        if ends == "settle":
            self.attempt("settle-challenge", "hugo", outcome="not_upheld", statement="agreed with both")
        elif ends == "withdraw":
            self.attempt("withdraw-challenge", "hv")
        self.attempt("propose-closure", "sam", **ANEW)
        self.give_views()

    def after_the_views(self) -> None:
        if self.unwanted:
            if self.seldom(0.5):
                self.attempt("give-view", "hv", view="disagree", reason="nothing has lasted")
            if self.seldom(0.2):
                self.attempt("propose-closure", "sam", **ANEW)
                self.give_views()
            self.attempt("end-involvement", self.chance.choice(["sam", "tess", "mona"]), who="hv")
        if self.seldom(0.2):
            self.attempt("allocate", "hugo", to=self.chance.choice(["tess", "theo"]))
        if self.seldom(0.3):
            self.attempt("end-allocation", "hugo", who=self.hub.row(self.reference)["owner_id"])
            self.attempt("allocate", "hugo", to="sam")
        if self.seldom(0.1):
            self.attempt("give-view", "pc", view="disagree", reason="nothing has lasted")
        if self.seldom(0.1):
            self.attempt("propose-closure", "sam", **ANEW)

    def sign(self) -> bool:
        signer = self.chance.choice(MANAGERS)
        self.attempt("record-told", "sam", who="dsl", words="rang, and said why")
        if not self.seldom(0.05):
            self.attempt("read-chronology", signer, noted="read to the end")
        return self.attempt("sign-off", signer)

    def run(self) -> bool:
        self.before_the_proposal()
        self.give_views()
        if self.seldom(0.2):
            self.a_challenge()
        self.after_the_views()
        return self.sign()


def test_a_case_closes_when_every_promise_is_kept_and_only_then(hub: Hub) -> None:
    reference = paths.to_closure_proposed(hub)
    number = hub.row(reference)["id"]
    ready = Snapshot.of(hub)
    came: Counter[bool] = Counter()
    for seed in range(MIXES):
        ready.put_back(hub)
        mix = LastSteps(hub, reference, Random(seed))
        closed = mix.run()
        came[closed] += 1
        if closed:
            assert broken_promises(hub, number) == [], "\n".join([f"mix {seed}:", *mix.told])

    # Both have to happen often, or the test would show nothing.
    assert came[True] > MIXES / 10
    assert came[False] > MIXES / 10


def test_with_every_promise_kept_it_closes(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)

    hub.act(reference, "sign-off", "tess")

    assert broken_promises(hub, hub.row(reference)["id"]) == []
