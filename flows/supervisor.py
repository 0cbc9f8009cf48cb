"""`mash up`: the whole product on one machine. Starts it, says what runs and where to click, and stops it cleanly.

Knows no Prefect itself: a part that dies or hangs is started again, and the others do not notice.
"""

import fcntl
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from http.server import ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Final, TextIO

from config import clock
from config.policy import PolicyBook
from config.settings import Settings
from flows import prefect_server, status_page
from flows.answering import Answering
from flows.child import Child
from flows.names import machine
from flows.watching import watch_once
from models.database import Database
from models.migrate import migrate
from workflow import demo as demo_people
from workflow import pulse
from workflow.calendar import WorkingCalendar
from workflow.engine import Engine
from workflow.errors import MashError
from workflow.health import health

TICK: Final = 0.5
MASH: Final = ".venv/bin/mash"
WATCH_EVERY: Final = 60.0
HANGS_AFTER: Final = timedelta(seconds=120)
"""How long a worker may leave no sign of life before it is ended and started again."""


class NotStartedError(MashError):
    """The product cannot be started here as things are."""


def run(settings: Settings, demo: bool, out: TextIO) -> int:
    """Start everything and keep it running until somebody says stop."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        stack.enter_context(alone(settings))
        check_ports(settings)
        database = set_up(settings, demo, out)
        stack.callback(database.dispose)
        keeper = Keeper(settings, database, out, demo=demo)
        page = status_page.serve(settings.host, settings.status_port, keeper.status)
        stack.callback(page.server_close)
        Thread(target=page.serve_forever, name="status page", daemon=True).start()
        try:
            keeper.keep(stop)
        finally:
            stop_all(keeper, page, out)
    return 0


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the home of the data for ourselves, or say who has it."""
    home = settings.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "mash.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotStartedError(
                f"mash runs here already, with the data in {settings.home}.",
                "Stop it with Ctrl-C where it runs, or set MASH_HOME to another folder.",
            ) from None
        yield


def check_ports(settings: Settings) -> None:
    """Refuse to start on a port that somebody else has."""
    wanted = [
        ("MASH_PORT", settings.port, "the pages"),
        ("MASH_STATUS_PORT", settings.status_port, "the status page"),
    ]
    if embeds_prefect(settings):
        wanted.append(("MASH_PREFECT_PORT", settings.prefect_port, "Prefect"))
    for number, (variable, port, what) in enumerate(wanted):
        other = next((said for _, taken, said in wanted[:number] if taken == port), None)
        if other is not None:
            raise NotStartedError(
                f"{other.capitalize()} and {what} cannot both have port {port}.", f"Give {variable} another number."
            )
    for variable, port, what in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                raise NotStartedError(
                    f"Port {port}, for {what}, cannot be had on {settings.host}: {(error.strerror or 'it is in use').lower()}.",
                    f"Stop what uses it, or choose another: {variable}={another(port, wanted)} make run",
                ) from None


def another(port: int, wanted: list[tuple[str, int, str]]) -> int:
    """Return a port to suggest, and none that is wanted for something else."""
    taken = {one for _, one, _ in wanted}
    return next(number for number in range(port + 1, port + 10) if number not in taken)


def embeds_prefect(settings: Settings) -> bool:
    """Tell whether a Prefect server of our own is wanted."""
    return settings.prefect and not settings.prefect_api_url


def set_up(settings: Settings, demo: bool, out: TextIO) -> Database:
    """Bring the database to this version, with demo people if they are wanted."""
    print("Bringing the database up to date ...", file=out, flush=True)
    policies = PolicyBook.load(settings.authority, settings.policy_dir)
    migrate(settings.database)
    database = Database(settings.database)
    if demo:
        made = demo_people.load(Engine(database, policies, WorkingCalendar.england()), settings.authority, clock.now())
        if made.people or made.referrals:
            print(f"Demo data: {made.people} people and {made.referrals} referrals.", file=out, flush=True)
    return database


class Keeper:
    """The processes of the product, and what is known of them."""

    def __init__(self, settings: Settings, database: Database, out: TextIO, *, demo: bool = False) -> None:
        """Prepare the processes; nothing starts yet."""
        self.settings, self.database, self.out = settings, database, out
        logs = settings.home.resolve() / "log"
        self.children = [
            Child(
                "flows",
                [sys.executable, "-m", "flows.resident"],
                prefect_server.worker_environment(settings),
                logs / "flows.log",
            )
        ]
        more = {"MASH_DEMO": "true"} if demo else {}
        pages = Child(
            "pages", [sys.executable, "-m", "web.serve"], settings.child_environment(**more), logs / "pages.log"
        )
        self.children.append(pages)
        where = f"http://{settings.host}:{settings.port}"
        self.asked = [Answering(pages, f"{where}/status", f"The pages answer: {settings.site}", self.say)]
        if embeds_prefect(settings):
            command, environment = prefect_server.command(settings), prefect_server.server_environment(settings)
            prefect = Child("prefect", command, environment, logs / "prefect.log")
            self.children.append(prefect)
            ready = "Prefect answers; flows are recorded from now."
            self.asked.append(Answering(prefect, f"{settings.prefect_url}/health", ready, self.say))
        self._next_watch = clock.monotonic() + WATCH_EVERY

    def say(self, words: str) -> None:
        """Tell whoever sits at the terminal."""
        print(words, file=self.out, flush=True)

    def keep(self, stop: Event) -> None:
        """Start everything, say so, and look after it until told to stop."""
        for child in self.children:
            child.start()
        self.greet()
        while not stop.wait(TICK):
            for child in self.children:
                if child.tend():
                    self.say(f"{child.name} ended by itself and is started again; see {self.settings.home}/log/.")
            for part in self.asked:
                part.ask()
            if clock.monotonic() >= self._next_watch:
                self._next_watch = clock.monotonic() + WATCH_EVERY
                self.watch()

    def greet(self) -> None:
        """Say what runs, where to click, and how to stop."""
        site = f"http://{self.settings.host}"
        kind = "SQLite" if self.database.is_sqlite else "PostgreSQL"
        self.say("\nmash runs.")
        self.say(f"  Pages       {self.settings.site}  (ready in a few seconds)")
        self.say(f"  Status      {site}:{self.settings.status_port}/status")
        if embeds_prefect(self.settings):
            self.say(f"  Prefect     {site}:{self.settings.prefect_port}  (ready in a few seconds)")
            self.say(f"              it asks for a password: {prefect_server.password(self.settings)}")
        self.say(f"  Data        {kind}, in {self.settings.home}; letters in {self.settings.home}/mailbox")
        self.say(f"  Try         {MASH} people; {MASH} worklist --as asha; {MASH} mail")
        self.say("  Stop        Ctrl-C; the data stays\n")

    def watch(self) -> None:
        """Notice what stands still, and end a worker that leaves no sign of life."""
        try:
            found = watch_once(self.database)
            hanging = self.hanging()
        except Exception as error:  # noqa: BLE001 (the database may be away for a while; the next look sees)
            self.say(f"The database could not be read: {type(error).__name__}.")
            return
        if found.asked:
            self.say(f"{found.waiting} referrals wait for what should have happened by itself: people were asked.")
        for child in self.children:
            if child.name == "flows" and hanging and child.age > HANGS_AFTER.total_seconds():
                self.say(f"The flows have left no sign of life ({', '.join(hanging)}) and are started again.")
                child.kill()

    def hanging(self) -> list[str]:
        """Return the loops of this machine's worker whose last sign of life is too old."""
        late = clock.now() - HANGS_AFTER
        with self.database.reading() as connection:
            beats = {name: pulse.last_beat(connection, f"{name}@{machine()}") for name in ("looking", "delivering")}
        return [name for name, at in beats.items() if at is None or at < late]

    def status(self) -> dict[str, Any]:
        """Return how the product fares, in numbers."""
        with self.database.reading() as connection:
            found = health(connection, self.settings.authority, clock.now())
        parts = {
            child.name: {"runs": child.runs, "seconds": round(child.age), "restarts": child.restarts}
            for child in self.children
        }
        for part in self.asked:
            parts[part.child.name]["answers"] = part.answers
        return {"product": "mash", "parts": parts, **found.as_dict()}


def stop_all(keeper: Keeper, page: ThreadingHTTPServer, out: TextIO) -> None:
    """Stop the parts, the youngest first, and say when all are gone."""
    print("\nStopping ...", file=out, flush=True)
    page.shutdown()
    for child in keeper.children:
        child.ask_to_stop()
    for child in keeper.children:
        child.wait_until_stopped()
    print("Stopped. The data stays; `make run` goes on with it.", file=out, flush=True)
