"""A task is done by the person who has it, once."""

import pytest

from models.tables.work import TaskRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import access, tasks
from workflow.errors import BadCommandError, NotFoundError

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def a_task_of(hub: Hub, account: str) -> int:
    reference = paths.to_closure_proposed(hub)
    hub.look(reference)
    return next(row["id"] for row in hub.rows(TaskRow, account_id=account, rule="ask-involved-views"))


def finish(hub: Hub, number: int, account: str) -> str:
    with hub.engine.database.unit_of_work() as connection:
        return tasks.finish(connection, number, hub.actor(account), hub.now)


def listed(hub: Hub, account: str) -> list[int | None]:
    with hub.engine.database.reading() as connection:
        return [task.number for task in access.tasks_of(connection, account)]


def test_what_is_done_is_off_the_list(hub: Hub) -> None:
    number = a_task_of(hub, "hv")
    assert number in listed(hub, "hv")

    assert finish(hub, number, "hv") == "M000001"

    assert number not in listed(hub, "hv")
    (row,) = hub.rows(TaskRow, id=number)
    assert row["done_at"] == hub.now


def test_somebody_elses_task_looks_like_none(hub: Hub) -> None:
    number = a_task_of(hub, "hv")
    says = []
    for asked in (number, 999_999):
        with pytest.raises(NotFoundError) as error:
            finish(hub, asked, "dsl")
        says.append(error.value.says.replace(str(asked), "N"))

    assert says == ["You have no task N.", "You have no task N."]
    assert number in listed(hub, "hv")


def test_a_task_is_done_once(hub: Hub) -> None:
    number = a_task_of(hub, "hv")
    finish(hub, number, "hv")

    with pytest.raises(BadCommandError, match=f"Task {number} is done already"):
        finish(hub, number, "hv")


def test_what_is_due_first_is_at_the_top(hub: Hub) -> None:
    a_task_of(hub, "hv")
    hub.wait(days=30).look("M000001")

    with hub.engine.database.reading() as connection:
        found = access.tasks_of(connection, "tess")
    dues = [task.due for task in found]
    assert dues == [*sorted(due for due in dues if due), *(due for due in dues if due is None)]
    assert len(dues) > 1
