"""Running the product: set up, start, look how it fares, and prove its record."""

import sys
from typing import Annotated

import typer

from cli.failure import BLOCKED, DONE
from cli.opening import AsJson, open_product
from cli.printing import emit, table


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (up, demo, status, work, worker, migrate):
        app.command()(command)
    group = typer.Typer(help="The audit chain.", no_args_is_help=True)
    group.callback()(audit)
    group.command()(verify)
    app.add_typer(group, name="audit")


def up(demo: Annotated[bool, typer.Option("--demo", help="With demo people and referrals.")] = False) -> int:
    """Start everything on this machine; Ctrl-C stops it."""
    from config import settings
    from flows.supervisor import run

    return run(settings.load(), demo, sys.stdout)


def demo(as_json: AsJson = False) -> None:
    """Bring demo people and referrals; a second time changes nothing."""
    from config import clock, settings
    from config.policy import PolicyBook
    from models.database import Database
    from models.migrate import migrate as bring_up_to_date
    from workflow.calendar import WorkingCalendar
    from workflow.demo import load
    from workflow.engine import Engine

    chosen = settings.load()
    bring_up_to_date(chosen.database)
    engine = Engine(
        Database(chosen.database), PolicyBook.load(chosen.authority, chosen.policy_dir), WorkingCalendar.england()
    )
    made = load(engine, chosen.authority, clock.now())
    if as_json:
        emit(made)
    else:
        print(f"{made.people} people and {made.referrals} referrals were added. `mash people` lists who is who.")


def status(as_json: AsJson = False) -> None:
    """Say what runs, what is open, late or waiting."""
    from notifications.due import moment, span
    from workflow.health import health

    product = open_product()
    with product.database.reading() as connection:
        found = health(connection, product.settings.authority, product.now)
    if as_json:
        emit(
            {
                "database": "SQLite" if product.database.is_sqlite else "PostgreSQL",
                "prefect": product.settings.prefect_url,
                **found.as_dict(),
            }
        )
        return
    print(f"Open referrals: {found.open}, of which late: {found.late}")
    print(
        f"Waiting for the flows: {found.outbox}. Letters waiting: {found.letters}; given up: {found.dead}. Tasks: {found.tasks}"
    )
    rows = [(beat.name, f"{span(product.now - beat.at)} ago", moment(beat.at), beat.says) for beat in found.heartbeats]
    table(("PART", "LAST SEEN", "", "SAYS"), rows, "Nothing runs. `mash up` starts everything.")


def work(as_json: AsJson = False) -> None:
    """Run the flows once, without Prefect, and post what waits: useful where `mash up` does not run."""
    from cli.once import run_once

    done = run_once(open_product())
    if as_json:
        emit(done)
    else:
        print(
            f"Looked at {done.referrals} referrals: {done.messages} messages, {done.tasks} tasks, {done.acts} acts; {done.sent} letters sent."
        )
        if done.broken:
            print(f"{done.broken} could not be looked after: `mash tasks` of a manager names them.")


def worker() -> None:
    """Run one resident worker, as a hub in earnest does on each of its machines."""
    import os

    from flows.prefect_server import worker_environment

    product = open_product()
    # Prefect reads its settings when it is imported, so the worker begins anew with them.
    command = [sys.executable, "-m", "flows.resident"]
    os.execve(sys.executable, command, worker_environment(product.settings))  # noqa: S606 (our own module)


def migrate() -> None:
    """Bring the database to this version. Safe to repeat."""
    from config import settings
    from models.migrate import migrate as bring_up_to_date

    chosen = settings.load()
    bring_up_to_date(chosen.database)
    print("The database is up to date.")


def audit() -> None:
    """Prove the record."""


def verify(as_json: AsJson = False) -> int:
    """Walk every audit chain and say what does not hold. Exit code 1 where something does not."""
    from workflow.audit import verify as walk

    product = open_product()
    with product.database.reading() as connection:
        checked, faults = walk(connection)
    if as_json:
        emit({"checked": checked, "sound": not faults, "faults": faults})
    else:
        for fault in faults:
            print(fault)
        print(f"{checked} entries checked: {'all hold' if not faults else f'{len(faults)} do not hold'}.")
    return BLOCKED if faults else DONE
