"""Workers are killed while they work, again and again: nothing is lost, nothing doubled, no child forgotten.

Real processes, a real mail server, both databases. What should exist is known from the engine itself: at the end one
more quiet look at every referral must find nothing left to do.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.tables.people import AccountRow
from models.tables.post import MessageRow
from models.tables.work import OutboxRow, TaskRow
from notifications.mailbox import letters
from notifications.post import PostTerms
from tests.support import paths
from tests.support.hub import Hub
from tests.support.post_office import mail_sink
from tests.support.product import Worker, until
from workflow import fulfil, outbox

KILLS = 5
CHILDREN_EACH = 3
CHILDREN = KILLS * CHILDREN_EACH


@pytest.fixture
def worker(hub: Hub, tmp_path: Path) -> Iterator[Worker]:
    """A worker on the hub's database, killed at the end."""
    running = Worker(tmp_path, MASH_DATABASE_URL=hub.engine.database.url)
    yield running
    if running.process is not None:
        running.kill()


def count(database: Database, *where: object, table: type = MessageRow) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()  # type: ignore[arg-type]


def idle(database: Database) -> bool:
    """Tell whether nothing waits for the flows or the post."""
    waiting = count(database, OutboxRow.done_at.is_(None), table=OutboxRow)
    return waiting == 0 and count(database, MessageRow.status.in_(("pending", "sending"))) == 0


def work_while_it_is_killed(hub: Hub, worker: Worker) -> None:
    """Refer children and call meetings; kill the worker in the middle of what follows, at moments nobody chose."""
    chance = random.Random(4280)
    database = hub.engine.database
    caught_at_work = 0
    for number in range(KILLS):
        for child in range(CHILDREN_EACH):
            paths.to_strategy(hub, child=f"Child {CHILDREN_EACH * number + child}")
        before = count(database)
        worker.start()
        until(lambda before=before: count(database) > before, "the worker has begun")  # type: ignore[misc]
        time.sleep(chance.uniform(0.0, 0.05))
        worker.kill()
        caught_at_work += not idle(database)
    assert caught_at_work > 0
    worker.start()
    until(lambda: idle(database), f"everything is done; {worker.log}")


def nothing_is_left_to_do(hub: Hub) -> None:
    """Look once more, quietly: what the facts call for is there already, every message under its own key."""
    database = hub.engine.database
    with database.reading() as connection:
        keys = connection.execute(select(MessageRow.key)).scalars().all()
        tasks = connection.execute(select(TaskRow.key)).scalars().all()
    assert len(set(keys)) == len(keys)
    assert len(set(tasks)) == len(tasks)
    assert count(database, MessageRow.status == "dead") == 0
    with database.unit_of_work() as connection:
        for number in range(1, CHILDREN + 1):
            assert outbox.waiting_on(connection, number) == []
            again = fulfil.fulfil(hub.engine, connection, number, hub.now)
            assert (again.messages, again.tasks, again.acts) == (0, 0, 0)


def test_every_message_arrives_once_however_often_the_worker_is_killed(
    hub: Hub, worker: Worker, tmp_path: Path
) -> None:
    work_while_it_is_killed(hub, worker)

    nothing_is_left_to_do(hub)
    arrived = Counter((letter.account, letter.file.name) for letter in letters(tmp_path))
    assert set(arrived.values()) == {1}
    assert len(arrived) == count(hub.engine.database, MessageRow.status == "sent")
    receipts = [letter for letter in letters(tmp_path, "dsl") if "we have your referral" in letter.subject]
    assert len(receipts) == CHILDREN
    invited = [letter for letter in letters(tmp_path, "dsl") if letter.calendar]
    assert len(invited) == CHILDREN


def test_a_mail_server_gets_every_letter_and_a_repeat_only_under_the_same_message_id(hub: Hub, tmp_path: Path) -> None:
    with mail_sink() as sink:
        channels = tmp_path / "channels.yaml"
        channels.write_text(
            f"mailbox: {{kind: email, host: 127.0.0.1, port: {sink.port}, security: none, sender: mash@example.test}}\n"
        )
        worker = Worker(tmp_path, MASH_DATABASE_URL=hub.engine.database.url, MASH_CHANNELS=str(channels))
        try:
            work_while_it_is_killed(hub, worker)
        finally:
            worker.kill()
        taken = Counter(str(mail["Message-ID"]) for mail in sink.taken)

    nothing_is_left_to_do(hub)
    # A mail server takes a letter before we can write down that it did: killed in between, the letter goes again,
    # under the same Message-ID, by which mail programs know it for the same.
    assert len(taken) == count(hub.engine.database, MessageRow.status == "sent")
    in_flight = PostTerms().at_once
    assert taken.total() - len(taken) <= KILLS * in_flight


def test_two_workers_share_the_work_and_double_nothing(hub: Hub, worker: Worker, tmp_path: Path) -> None:
    second = Worker(tmp_path, MASH_DATABASE_URL=hub.engine.database.url)
    worker.start()
    second.start()
    try:
        for number in range(CHILDREN):
            paths.to_strategy(hub, child=f"Child {number}")
        until(lambda: idle(hub.engine.database), "everything is done")
    finally:
        second.kill()

    nothing_is_left_to_do(hub)


def test_a_worker_that_is_asked_to_stop_stops_with_its_work_done_or_left_whole(hub: Hub, worker: Worker) -> None:
    worker.start()
    reference = hub.refer()
    until(lambda: idle(hub.engine.database), "the receipt is sent")

    assert worker.stop() == 0
    assert f"{reference} could not" not in worker.log.read_text()


def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    worker = Worker(tmp_path, MASH_DATABASE_URL="postgresql://mash@127.0.0.1:1/nothing")
    worker.start()
    try:
        until(lambda: "looking rests" in worker.log.read_text(), "the worker waits")
        assert worker.process is not None
        assert worker.process.poll() is None
        assert "Traceback" not in worker.log.read_text()
    finally:
        worker.kill()


def test_a_message_nobody_can_get_becomes_a_persons_task(hub: Hub, worker: Worker) -> None:
    with hub.engine.database.unit_of_work() as connection:
        nowhere = AccountRow.__table__.update().where(AccountRow.id == "dsl")
        connection.execute(nowhere.values(channel="pigeon"))
    reference = hub.refer()
    worker.start()

    until(lambda: count(hub.engine.database, MessageRow.status == "dead"), "the receipt is given up")
    with hub.engine.database.reading() as connection:
        task = connection.execute(select(TaskRow.says).where(TaskRow.key.endswith(":undelivered:task"))).scalar()
    assert task is not None
    assert task.startswith("Ring dsl")
    assert reference in task
