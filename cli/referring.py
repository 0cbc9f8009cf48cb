"""Doing things: refer a child, and act on a referral."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.failure import refusal_lines
from cli.opening import ActingAs, AsJson, Product, open_product
from cli.printing import emit, say
from cli.verbs import either, named, roles, verbs
from workflow.errors import BadCommandError, MashError, NotPermittedError, Refusal, RefusedError

if TYPE_CHECKING:
    from workflow.engine import Done

ANYWAY: Final = "This only warns: add anyway='why you go on', and it is put on record."

Words = Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="Details; quote what has spaces.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(refer)
    app.command(context_settings={"help_option_names": []})(act)


def refer(words: Words = None, acting_as: ActingAs = "", as_json: AsJson = False) -> None:
    """Tell the hub about a child.

    `mash verbs refer` lists the details.
    """
    from cli.given import given
    from workflow.intake import refer as take_in
    from workflow.verbs import REFER

    product = open_product()
    actor = product.actor(acting_as)
    details = product.respelt(given(REFER, words or [], product.now))
    with advised(product, "refer"):
        done = take_in(product.engine, actor, product.now, details)
    _report(done, as_json=as_json)
    if not as_json:
        say(f"Keep this reference. `mash show {done.reference}` says what became of it.")


def act(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", help="The referral.")] = "",
    verb: Annotated[str, typer.Argument(metavar="VERB", help="What to do.")] = "",
    words: Words = None,
    acting_as: ActingAs = "",
    seen: Annotated[
        int | None, typer.Option("--seen", help="The version you were looking at: refuse if it has changed.")
    ] = None,
    list_verbs: Annotated[bool, typer.Option("--list", help="List what can be done to referrals.")] = False,
    help_wanted: Annotated[bool, typer.Option("--help", "-h", help="Show this, or with a verb its details.")] = False,
    as_json: AsJson = False,
) -> None:
    """Do one thing to a referral, as one person."""
    from cli.given import given

    if help_wanted and not verb:
        print(context.get_help())
    elif help_wanted or list_verbs:
        verbs(verb, as_json=as_json)
    elif not reference or not verb:
        raise BadCommandError(
            "Which referral, and what to do with it?",
            "Write mash act REF VERB KEY=VALUE...; `mash verbs` lists the verbs.",
        )
    elif verb == "refer":
        raise BadCommandError("`refer` opens a new referral.", "Write mash refer KEY=VALUE...")
    else:
        product = open_product()
        actor = product.actor(acting_as)
        details = product.respelt(given(named(verb), words or [], product.now))
        with advised(product, verb, reference):
            done = product.engine.act(reference, verb, actor, product.now, details, seen_version=seen)
        _report(done, as_json=as_json)


@contextmanager
def advised(product: Product, verb: str, reference: str = "") -> Iterator[None]:
    """Add to a refusal what only this door knows: who may do it instead, and how a warning is passed."""
    try:
        yield
    except NotPermittedError as error:
        error.advice = f"It may be done by: {either(roles(verb))}."
        raise
    except RefusedError as error:
        if all(only_warns(product, one) for one in error.refusals):
            error.advice = ANYWAY
        raise
    except MashError as error:
        if not error.advice and reference:
            error.advice = f"`mash show {reference}` lists what can be done now."
        raise


def only_warns(product: Product, refusal: Refusal) -> bool:
    """Tell whether a rule may be passed with a recorded reason, as this authority has it."""
    from workflow.options import only_warns as passable

    return passable(product.engine, refusal, product.now)


def _report(done: "Done", *, as_json: bool) -> None:
    if as_json:
        emit(done)
        return
    moved = f"{done.was.label} -> {done.now.label}" if done.was is not done.now else f"stands at {done.now.label}"
    say(f"{done.reference}: {moved}.")
    for rule in done.warned:
        say(f"Passed with your reason on record: {rule}", 2)
    if done.still:
        count = len(done.still)
        print(f"\nThe signature will want {'one more thing' if count == 1 else f'{count} more things'}:")
    for number, refusal in enumerate(done.still, 1):
        print("\n".join(refusal_lines(number, refusal)[:-1]))  # the source is for whoever asks why
