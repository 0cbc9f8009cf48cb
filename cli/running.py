"""Running the product: set up, start, look how it fares, and prove its record."""

import sys
from typing import Annotated

import typer

from cli.failure import BLOCKED, DONE
from cli.opening import AsJson, chosen_settings, open_database, open_product, settings_to_run
from cli.packs import fallen_back
from cli.printing import emit, say, table


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (up, demo, status, work, worker, migrate):
        app.command()(command)
    group = typer.Typer(help="Prove that nothing on record was changed.", no_args_is_help=True)
    group.callback()(audit)
    group.command()(verify)
    app.add_typer(group, name="audit")


def up(demo: Annotated[bool, typer.Option("--demo", help="With demo people and referrals.")] = False) -> int:
    """Start everything on this machine; Ctrl-C stops it."""
    from flows.supervisor import run

    return run(settings_to_run(), demo, sys.stdout)


def demo(as_json: AsJson = False) -> None:
    """Bring demo people and referrals, once."""
    from config import clock
    from config.policy import PolicyBook
    from models.migrate import migrate as bring_up_to_date
    from workflow.calendar import WorkingCalendar
    from workflow.demo import load
    from workflow.engine import Engine

    chosen = chosen_settings()
    bring_up_to_date(chosen.database)
    policies = PolicyBook.load(chosen.authority, chosen.policy_dir)
    engine = Engine(open_database(chosen.database), policies, WorkingCalendar.england())
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
    for line in fallen_back(product.engine.policies):
        say(line)
    say(f"Open referrals: {found.open}, of which late: {found.late}. Tasks that somebody has: {found.tasks}.")
    say(
        f"Changes the engine has yet to look at: {found.outbox}. Messages waiting: {found.letters}; held for the day's "
        f"letter: {found.held}; given up: {found.dead}."
    )
    rows = [(beat.name, f"{span(product.now - beat.at)} ago", moment(beat.at), beat.says) for beat in found.heartbeats]
    print()
    table(("PART", "LAST SEEN", "AT", "SAYS"), rows, "Nothing runs. `mash up` starts everything.")


def work(as_json: AsJson = False) -> None:
    """Do once what waits, where `mash up` does not run.

    Runs the flows without Prefect, and posts the letters.
    """
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
    """Run one worker, as a large hub does on each machine."""
    import os

    from flows.prefect_server import worker_environment

    settings_to_run()
    product = open_product()
    # Prefect reads its settings when it is imported, so the worker begins anew with them.
    command = [sys.executable, "-m", "flows.resident"]
    os.execve(sys.executable, command, worker_environment(product.settings))  # noqa: S606 (our own module)


def migrate() -> None:
    """Make the database, or bring it to this version."""
    from models.migrate import migrate as bring_up_to_date

    chosen = chosen_settings()
    bring_up_to_date(chosen.database)
    print("The database is up to date.")


def audit() -> None:
    """Prove that nothing on record was changed."""


def verify(as_json: AsJson = False) -> int:
    """Walk every audit chain and say what does not hold.

    Exit code 1 where something does not.
    """
    from workflow.audit import verify as walk

    product = open_product()
    with product.database.reading() as connection:
        checked, faults = walk(connection)
    if as_json:
        emit({"checked": checked, "sound": not faults, "faults": faults})
    elif not checked and not faults:
        say("There is nothing to prove yet: no referral has been made.")
    elif not faults:
        say(f"{checked} entries checked: every chain holds, and the record is as it was written.")
    else:
        for fault in faults:
            say(fault, 0, 2)
        count = "1 chain does" if len(faults) == 1 else f"{len(faults)} chains do"
        say(f"{checked} entries checked: {count} not hold. Keep the database as it is, and compare it with a backup.")
    return BLOCKED if faults else DONE
