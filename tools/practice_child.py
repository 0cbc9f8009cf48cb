"""One child's case as ordinary people work it: what they do by themselves, and what the list on the screen makes them do.

A refusal that a worker meets is mended as it says, by whoever it says, with the verb it names; then the worker tries
again. What cannot be mended so is counted: a refusal that leads nowhere is a defect of the rule, not of the worker.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from models.tables.people import PersonRow
from models.vocabulary import State
from tools.practice import World
from workflow import rulebook, store
from workflow.errors import MashError, Refusal, RefusedError

HISTORY: Final = "child,household,parents,police,other_areas"
_CLAUSE: Final = re.compile(r"`([a-z-]+)`")
_DETAIL: Final = re.compile(r"\b([a-z_]+)=([a-z_0-9]+)\b")
ROUNDS: Final = 5
AHEAD: Final = timedelta(days=3)
"""So far ahead a sensible worker looks: what is due later is done later."""


@dataclass
class Child:
    """A child, and who works with it."""

    world: World
    name: str
    born: Any
    concerns: tuple[str, ...]
    referrer: str
    late: float = 0.0
    reference: str = ""
    worker: str = "tara"
    manager: str = "mona"
    carers: tuple[str, ...] = ()
    attachments: int = 0
    stuck: bool = False

    @property
    def row(self) -> dict[str, Any]:
        """The referral's row."""
        return self.world.hub.row(self.reference)

    @property
    def state(self) -> str:
        """Where it stands."""
        return str(self.row["state"])

    @property
    def other_manager(self) -> str:
        """A manager outside the line."""
        return "theo" if self.manager == "tess" else "tess"

    def case(self) -> Any:
        """Read the case as the rules see it."""
        engine = self.world.hub.engine
        with engine.database.reading() as connection:
            return engine.load(connection, store.number(self.reference), self.world.now).case

    def opened(self, reference: str) -> None:
        """Remember the referral, and who cares for the child."""
        self.reference = reference
        family = self.row["family_id"]
        self.carers = tuple(row["id"] for row in self.world.hub.rows(PersonRow, family_id=family) if not row["child"])
        self.worker = self.row["owner_id"]
        self.world.look(reference)

    def do(self, verb: str, by: str, **args: Any) -> bool:
        """Do one thing; what is refused is mended as the refusal says, and tried again."""
        counts = self.world.counts
        for attempt in range(ROUNDS):
            try:
                self.world.hub.engine.act(self.reference, verb, self.world.actor(by), self.world.now, args)
            except RefusedError as error:
                warn = {one.rule for one in error.refusals} <= warns(self)
                for refusal in error.refusals:
                    counts.met(counts.warned if warn else counts.refused, refusal)
                args = self.mended(verb, args, error.refusals)
                if attempt == ROUNDS - 2:
                    for refusal in error.refusals:
                        counts.met(counts.unmended, refusal)
                    args["anyway"] = "looked at, and talked over with the manager"
            except MashError as error:
                counts.stuck[f"{verb}: {error.says}"[:110]] += 1
                return False
            else:
                self.world.look(self.reference)
                return True
        counts.stuck[f"{verb} stays refused"] += 1
        self.stuck = True
        return False

    def mended(self, verb: str, args: dict[str, Any], refusals: list[Refusal]) -> dict[str, Any]:
        """Do what each refusal says would mend it, and return the details that the verb is to be tried with."""
        new = dict(args)
        for refusal in refusals:
            for clause in refusal.who_can_mend.split(";"):
                details = dict(_DETAIL.findall(clause))
                for named in _CLAUSE.findall(clause):
                    if named == verb:
                        new |= self.details(named, details, refusal)
                    elif named in DOES:
                        DOES[named](self, details, refusal)
        return new

    def details(self, verb: str, said: dict[str, str], refusal: Refusal) -> dict[str, Any]:
        """Return what a verb is to be said with, as a refusal asks for it."""
        kept: dict[str, Any] = {key: value for key, value in said.items() if value.islower()}
        if verb == "decide":
            concerns = {str(code) for event in self.case().record for code in event.codes("concerns")}
            kept["answers"] = ",".join(f"{code}:confirmed" for code in sorted(concerns)) or None
        if verb == "grade":
            kept = {"grade": next(code for code in ("red", "amber") if code in refusal.missing.lower())}
        if verb == "complete-assessment" and refusal.rule == "flagged-factor-resolved":
            codes = refusal.missing.rpartition(": ")[2].rstrip(".").replace(" ", "_").split(",_")
            asked, found = (
                ("answers", "not_found") if "unknown" in refusal.missing else ("factors_resolved", "confirmed")
            )
            kept = {asked: ",".join(f"{code}:{found}" for code in codes)}
        if verb == "hold-strategy":
            kept |= {"attended": ",".join(self.everybody("desk_sw", "pc", "hv"))}
        return {key: value for key, value in kept.items() if value}

    def everybody(self, *also: str) -> list[str]:
        """Return everybody at work with the child."""
        return sorted({*(who.id for who in self.case().involved), *also, self.worker} - {"system"})

    # What the morning's list asks for.

    def morning(self) -> None:
        """Open the list, and do what is due in the next days. Now and then somebody does not get round to it."""
        if self.state == State.CLOSED.value:
            return
        for line in self.world.agenda(self.reference).now:
            if line.due is not None and line.due > self.world.now + AHEAD:
                continue
            if self.world.chance.random() < self.late:
                continue
            verb, _, detail = line.act.partition(" (")
            verb = verb.replace(" ", "-")
            self.world.counts.seen[line.because[0].rule] += 1
            if verb in OWN_PACE or self.state == State.CLOSED.value:
                continue
            if verb in DOES:
                DOES[verb](self, {"which": detail.rstrip(")").replace(" ", "_")} if detail else {}, None)
            elif line.because[0].rule != "owner-act":  # whatever comes next, which the journey knows
                self.world.counts.unknown[f"{line.because[0].rule}: {line.act or line.says}"[:90]] += 1


def warns(child: Child) -> set[str]:
    """Return the rules that only warn here."""
    policy = child.world.hub.engine.terms(child.world.now).policy
    return {gate.id for gate in rulebook.GATES if policy.effect(gate.id, gate.effect).value == "warn"}


def visit(child: Child, details: dict[str, str], _refusal: Refusal | None = None, **more: Any) -> None:
    """Go and see the child, without a word beforehand."""
    seen = {"announced": False, "child_seen": True, "child_seen_alone": True, "sleep_space_seen": True}
    child.do("record-visit", child.worker, access="granted", conditions="good", **{**seen, **more})


def meet(child: Child, details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Bring everybody together."""
    which = details.get("which") or "professionals"
    people = child.everybody()
    child.do("hold-meeting", child.worker, which=which, attended=",".join(people), invited=",".join(people))


def views(child: Child, _details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Everybody who has been asked says what they think."""
    case = child.case()
    for who in case.views_due:
        if who.id not in case.views:
            child.do("give-view", who.id, view="agree", reason="it fits what we see")


def talk(child: Child, _details: dict[str, str], refusal: Refusal | None = None) -> None:
    """Speak to whom a refusal names: the referrer, or each carer."""
    heard = child.carers if refusal is None or "carer" in refusal.rule or "network" in refusal.rule else ()
    for who in heard or (child.referrer,):
        child.do("spoke-to", child.worker, person=who, account="consistent")


def tool(child: Child, details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Use the tool that is named."""
    what = details.get("what") or details.get("which") or "graded_care_profile"
    result = {"dash": "9", "graded_care_profile": "physical:2,safety:2,love:1,esteem:1", "sudi": "additional"}
    more = {"assessed": child.carers[0]} if what == "dash" and child.carers else {}
    if what == "lived_experience":
        more = {"words": "up at six, walks to school with a friend, reads in bed"}
    child.do("record-tool", child.worker, what=what, result=result.get(what, ""), **more)


def ask(child: Child, _details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Ask the agencies of the desk, who answer."""
    if child.do("ask", child.worker, of="pc,hv"):
        for who in ("pc", "hv"):
            child.do("reply", who, words="nothing that is not known already")


def excuse(child: Child, _details: dict[str, str], refusal: Refusal | None = None) -> None:
    """Go ahead without those who could be neither reached nor waited for."""
    for who in set(re.findall(r"[a-z_]+\d*", (refusal.missing if refusal else "").rpartition(":")[2])):
        if who in {one.id for one in child.case().involved}:
            child.do("excuse", child.manager, who=who, code="would_breach_timescale", reason="not to be reached today")


def simply(verb: str, by: str, **args: Any) -> Any:
    """Make the doing of a verb that needs no thought; `by` names a part: worker, manager, or an account."""

    def does(child: Child, _details: dict[str, str], _refusal: Refusal | None = None) -> None:
        child.do(verb, getattr(child, by, by), **args)

    return does


def told(child: Child, _details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Ring who has not been told."""
    child.do("record-told", child.worker, who=child.referrer, words="rang, and said what was decided and why")


def read(child: Child, _details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Read the chronology, as whoever is about to sign."""
    child.do("read-chronology", child.manager, noted="read to the end")


def checked(child: Child, details: dict[str, str], _refusal: Refusal | None = None) -> None:
    """Have the child's health looked at."""
    child.do(
        "record-appointment", "hv", what=details.get("what", "health_visitor"), outcome="attended", child_seen=True
    )


DOES: Final[dict[str, Any]] = {
    "record-visit": visit,
    "hold-meeting": meet,
    "give-view": views,
    "spoke-to": talk,
    "record-tool": tool,
    "ask": ask,
    "excuse": excuse,
    "record-told": told,
    "read-chronology": read,
    "record-appointment": checked,
    "check-history": simply("check-history", "worker", scope=HISTORY),
    "review-evidence": simply("review-evidence", "worker"),
    "record-medical": simply("record-medical", "worker", what="child_protection_medical", finding="explained"),
    "second-sign": simply("second-sign", "other_manager"),
    "record-household": simply("record-household", "worker", what="gp_registered"),
    "record-safety-plan": simply("record-safety-plan", "worker", words="stays with the grandmother until Friday"),
    "record-outcome": simply("record-outcome", "worker", outcome="home_kept", status="met", evidence="seen on visits"),
    "agree-grade": simply("agree-grade", "mona"),
    "grade": simply("grade", "worker", grade="amber", reason="looked at again"),
    "allocate": lambda child, *_: child.do("allocate", child.manager, to=child.worker),
}
OWN_PACE: Final = frozenset(
    {
        "decide",
        "hold-strategy",
        "call-strategy",
        "complete-assessment",
        "hold-conference",
        "conclude-enquiry",
        "sign-off",
        "accept",
        "make-first-contact",
        "settle-challenge",
    }
)
"""What the people of a journey do when they are ready, and not because it stands on a list."""
