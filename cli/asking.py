"""Asking why: everything that stands in the way of a step, by which rule, and who can mend it. Nothing is done."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.failure import BLOCKED, DONE, refusal_lines
from cli.opening import ActingAs, AsJson, Product, open_product
from cli.printing import emit, say
from cli.referring import ANYWAY, Words, advised, only_warns
from cli.verbs import command_line, either, named, roles
from workflow.errors import BadCommandError, NotPermittedError, OutOfTurnError, Refusal

if TYPE_CHECKING:
    from workflow.actions.act import Actor, Verb


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(why)


def why(
    reference: Annotated[str, typer.Argument(metavar="REF", help="The referral.")],
    verb: Annotated[str, typer.Argument(metavar="VERB", help="What you would like to do.")],
    words: Words = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> int:
    """Say what blocks a step, by which rule, and who can mend it.

    Details that are not given are supposed. Exit code 1 where something blocks the step.
    """
    from cli.given import given

    product = open_product()
    actor = product.actor(acting_as)
    what = named(verb)
    if what.name == "refer":
        raise BadCommandError("`refer` opens a new referral.", "`mash verbs refer` lists what it takes.")
    details = product.respelt(given(what, words or [], product.now))
    refusals = _blocks(product, reference, what, actor, details)
    if as_json:
        emit([{**refusal.as_dict(), "only_warns": only_warns(product, refusal)} for refusal in refusals])
    elif refusals:
        count = len(refusals)
        stands = "one thing stands" if count == 1 else f"{count} things stand"
        say(f"{reference} {verb}: {stands} in the way.")
        for number, refusal in enumerate(refusals, 1):
            print("\n".join(["", *refusal_lines(number, refusal)]))
            if only_warns(product, refusal):
                say(ANYWAY, 5, 2)
    else:
        say(f"Nothing stands in the way: {command_line(what, reference, actor.id)}")
    return BLOCKED if refusals else DONE


def _blocks(
    product: Product, reference: str, verb: "Verb", actor: "Actor", details: dict[str, object]
) -> tuple[Refusal, ...]:
    """Return what blocks a step. A role that may not, and a place where it cannot be, are reasons like any other."""
    from workflow.options import why as blocks

    try:
        with advised(product, verb.name, reference):
            return blocks(product.engine, reference, verb.name, actor, product.now, details)
    except NotPermittedError as error:
        says, mend = "Who may do what is one table; what is not in it is not allowed.", either(roles(verb.name))
        return (Refusal("permissions", says, error.says, mend, "docs/permissions.md", f"mash verbs {verb.name}"),)
    except OutOfTurnError as error:
        says = "A referral moves only as the states allow."
        return (Refusal("states", says, error.says, _elsewhere(verb, error), "docs/states.md", "mash states"),)


def _elsewhere(verb: "Verb", error: OutOfTurnError) -> str:
    from models.vocabulary import State

    places = [state.label for state in State if state in verb.in_states]
    if len(places) == len(State) - 1:  # everywhere but at the end: the machine alone says no
        return f"nobody while it stands there; {error.advice}".replace("; A", "; a")
    return f"nobody while it stands there; it is done while the referral stands at {', '.join(places)}"
