"""The one way in: every change of a referral is one action, judged, and written whole in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection

from config.policy import Effect, Policy, PolicyBook
from models.commands.base import Command, Nothing
from models.database import Database
from models.events import Event
from models.facts import Case
from models.vocabulary import Kind, Role, State
from workflow import audit, people, store, timekeeping
from workflow.actions.act import Act, Actor, Step, Verb
from workflow.alarms import unanswered, warning_key
from workflow.asking import find_verb, mentioned, read_command
from workflow.calendar import WorkingCalendar
from workflow.errors import ChangedError, NotPermittedError, Refusal, RefusedError
from workflow.judging import came_from, findings, lead, out_of_turn, refusal
from workflow.permissions import may
from workflow.questions import day_of
from workflow.rule import Finding, Gate, Terms
from workflow.sharing import ours
from workflow.verbs import VERBS

ANOTHER_MANAGER: Final = Actor("another_manager", Role.TEAM_MANAGER, "", "social_care", "")
"""Stands for whoever will sign, when somebody puts a case forward for closing."""
SEES_EVERYTHING: Final = frozenset(Role) - {Role.PARTNER, Role.EARLY_HELP_COORDINATOR}


@dataclass(frozen=True, slots=True)
class Done:
    """What an action came to. `still` is what the signature of a closure just put forward will want, and of whom."""

    reference: str
    version: int
    was: State
    now: State
    warned: tuple[str, ...] = ()
    still: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A referral as it was read: its row, and the case the rules judge."""

    row: dict[str, Any]
    case: Case
    terms: Terms


class Engine:
    """The engine over one database, one authority's policy and one calendar. Holds no state of its own."""

    def __init__(self, database: Database, policies: PolicyBook, calendar: WorkingCalendar) -> None:
        """Keep what every action needs."""
        self.database = database
        self.policies = policies
        self.calendar = calendar

    def terms(self, now: datetime) -> Terms:
        """Return the policy in force on the day of the act, with the calendar."""
        return _terms(self.policies.on(day_of(now)), self.calendar)

    def load(
        self,
        connection: Connection,
        number: int,
        now: datetime,
        also: tuple[str, ...] = (),
        *,
        to_change: bool = False,
    ) -> Loaded:
        """Read a referral and everything the rules may ask of it. A closed one is read as it ended."""
        row = store.referral(connection, number, to_change=to_change)
        ended = (row["child_id"], number) if row["closed_at"] else None
        family = store.family(connection, row["family_id"], row["authority"], (row["owner_id"], *also), ended=ended)
        return Loaded(row, family.case(row["child_id"]), self.terms(now))

    def act(
        self,
        reference: str,
        verb: str,
        actor: Actor,
        now: datetime,
        args: Mapping[str, Any] | Command | None = None,
        *,
        seen_version: int | None = None,
    ) -> Done:
        """Do one thing to a referral, in a transaction of its own. Raises a `MashError` when it cannot be done.

        `seen_version` is what the person was looking at; if the referral has moved on since, nothing is done.
        """
        with self.database.unit_of_work() as connection:
            return self.act_within(connection, store.number(reference), verb, actor, now, args, seen_version)

    def act_within(
        self,
        connection: Connection,
        number: int,
        verb: str,
        actor: Actor,
        now: datetime,
        args: Mapping[str, Any] | Command | None = None,
        seen_version: int | None = None,
    ) -> Done:
        """Do one thing inside a transaction that somebody else opened and will commit."""
        what = find_verb(verb)
        command = read_command(what, args)
        loaded = self.load(connection, number, now, (actor.id, *mentioned(command)), to_change=True)
        act = self.prepare(loaded, what, actor, now, seen_version)
        return self.carry_out(connection, loaded, act, what, what.step(act, command), command.anyway)

    def carry_out(
        self, connection: Connection, loaded: Loaded, act: Act, verb: Verb, step: Step, anyway: str = ""
    ) -> Done:
        """Judge a step and write it. `anyway` is why the person goes on where a rule only warns."""
        target = lead(act, verb, step)
        loaded = joined(loaded, step)
        refusals, warned = self.judge(loaded, step.events)
        if refusals:
            raise RefusedError(refusals)
        if warned and not anyway:
            raise RefusedError([*warned], only_warned=True)
        if warned:
            reason = f"{step.reason} (went on although warned: {anyway})".lstrip()
            step = replace(step, reason=reason, events=(*step.events, *self._answers(loaded, step, act, anyway)))
        passed = tuple(item.rule for item in warned)
        people.keep(connection, loaded.row["family_id"], loaded.row["child_id"], step)
        done = self.write(connection, loaded, act.actor, act.now, verb, step, target, passed)
        if not any(event.kind is Kind.CLOSURE_PROPOSED for event in step.events):
            return done
        return replace(done, still=self.to_sign(connection, loaded.row["id"], act.now))

    def to_sign(self, connection: Connection, number: int, now: datetime) -> tuple[Refusal, ...]:
        """Return what stands between a closure that is put forward and the signature of some other manager."""
        loaded = self.load(connection, number, now)
        act = Act(loaded.case, store.standing(loaded.row), ANOTHER_MANAGER, now, loaded.terms)
        refused, warned = self.judge(loaded, VERBS["sign-off"].step(act, Nothing()).events)
        return (*refused, *warned)

    def prepare(self, loaded: Loaded, verb: Verb, actor: Actor, now: datetime, seen_version: int | None = None) -> Act:
        """Check that this person may do this here and now, before anything is looked at more closely."""
        standing = store.standing(loaded.row)
        if not may_see(actor, loaded):
            raise store.unknown(standing.reference)
        if seen_version is not None and seen_version != standing.version:
            raise changed(loaded.row)
        person = loaded.case.family.practitioners.get(actor.id)
        if person is not None and not person.active:
            raise NotPermittedError(
                "This account is no longer in use.", "Whoever looks after the accounts can say why."
            )
        if not may(actor.role, verb.name):
            raise NotPermittedError(
                f"As {actor.role.value.replace('_', ' ')} you may not {verb.name.replace('-', ' ')}.",
                f"`mash show {standing.reference}` lists what you may do.",
            )
        if standing.state not in verb.in_states:
            raise out_of_turn(verb.name, standing.reference, standing.state)
        return Act(loaded.case, standing, actor, now, loaded.terms)

    def judge(self, loaded: Loaded, events: tuple[Event, ...]) -> tuple[list[Refusal], list[Refusal]]:
        """Judge what is about to be recorded by every gate: what refuses it, and what only warns."""
        refused: list[Refusal] = []
        warned: list[Refusal] = []
        for gate, finding, effect, case, event in self._found(loaded, events):
            if effect is Effect.WARN and not unanswered(case, gate.id, [warning_key(finding.missing, event)]):
                continue  # Somebody has said of just this why they went on.
            said = refusal(gate, finding, store.reference(loaded.row["id"]))
            (refused if effect is Effect.REFUSE else warned).append(said)
        return refused, warned

    def _found(self, loaded: Loaded, events: tuple[Event, ...]) -> Iterator[tuple[Gate, Finding, Effect, Case, Event]]:
        family = loaded.case.family
        for event in events:
            case = family.case(loaded.case.child_id)
            for gate, finding, effect in findings(case, event, loaded.terms):
                yield gate, finding, effect, case, event
            family = family.after([event])

    def _answers(self, loaded: Loaded, step: Step, act: Act, anyway: str) -> Iterator[Event]:
        """Keep on record what was warned of and why the person went on, so that the same is not asked again."""
        keys: dict[str, list[str]] = {}
        for gate, finding, _effect, _case, event in self._found(loaded, step.events):
            keys.setdefault(gate.id, []).append(warning_key(finding.missing, event))
        for rule, answered in keys.items():
            yield act.event(Kind.ALARM_ANSWERED, rule=rule, keys=tuple(answered), words=anyway)

    def write(
        self,
        connection: Connection,
        loaded: Loaded,
        actor: Actor,
        now: datetime,
        verb: Verb,
        step: Step,
        target: State,
        warned: tuple[str, ...],
    ) -> Done:
        """Write the events, the decision, the audit entry, the clocks, the outbox row and the referral: all or none."""
        row, terms = loaded.row, loaded.terms
        was = State(row["state"])
        version = row["version"] + 1
        events = store.add_events(connection, row, step.events)
        case = loaded.case.family.after(events).case(loaded.case.child_id)
        closed = target is State.CLOSED
        due, alarm = timekeeping.keep(connection, row["id"], case, terms, closed=closed)
        stamp = {
            "referral_id": row["id"],
            "version": version,
            "at": now,
            "actor": actor.id,
            "verb": verb.name,
            "from_state": was.value,
            "to_state": target.value,
            "reason": step.reason,
            "warned": list(warned),
            "policy": f"{terms.policy.authority} {terms.policy.digest}",
        }
        stands = {
            "state": target.value,
            "came_from": came_from(row, was, target),
            "grade": case.grade or row["grade"],
            "owner_id": step.owner or row["owner_id"],
            "closed_at": (row.get("closed_at") or now) if closed else None,
        }
        line = audit.line(stamp, step.move, {**row, **stands}, events)
        head = audit.link(row["audit_head"], line)
        new = {**stands, "version": version, "due_at": due, "alarm_at": alarm, "audit_head": head}
        if not store.move(connection, row, new):
            raise changed(row)
        store.add_decision(connection, stamp)
        previous = row["audit_head"]
        store.add_audit(
            connection,
            {"referral_id": row["id"], "version": version, "entry": line, "previous": previous, "hash": head},
        )
        store.add_outbox(connection, row["id"], version, verb.stage.value, now)
        return Done(store.reference(row["id"]), version, was, target, warned)


def joined(loaded: Loaded, step: Step) -> Loaded:
    """Return a referral as the rules see it once those whom a step adds are of the family."""
    family = people.after(loaded.case.family, loaded.case.child_id, step)
    return loaded if family is loaded.case.family else replace(loaded, case=family.case(loaded.case.child_id))


@lru_cache(maxsize=512)
def _terms(policy: Policy, calendar: WorkingCalendar) -> Terms:
    return Terms(policy, calendar)


def may_see(actor: Actor, loaded: Loaded) -> bool:
    """Tell whether somebody may know of a referral: the council's hub, or whoever is in it. Others: it does not exist.

    Nor does it for anybody of another authority, whatever their role.
    """
    if actor.role is not Role.SYSTEM and actor.authority != loaded.row["authority"]:
        return False
    if actor.role in SEES_EVERYTHING:
        return True
    if actor.role is Role.EARLY_HELP_COORDINATOR and loaded.case.of(Kind.EARLY_HELP):
        return True
    whom = ours(loaded.terms.policy, actor, loaded.case)
    return any(not whom.isdisjoint(store.named(event)) for event in loaded.case.record)


def changed(row: Mapping[str, Any]) -> ChangedError:
    """Say that somebody else was quicker."""
    name = store.reference(row["id"])
    return ChangedError(
        f"{name} changed while you were reading.", f"`mash show {name}` shows what is new; then do it again."
    )
