"""The rule book and the states, as the engine has them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.opening import AsJson
from cli.printing import emit, say, table
from workflow.errors import BadCommandError, NotFoundError

if TYPE_CHECKING:
    from workflow.picture import Move
    from workflow.rule import Rule


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(rules)
    app.command()(states)


def rules(
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="One rule, in full.")] = "",
    stage: Annotated[str, typer.Option("--stage", help="Only one stage, such as front_door.")] = "",
    search: Annotated[str, typer.Option("--search", metavar="WORD", help="Only those that speak of this.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the rules the engine enforces, or show one in full."""
    from models.vocabulary import Stage
    from workflow import rule_cards, rulebook
    from workflow.replay.faults import near

    only = stage.strip().lower().replace("-", "_").replace(" ", "_")
    if only and only not in set(Stage):
        raise BadCommandError(
            f"There is no stage {stage!r}{near(only, Stage) or '.'}", f"The stages are: {', '.join(Stage)}."
        )
    if rule and rule not in rulebook.BY_ID:
        raise NotFoundError(f"There is no rule {rule!r}{near(rule, rulebook.BY_ID) or '.'}", "`mash rules` lists them.")
    chosen = [one for one in rulebook.RULES if (not rule or one.id == rule) and (not only or one.stage == only)]
    if search.strip():
        chosen = _speaking_of(search, chosen)
    if as_json:
        emit(_card(chosen[0]) | rule_cards.data(chosen[0]) if rule else [_card(one) for one in chosen])
    elif rule:
        _show(chosen[0])
    else:
        rows = [(one.id, _sort(one), one.stage.value.replace("_", " "), one.says) for one in chosen]
        table(("RULE", "SORT", "STAGE", "WHAT IT SAYS"), rows)
        print()
        say(
            "A gate refuses, a duty acts, a clock sounds, a signal watches. `mash rules RULE` shows one with its source."
        )


def states(
    diagram: Annotated[bool, typer.Option("--diagram", help="Print a diagram for a page that draws Mermaid.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show where a referral can stand, and where it can go."""
    from models.vocabulary import State
    from workflow import picture

    moves = picture.moves()
    if as_json:
        emit(moves)
        return
    if diagram:
        print(picture.mermaid())
        return
    everywhere = {one.move: one for one in moves if _from_everywhere(one, moves)}
    for one in everywhere.values():
        others = "every other open state" if not one.back else "every open state"
        say(f"From {others}: {_words(one.move)} -> {State(one.end).label}.")
    print()
    rows = []
    for state in State:
        ways = list(_ways([one for one in moves if one.start == state and one.move not in everywhere]))
        rows += [(state.label if at == 0 else "", move, to) for at, (move, to) in enumerate(ways)]
    table(("FROM", "MOVE", "TO"), rows)
    print()
    say("A closed referral stays closed: a new concern opens a new one. `mash verbs` lists what people do to move one.")


def _from_everywhere(one: "Move", moves: "Sequence[Move]") -> bool:
    starts = {other.start for other in moves}
    return {other.start for other in moves if other.move == one.move and other.end == one.end} == starts - {one.end}


def _ways(moves: "Sequence[Move]") -> Iterator[tuple[str, str]]:
    """Yield each move with where it leads; those that lead back name the places once."""
    from models.vocabulary import State

    back = [one for one in moves if one.back]
    for one in moves:
        if not one.back:
            yield _words(one.move), State(one.end).label
    if back:
        places = ", ".join(State(one.end).label for one in back)
        yield _words(back[0].move), f"where it came from: {places}"


def _words(move: str) -> str:
    return move.replace("_", " ")


def _speaking_of(words: str, among: "Sequence[Rule]") -> "list[Rule]":
    from workflow.rule_cards import matches

    found = [rule for rule in among if matches(rule, words)]
    if not found:
        raise NotFoundError(f"No rule speaks of {words.strip()!r}.", "Try another word, or `mash rules` for all.")
    return found


def _show(rule: "Rule") -> None:
    from workflow import rule_cards

    say(f"{rule.id}: {rule.says}")
    for line in (
        f"Who can mend it: {rule.mend}",
        f"Source: {rule.source}",
        f"What it is: a {rule_cards.sort(rule)}; it {rule_cards.does(rule)}",
        *(
            f"In {rule_cards.named(authority)} it {rule_cards.does(rule, effect)}"
            for authority, effect in rule_cards.changed(rule)
        ),
        f"Stage: {rule.stage.value.replace('_', ' ')}",
        f"In force since: {rule.since}",
        *(f"Value {reading.key}: {reading}" for reading in rule_cards.readings(rule)),
        f"Example: {rule_cards.shown(rule)}",
    ):
        say(line, 2, 2)


def _sort(rule: "Rule") -> str:
    return type(rule).__name__.lower()


def _card(rule: "Rule") -> dict[str, Any]:
    return {
        "id": rule.id,
        "sort": _sort(rule),
        "stage": rule.stage.value,
        "says": rule.says,
        "effect": rule.effect.value,
        "source": rule.source,
        "who can mend it": rule.mend,
        "since": rule.since.isoformat(),
    }
