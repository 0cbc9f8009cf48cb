"""Cover for absence: a deputy of the same role is told and asked as well, for those days, and signs for nobody else."""

from datetime import date, timedelta

import pytest

from models.tables.doors import CoverRow
from models.tables.post import MessageRow
from models.tables.work import TaskRow
from notifications.templates import render
from tests.support.hub import Hub
from workflow import cover
from workflow.case_list import Wanted, case_list
from workflow.errors import BadCommandError, NotFoundError, NotPermittedError, RefusedError
from workflow.messages import is_copy, original
from workflow.tasks import finish

TODAY = date(2026, 3, 10)
FRIDAY = date(2026, 3, 13)


@pytest.fixture
def desk(hub: Hub) -> Hub:
    """A hub with three triage workers, and one of another authority."""
    hub.hire("tia", "triage_worker", agency="hub", team="hub")
    hub.hire("tim", "triage_worker", agency="hub", team="hub")
    hub.hire("far", "triage_worker", agency="hub", authority="elsewhere")
    return hub


def away(hub: Hub, account: str, deputy: str, by: str = "mona", first: date = TODAY, last: date = FRIDAY) -> int:
    return cover.set_cover(hub.engine.database, hub.actor(by), account, deputy, first, last, hub.now)


def asked(hub: Hub, account: str) -> dict[str, str]:
    return {row["key"]: row["says"] for row in hub.rows(TaskRow, account_id=account) if row["done_at"] is None}


def mine(hub: Hub, account: str) -> list[str]:
    with hub.engine.database.reading() as connection:
        found = case_list(connection, hub.actor(account), Wanted(mine=True), hub.now)
    return [line.reference for line in found.lines]


def late(hub: Hub) -> str:
    """A referral of tara's that nobody has looked at for two weeks: its clocks have asked people by then."""
    reference = hub.refer()
    hub.wait(days=14).look(reference)
    return reference


def test_whoever_stands_in_is_asked_and_told_as_well_and_sees_for_whom(desk: Hub) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    away(desk, "mona", "mel", last=date(2026, 4, 30))
    late(desk)

    of_mona, of_mel = asked(desk, "mona"), asked(desk, "mel")
    copies = {original(key): says for key, says in of_mel.items() if is_copy(key)}
    assert of_mona
    assert copies == {key: f"For mona example, who is away: {says}" for key, says in of_mona.items()}
    told = {row["key"] for row in desk.rows(MessageRow, account_id="mona")}
    copied = [row for row in desk.rows(MessageRow, account_id="mel") if is_copy(row["key"])]
    assert {original(row["key"]) for row in copied} == told
    for row in copied:
        assert render(row["template"], row["args"], "http://hub.test").subject.endswith("(you stand in)")


def test_what_is_asked_of_a_deputy_is_asked_once_however_often_the_engine_looks(desk: Hub) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    away(desk, "mona", "mel", last=date(2026, 4, 30))
    reference = late(desk)
    before = asked(desk, "mel")
    desk.look(reference)

    assert asked(desk, "mel") == before


@pytest.mark.parametrize("days", [(-5, -1), (30, 40)], ids=["before", "after"])
def test_on_other_days_only_whoever_it_is_for_is_asked(desk: Hub, days: tuple[int, int]) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    desk.wait(days=-10)
    away(desk, "mona", "mel", first=TODAY + timedelta(days=days[0]), last=TODAY + timedelta(days=days[1]))
    desk.wait(days=10)
    late(desk)

    assert asked(desk, "mona")
    assert not [key for key in asked(desk, "mel") if is_copy(key)]


@pytest.mark.parametrize("by", ["mona", "mel"])
def test_what_one_of_the_two_has_done_is_off_both_lists(desk: Hub, by: str) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    away(desk, "mona", "mel", last=date(2026, 4, 30))
    late(desk)
    (task, *_) = [row for row in desk.rows(TaskRow, account_id=by) if by == "mona" or is_copy(row["key"])]
    with desk.engine.database.unit_of_work() as connection:
        finish(connection, task["id"], desk.actor(by), desk.now)

    left = {original(key) for who in ("mona", "mel") for key in asked(desk, who)}
    assert original(task["key"]) not in left


def test_what_the_facts_have_answered_is_off_the_deputy_s_list_as_well(desk: Hub) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    away(desk, "mona", "mel", last=date(2026, 4, 30))
    reference = late(desk)
    desk.act(reference, "begin-triage", "tara")
    desk.act(reference, "grade", "tara", grade="amber", reason="came hungry again")
    desk.look(reference)

    assert {original(key) for key in asked(desk, "mel") if is_copy(key)} == set(asked(desk, "mona"))


def test_the_deputy_finds_the_cases_of_whoever_is_away_among_their_own_for_those_days(desk: Hub) -> None:
    first = desk.refer()
    assert (mine(desk, "tara"), mine(desk, "tia")) == ([first], [])
    away(desk, "tara", "tia")
    assert (mine(desk, "tara"), mine(desk, "tia"), mine(desk, "tim")) == ([first], [first], [])
    desk.wait(days=4)
    assert mine(desk, "tia") == []


def test_where_the_deputy_is_away_as_well_it_goes_on_to_theirs(desk: Hub) -> None:
    first = desk.refer()
    away(desk, "tara", "tia")
    away(desk, "tia", "tim", first=TODAY + timedelta(days=1))
    desk.wait(days=1)

    assert mine(desk, "tim") == [first]
    with desk.engine.database.reading() as connection:
        assert cover.cover_of(connection, TODAY) == {"tara": "tia"}
        assert cover.cover_of(connection, FRIDAY) == {"tara": "tia", "tia": "tim"}
        assert [who for _, who in cover.deputies_of(connection, "tara", FRIDAY)] == ["tia", "tim"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"account": "tara", "deputy": "sam"}, "is no triage worker"),
        ({"account": "tara", "deputy": "tara"}, "Nobody stands in for themselves"),
        ({"account": "tara", "deputy": "nobody"}, "There is no account called 'nobody'"),
        ({"account": "tara", "deputy": "far"}, "There is no account called 'far'"),
        ({"account": "far", "deputy": "tara"}, "There is no account called 'far'"),
        ({"account": "dsl", "deputy": "wife"}, "for the council's own"),
        ({"account": "tara", "deputy": "tia", "first": FRIDAY, "last": TODAY}, "lies before the first"),
        ({"account": "tara", "deputy": "tia", "first": date(2026, 3, 1), "last": date(2026, 3, 9)}, "are over"),
    ],
    ids=lambda given: str(given)[:60],
)
def test_a_cover_that_would_leave_a_gap_is_refused_in_a_sentence(
    desk: Hub, given: dict[str, object], says: str
) -> None:
    with pytest.raises(BadCommandError, match=says):
        away(desk, **given)  # type: ignore[arg-type]
    assert desk.rows(CoverRow) == []


def test_somebody_who_has_left_stands_in_for_nobody(desk: Hub) -> None:
    desk.leaves("tia")
    with pytest.raises(BadCommandError, match="There is no account called 'tia'"):
        away(desk, "tara", "tia")


def test_nobody_has_two_deputies_at_once_and_two_do_not_stand_in_for_each_other(desk: Hub) -> None:
    number = away(desk, "tara", "tia")
    away(desk, "tia", "tim")
    with pytest.raises(BadCommandError, match=r"Somebody stands in for them already, until 13\.03\.2026"):
        away(desk, "tara", "tim", first=FRIDAY, last=date(2026, 3, 20))
    with pytest.raises(BadCommandError, match="for each other"):
        away(desk, "tim", "tara")

    away(desk, "tara", "tim", first=date(2026, 3, 14), last=date(2026, 3, 20))
    cover.end_cover(desk.engine.database, desk.actor("mona"), number, desk.now)
    away(desk, "tim", "tara")


@pytest.mark.parametrize(
    ("by", "account", "allowed"),
    [
        ("tara", "tara", True),
        ("mona", "tara", True),
        ("tess", "tara", True),
        ("hugo", "tara", True),
        ("tia", "tara", False),
        ("sam", "tara", False),
        ("dsl", "tara", False),
        ("dsl", "dsl", False),
        ("aud", "tara", False),
        ("ella", "tara", False),
    ],
)
def test_people_set_their_own_cover_and_managers_anybody_s(desk: Hub, by: str, account: str, allowed: bool) -> None:
    if allowed:
        assert away(desk, account, "tia", by=by)
    else:
        with pytest.raises(NotPermittedError):
            away(desk, account, "tia", by=by)
    assert len(desk.rows(CoverRow)) == allowed


@pytest.mark.parametrize(("by", "allowed"), [("tara", True), ("mona", True), ("tia", False), ("dsl", False)])
def test_a_cover_is_ended_by_whoever_may_set_it_and_stays_on_record(desk: Hub, by: str, allowed: bool) -> None:
    number = away(desk, "tara", "tia")
    if allowed:
        cover.end_cover(desk.engine.database, desk.actor(by), number, desk.now)
    else:
        with pytest.raises(NotFoundError):
            cover.end_cover(desk.engine.database, desk.actor(by), number, desk.now)
    (row,) = desk.rows(CoverRow)
    assert (row["ended_at"] is not None) == allowed
    with desk.engine.database.reading() as connection:
        assert cover.cover_of(connection, TODAY) == ({} if allowed else {"tara": "tia"})


def test_a_cover_of_another_authority_looks_like_none(desk: Hub) -> None:
    desk.hire("boss", "mash_manager", agency="hub", authority="elsewhere")
    number = away(desk, "tara", "tia")
    with pytest.raises(NotFoundError):
        cover.end_cover(desk.engine.database, desk.actor("boss"), number, desk.now)
    with pytest.raises(NotFoundError):
        cover.end_cover(desk.engine.database, desk.actor("mona"), 999, desk.now)


def test_covers_are_listed_until_their_last_day_and_say_which_one_may_end(desk: Hub) -> None:
    away(desk, "tara", "tia")
    away(desk, "tim", "tia", first=date(2026, 3, 20), last=date(2026, 3, 21))
    desk.hire("boss", "mash_manager", agency="hub", authority="elsewhere")
    with desk.engine.database.reading() as connection:
        seen = {who: cover.covers(connection, desk.actor(who), FRIDAY) for who in ("tara", "mona", "boss")}
        later = cover.covers(connection, desk.actor("mona"), date(2026, 3, 14))

    assert [(one.name, one.deputy_name, one.mine) for one in seen["tara"]] == [
        ("tara example", "tia example", True),
        ("tim example", "tia example", False),
    ]
    assert [one.mine for one in seen["mona"]] == [True, True]
    assert seen["boss"] == ()
    assert [one.account for one in later] == ["tim"]


def test_standing_in_gives_nobody_a_second_signature(desk: Hub) -> None:
    desk.hire("mel", "mash_manager", agency="hub")
    reference = desk.refer()
    desk.act(reference, "begin-triage", "tara")
    desk.act(reference, "grade", "tara", grade="red", reason="a bruise on a baby")
    away(desk, "mona", "mel")
    desk.act(reference, "grade", "mel", grade="amber", reason="it was a birthmark")

    with pytest.raises((BadCommandError, RefusedError)):
        desk.act(reference, "agree-grade", "mel")
    assert desk.row(reference)["grade"] == "red"
