"""Two people at once, on both kinds of database, with threads that really run: one success, one clear sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from models.tables.post import MessageRow
from models.tables.referral import AuditRow, DecisionRow, RecordRow, ReferralRow
from models.tables.work import OutboxRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import audit
from workflow.engine import Done
from workflow.errors import ChangedError, MashError, OutOfTurnError
from workflow.intake import refer

MANY = 6


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, and return what came of each: a result, or the sentence of a refusal."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return doing()
        except MashError as error:
            return error

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def acting(hub: Hub, reference: str, verb: str, by: str, seen: int | None = None, **args: Any) -> Callable[[], Done]:
    actor, now = hub.actor(by), hub.now
    return lambda: hub.engine.act(reference, verb, actor, now, args, seen_version=seen)


def sound(hub: Hub, reference: str) -> None:
    """See to it that the chain holds and that decisions, audit and outbox are in step."""
    version = hub.row(reference)["version"]
    number = hub.row(reference)["id"]
    for table in (DecisionRow, AuditRow, OutboxRow):
        assert sorted(row["version"] for row in hub.rows(table, referral_id=number)) == list(range(1, version + 1))
    with hub.engine.database.reading() as connection:
        assert audit.verify(connection)[1] == []


def test_two_managers_who_saw_the_same_page_decide_once(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    seen = hub.row(reference)["version"]
    given = {"outcome": "assessment", "reason": "needs a fuller look", "answers": "neglect:unknown"}

    came = at_once(*(acting(hub, reference, "decide", by, seen, **given) for by in ("mona", "hugo")))

    done = [one for one in came if isinstance(one, Done)]
    (refused,) = [one for one in came if not isinstance(one, Done)]
    assert len(done) == 1
    assert isinstance(refused, ChangedError)
    assert str(refused) == f"{reference} changed while you were reading."
    assert len(hub.rows(RecordRow, kind="decision")) == 1
    sound(hub, reference)


def test_two_who_say_nothing_of_what_they_saw_take_turns_and_the_second_is_told_where_it_stands(hub: Hub) -> None:
    reference = hub.refer()

    came = at_once(*(acting(hub, reference, "begin-triage", by) for by in ("tara", "mona")))

    (refused,) = [one for one in came if not isinstance(one, Done)]
    assert isinstance(refused, OutOfTurnError)
    assert f"{reference} stands at triage" in str(refused)
    assert hub.row(reference)["version"] == 2
    sound(hub, reference)


def test_nothing_that_is_said_at_once_is_lost(hub: Hub) -> None:
    reference = hub.refer()
    says = {"concerns": "neglect", "words": "hungry again"}

    came = at_once(*(acting(hub, reference, "add-concern", "dsl", **says) for _ in range(MANY)))

    assert sorted(done.version for done in came) == list(range(2, MANY + 2))
    assert len(hub.rows(RecordRow, kind="contact")) == MANY + 1
    sound(hub, reference)


def test_agencies_that_refer_one_child_at_once_refer_it_once(hub: Hub) -> None:
    names = ["Demo Child", "demo child", "Child, Demo", "Démo Child", "DEMO CHILD", "Demo-Child"]
    given = {"born": "2021-05-01", "concerns": ["neglect"], "words": "came hungry again"}
    who = [hub.actor(by) for by in ("dsl", "hv", "pc", "kit", "wife", "tara")]

    came = at_once(
        *(
            lambda actor=actor, name=name: refer(hub.engine, actor, hub.now, {**given, "child": name})
            for actor, name in zip(who, names, strict=True)
        )
    )

    assert {done.reference for done in came} == {"M000001"}
    assert len(hub.rows(ReferralRow)) == 1
    assert {row["by"] for row in hub.rows(RecordRow)} == {actor.id for actor in who}
    sound(hub, "M000001")


def test_a_closed_child_referred_twice_at_once_has_one_new_referral(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    hub.wait(days=30)
    given = {"child": "Demo Child", "born": "2021-05-01", "concerns": ["neglect"], "words": "came hungry again"}
    who = [hub.actor(by) for by in ("dsl", "hv", "pc")]

    came = at_once(*(lambda actor=actor: refer(hub.engine, actor, hub.now, given) for actor in who))

    assert {done.reference for done in came} == {"M000002"}
    sound(hub, "M000002")


def test_a_look_beside_people_at_work_writes_nothing_twice_and_nothing_by_halves(hub: Hub) -> None:
    reference = hub.refer(by="dsl")
    hub.act(reference, "begin-triage", "tara")
    at = (hub.now + timedelta(hours=3)).isoformat()

    # Calling a discussion gives the engine something to do by itself: it invites while people go on writing.
    came = at_once(
        acting(hub, reference, "call-strategy", "tara", at=at, reason="marks on the arm"),
        *(lambda: hub.look(reference) for _ in range(3)),
        *(acting(hub, reference, "add-concern", "dsl", concerns="neglect", words="again") for _ in range(3)),
    )
    hub.look(reference)

    assert not [one for one in came if isinstance(one, Exception)]
    assert len(hub.rows(RecordRow, kind="invited")) == 1
    keys = [row["key"] for row in hub.rows(MessageRow)]
    assert len(keys) == len(set(keys))
    assert hub.look(reference).messages == 0
    sound(hub, reference)


def test_a_look_from_every_worker_at_once_tells_everybody_once(hub: Hub) -> None:
    reference = paths.to_strategy(hub)

    came = at_once(*(lambda: hub.look(reference) for _ in range(MANY)))

    assert sum(one.acts for one in came) == 1
    assert sum(one.messages for one in came) == len(hub.rows(MessageRow))
    sound(hub, reference)


def test_two_managers_sign_off_once(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "read-chronology", "theo", noted="read to the end")

    came = at_once(*(acting(hub, reference, "sign-off", by) for by in ("tess", "theo")))

    assert [one.now for one in came if isinstance(one, Done)] == ["closed"]
    assert [type(one) for one in came if not isinstance(one, Done)] == [OutOfTurnError]
    sound(hub, reference)
