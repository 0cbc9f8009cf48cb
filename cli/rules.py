"""The rule book and the states, as the engine has them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.opening import AsJson
from cli.printing import emit, section, table
from workflow.errors import BadCommandError, NotFoundError

if TYPE_CHECKING:
    from workflow.rule import Rule


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(rules)
    app.command()(states)


def rules(
    rule: Annotated[str, typer.Argument(metavar="[ID]", help="One rule, in full.")] = "",
    stage: Annotated[str, typer.Option("--stage", help="Only one stage, such as front_door.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the rules the engine enforces, or show one with its source."""
    from models.vocabulary import Stage
    from workflow import rulebook

    if stage and stage not in set(Stage):
        raise BadCommandError(f"There is no stage {stage!r}.", f"The stages are: {', '.join(Stage)}.")
    if rule and rule not in rulebook.BY_ID:
        raise NotFoundError(f"There is no rule {rule!r}.", "`mash rules` lists them.")
    chosen = [one for one in rulebook.RULES if (not rule or one.id == rule) and (not stage or one.stage == stage)]
    if as_json:
        emit(_card(chosen[0]) if rule else [_card(one) for one in chosen])
    elif rule:
        for one in chosen:
            section(
                f"{one.id}: {one.says}",
                (f"{key}: {value}" for key, value in _card(one).items() if key not in {"id", "says"}),
            )
    else:
        table(
            ("RULE", "SORT", "STAGE", "WHAT IT SAYS"),
            [(one.id, _sort(one), one.stage.value, one.says) for one in chosen],
            "There is none.",
        )


def states(
    diagram: Annotated[bool, typer.Option("--diagram", help="Print a Mermaid diagram.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show where a referral can stand, and where it can go from there."""
    from workflow import picture

    if as_json:
        emit(picture.moves())
    elif diagram:
        print(picture.mermaid())
    else:
        table(("FROM", "MOVE", "TO"), [(one.start, one.move, one.end) for one in picture.moves()])


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
