"""Looking: the worklist, one referral, what there is to do, and who is who."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.opening import ActingAs, AsJson, open_product
from cli.printing import emit, say, table
from workflow.errors import NotFoundError

if TYPE_CHECKING:
    from cli.opening import Product
    from workflow.actions.act import Actor
    from workflow.seen import Person

MOST_TASKS: Final = 2**63
"""No database counts further."""


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (worklist, show, tasks, done, people):
        app.command()(command)


def worklist(
    mine: Annotated[bool, typer.Option("--mine", help="Only what you own.")] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """List open referrals, what is due first at the top."""
    from models.vocabulary import Role, State
    from notifications.due import due
    from workflow import access

    product = open_product()
    actor = product.actor(acting_as)
    if actor.role is Role.PARTNER and not mine:
        _of_an_agency(product, actor, as_json=as_json)
        return
    with product.database.reading() as connection:
        rows = access.worklist(connection, actor, mine=mine)
    if as_json:
        emit(rows)
        return
    table(
        ("REF", "GRADE", "STANDS AT", "OWNER", "NEXT"),
        [
            (
                row.reference,
                row.grade or "-",
                State(row.state).label,
                row.owner,
                f"waits for {row.waits_for}, {due(row.due, product.now)}",
            )
            for row in rows
        ],
        "You hold nothing that is open." if mine else "Nothing that you may see is open.",
    )
    if rows:
        late = sum(row.due is not None and row.due < product.now for row in rows)
        print()
        say(f"{len(rows)} open, {late} late. `mash show REF` shows one.")


def _of_an_agency(product: "Product", actor: "Actor", *, as_json: bool) -> None:
    """List an agency's open referrals in the words of its own page, what is asked of it first."""
    from notifications.due import due
    from workflow.agency_read import agency_list, asked_of_us

    policy = product.engine.terms(product.now).policy
    with product.database.reading() as connection:
        asked = asked_of_us(connection, actor, policy)
        found = agency_list(connection, actor, policy, product.now)
    if as_json:
        emit({"asked": asked, "open": found.lines})
        return
    for one in asked:
        say(f"Asked of {one.of or 'you'}: {one.reference}, {one.says} {due(one.due, product.now)}.")
    table(
        ("REF", "CHILD", "WHAT IT IS", "STANDS AT", "NEXT"),
        [
            (one.reference, one.initials, one.became, one.where, f"{one.next}, {due(one.due, product.now)}")
            for one in found.lines
        ],
        "You are part of no open referral.",
    )
    if found.counts[0] > len(found.lines):
        say(f"{found.counts[0]} open, the newest {len(found.lines)} shown. The pages have them all.")


def show(
    reference: Annotated[str, typer.Argument(metavar="REF", help="The referral.")],
    unfold: Annotated[bool, typer.Option("--all", help="Everything, nothing folded away.")] = False,
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Show one referral. The look is logged.

    What must happen now comes first, then what to watch, what you may do and what blocks it, then the record.
    """
    from cli.showing import print_referral, stamp
    from workflow import access
    from workflow.decided_under import decided_under

    product = open_product()
    actor = product.actor(acting_as)
    file = access.open_file(product.engine, reference, actor, product.now, "show")
    if as_json:
        emit(file.seen)
    else:
        print_referral(file, actor.id, product.now, unfold=unfold)
        if file.seen.whole:
            with product.database.reading() as connection:
                under = decided_under(connection, reference)
            if under is not None:
                print()
                day = stamp(under.at).strip()
                say(
                    f"Last decision ({under.verb}, {day}) under the policy of {under.authority}, version {under.version}."
                )


def tasks(acting_as: ActingAs = "", as_json: AsJson = False) -> None:
    """List what you have to do."""
    from notifications.due import due
    from workflow import access

    product = open_product()
    actor = product.actor(acting_as)
    with product.database.reading() as connection:
        rows = access.tasks_of(connection, actor.id)
    if as_json:
        emit(rows)
        return
    table(
        ("TASK", "REF", "WHEN", "WHAT"),
        [(str(row.number), row.reference, due(row.due, product.now), row.says) for row in rows],
        "You have nothing to do.",
    )


def done(
    task: Annotated[int, typer.Argument(metavar="TASK", help="The task's number, as `mash tasks` shows it.")],
    acting_as: ActingAs = "",
    as_json: AsJson = False,
) -> None:
    """Say that a task of yours is done."""
    from workflow.tasks import finish

    if not 0 < task < MOST_TASKS:
        raise NotFoundError(f"You have no task {task}.", "`mash tasks` lists yours.")
    product = open_product()
    actor = product.actor(acting_as)
    with product.database.unit_of_work() as connection:
        reference = finish(connection, task, actor, product.now)
    if as_json:
        emit({"task": task, "reference": reference, "done": True})
    else:
        print(f"Task {task} ({reference}) is done.")


def people(as_json: AsJson = False) -> None:
    """List the accounts, with role and agency."""
    from workflow import access

    product = open_product()
    with product.database.reading() as connection:
        accounts = access.people(connection, product.settings.authority)
    if as_json:
        emit(accounts)
        return
    table(
        ("ACCOUNT", "NAME", "WORKS AS", "AGENCY"),
        [(one.account, one.name, _work(one), one.agency) for one in accounts],
        "There is nobody yet: `mash demo` brings demo people.",
    )


def _work(person: "Person") -> str:
    # A partner's role says only that they are one; what they are is their kind of work.
    return (person.kind if person.role == "partner" else person.role).replace("_", " ")
