"""Doing things: refer a child, act on a referral, and ask why something cannot be done."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import ActingAs, AsJson, open_product
from cli.printing import emit, section, table
from workflow.errors import BadCommandError

if TYPE_CHECKING:
    from workflow.actions.act import Verb
    from workflow.engine import Done

Words = Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="Details; quote what has spaces.")]


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(refer)
    app.command(context_settings={"help_option_names": []})(act)
    app.command()(why)
    app.command()(verbs)


def refer(words: Words = None, acting_as: ActingAs = "", as_json: AsJson = False) -> None:
    """Tell the hub about a child. `mash verbs refer` lists the details."""
    from cli.given import given
    from workflow.intake import refer as take_in
    from workflow.verbs import REFER

    product = open_product()
    actor = product.actor(acting_as)
    done = take_in(product.engine, actor, product.now, given(REFER, words or [], product.now))
    _report(done, as_json=as_json)
    if not as_json:
        print(f"Keep this reference. `mash show {done.reference}` says what became of it.")


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
            "mash act REF VERB KEY=VALUE...; `mash act --list` lists the verbs.",
        )
    else:
        product = open_product()
        actor = product.actor(acting_as)
        details = given(_verb(verb), words or [], product.now)
        done = product.engine.act(reference, verb, actor, product.now, details, seen_version=seen)
        _report(done, as_json=as_json)


def why(
    reference: Annotated[str, typer.Argument(metavar="REF", help="The referral.")],
    verb: Annotated[str, typer.Argument(metavar="VERB", help="What you would like to do.")],
    words: Words = None,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> int:
    """Say everything that blocks a step, who can mend it, and on whose authority. Exit code 1 where something does."""
    from cli.given import given
    from workflow.options import why as blocks

    product = open_product()
    actor = product.actor(acting_as)
    details = given(_verb(verb), words or [], product.now)
    refusals = blocks(product.engine, reference, verb, actor, product.now, details)
    if as_json:
        emit([refusal.as_dict() for refusal in refusals])
    elif not refusals:
        print(f"Nothing stands in the way: mash act {reference} {verb}")
    for refusal in () if as_json else refusals:
        section(
            refusal.missing,
            (
                f"Rule: {refusal.says} ({refusal.rule})",
                f"Who can mend it: {refusal.who_can_mend}",
                f"Source: {refusal.source}",
            ),
        )
    return 1 if refusals else 0


def verbs(
    verb: Annotated[str, typer.Argument(metavar="[VERB]", help="One verb, for its details.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what can be done to a referral, or the details that one verb takes."""
    from cli.given import fields
    from workflow.permissions import MAY
    from workflow.verbs import REFER, VERBS

    if verb:
        _details(_verb(verb), as_json=as_json)
        return
    everything = [REFER, *VERBS.values()]
    if as_json:
        emit(
            [
                {
                    "verb": one.name,
                    "stage": one.stage,
                    "says": one.says,
                    "roles": MAY.get(one.name, ()),
                    "takes": fields(one),
                }
                for one in everything
            ]
        )
        return
    table(("VERB", "STAGE", "WHAT IT DOES"), [(one.name, one.stage.value, one.says) for one in everything])


def _verb(name: str) -> "Verb":
    from workflow.asking import find_verb
    from workflow.verbs import REFER

    return REFER if name == REFER.name else find_verb(name)


def _details(verb: "Verb", *, as_json: bool) -> None:
    from cli.given import fields
    from workflow.permissions import MAY

    takes = fields(verb)
    if as_json:
        emit(
            {"verb": verb.name, "stage": verb.stage, "says": verb.says, "roles": MAY.get(verb.name, ()), "takes": takes}
        )
        return
    roles = ", ".join(sorted(role.value.replace("_", " ") for role in MAY.get(verb.name, ())))
    print(f"{verb.name}: {verb.says}\nMay be done by: {roles}.\n")
    table(
        ("KEY", "NEEDED", "CHOICES OR MEANING"),
        [
            (
                one["key"],
                "yes" if one["needed"] else "",
                "; ".join(filter(None, (one["says"], " | ".join(one["choices"])))),
            )
            for one in takes
        ],
    )


def _report(done: "Done", *, as_json: bool) -> None:
    if as_json:
        emit(done)
        return
    moved = f"{done.was.label} -> {done.now.label}" if done.was is not done.now else f"stands at {done.now.label}"
    print(f"{done.reference}: {moved}.")
    for rule in done.warned:
        print(f"  Passed with your reason on record: {rule}")
