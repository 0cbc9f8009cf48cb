"""What a person may do with a referral now, and everything that stands in the way. Nothing is done here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from config.policy import Effect
from models.vocabulary import State
from workflow import rulebook, store
from workflow.actions.act import Act, Actor, Verb
from workflow.asking import defaults, find_verb, mentioned, read_command
from workflow.engine import Engine, Loaded, joined
from workflow.errors import BadCommandError, OutOfTurnError, Refusal
from workflow.judging import lead
from workflow.permissions import may
from workflow.verbs import VERBS

# What is supposed where the verb's own supposition does not fit the state.
_HERE: Final[dict[tuple[str, State], dict[str, Any]]] = {
    ("hold-conference", State.CHILD_PROTECTION): {"which": "review", "outcome": "continue"},
}
_PEOPLE: Final = frozenset({"to", "who", "lead", "person", "of", "attended"})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a person may do now: in what words, with what details, and what blocks it."""

    verb: str
    says: str
    needs: tuple[str, ...]
    blocked: tuple[Refusal, ...]
    leads_to: str | None = None


def options(engine: Engine, loaded: Loaded, actor: Actor, now: datetime) -> tuple[Option, ...]:
    """List what this person may do with a referral as it stands: first what moves it on, each in the order of the stages."""
    found = []
    act = Act(loaded.case, store.standing(loaded.row), actor, now, loaded.terms)
    for verb in VERBS.values():
        if may(actor.role, verb.name) and act.standing.state in verb.in_states:
            try:
                target, blocked = _try(engine, loaded, act, verb, supposed(verb, act))
            except (OutOfTurnError, BadCommandError):
                continue
            leads_to = target.label if target is not act.standing.state else None
            found.append(Option(verb.name, verb.says, required(verb), blocked, leads_to))
    return tuple(sorted(found, key=lambda option: option.leads_to is None))


def why(
    engine: Engine, reference: str, name: str, actor: Actor, now: datetime, given: Mapping[str, Any] | None = None
) -> tuple[Refusal, ...]:
    """Say everything that blocks one verb, and do nothing. What is not given is supposed."""
    verb = find_verb(name)
    given = dict(given or {})
    read_alone(verb, given)
    with engine.database.reading() as connection:
        named = (actor.id, *mentioned(verb.command.model_construct(**given)))
        loaded = engine.load(connection, store.number(reference), now, named)
        act = engine.prepare(loaded, verb, actor, now)
        values = supposed(verb, act)
        if given:
            command = read_command(verb, {**{key: value for key, value in values.items() if value != []}, **given})
            values = {key: getattr(command, key) for key in verb.command.model_fields}
            loaded = engine.load(connection, loaded.row["id"], now, (actor.id, *mentioned(command)))
            act = engine.prepare(loaded, verb, actor, now)
        return _try(engine, loaded, act, verb, values)[1]


def only_warns(engine: Engine, refusal: Refusal, now: datetime) -> bool:
    """Tell whether a rule may be passed with a recorded reason, as this authority has it."""
    rule = rulebook.BY_ID.get(refusal.rule)
    return rule is not None and engine.terms(now).policy.effect(rule.id, rule.effect) is Effect.WARN


def read_alone(verb: Verb, given: Mapping[str, Any]) -> None:
    """Refuse a detail that the verb does not know, in one sentence."""
    unknown = [key for key in given if key not in verb.command.model_fields]
    if unknown:
        fields = ", ".join(key for key in verb.command.model_fields if key != "anyway") or "nothing"
        raise BadCommandError(f"`{verb.name}` does not take {', '.join(unknown)}.", f"It takes: {fields}.")


def required(verb: Verb) -> tuple[str, ...]:
    """Return the details that a verb cannot do without."""
    return tuple(name for name, field in verb.command.model_fields.items() if field.is_required())


def supposed(verb: Verb, act: Act) -> dict[str, Any]:
    """Fill a verb's command in with the most ordinary values, so that the rules can say what they would miss."""
    values = defaults(verb)
    for name, field in verb.command.model_fields.items():
        if field.is_required():
            values[name] = _suppose(name, field, act)
    return {**values, **verb.suppose, **_HERE.get((verb.name, act.standing.state), {})}


def _suppose(name: str, field: FieldInfo, act: Act) -> Any:
    kind = field.annotation
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if name in _PEOPLE:
        return act.standing.owner if kind is str else (act.standing.owner,)
    if name == "outcome":
        wanted: list[dict[str, Any]] = list(act.case.plan.get("outcomes") or ()) if act.case.plan else []
        return wanted[0]["id"] if wanted else "..."
    if kind is str:
        return "..."
    if kind is datetime:
        return act.now
    if kind is int:
        return 0
    if name == "due":
        return act.now.date()
    return ("other",)


def _try(
    engine: Engine, loaded: Loaded, act: Act, verb: Verb, values: Mapping[str, Any]
) -> tuple[State, tuple[Refusal, ...]]:
    step = verb.step(act, verb.command.model_construct(**values))
    target = lead(act, verb, step)
    refused, warned = engine.judge(joined(loaded, step), step.events)
    return target, (*refused, *warned)
