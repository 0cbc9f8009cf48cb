"""The case list: what is due first, whose it is to see, counted in tabs, at the cost of a few reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from models.events import Event
from models.vocabulary import Kind, State
from tests.support.hub import ACCOUNTS, Hub
from workflow import store
from workflow.ages import age_or_due
from workflow.case_list import ALL, TABS, CaseList, Wanted, case_list
from workflow.engine import may_see

MOST_READS = 8


def listed(hub: Hub, account: str, size: int = 25, **wanted: object) -> CaseList:
    with hub.engine.database.reading() as connection:
        return case_list(connection, hub.actor(account), Wanted(**wanted), hub.now, size)  # type: ignore[arg-type]


def references(found: CaseList) -> list[str]:
    return [line.reference for line in found.lines]


@pytest.fixture
def busy(hub: Hub) -> Hub:
    """A hub with four referrals by three agencies: one graded red, one handed on, one closed again."""
    for by, child in (("dsl", "Ada Finch"), ("wife", "Unborn Jay"), ("kit", "Cy Wren"), ("dsl", "Di Crow")):
        hub.refer(by, child, **({"born": None, "due": date(2026, 8, 1)} if child.startswith("Unborn") else {}))
        hub.wait(minutes=5)
    hub.act("M000003", "begin-triage", "tara")
    hub.act("M000003", "grade", "tara", grade="red", reason="a young baby with a bruise")
    return hub


def test_every_state_but_the_last_is_in_exactly_one_tab() -> None:
    placed = [state for states in TABS.values() for state in states]
    assert sorted(placed) == sorted(set(State) - {State.CLOSED})


def test_what_is_due_first_is_at_the_top_with_initials_age_source_and_what_it_waits_for(busy: Hub) -> None:
    found = listed(busy, "tara")

    dues = [line.due for line in found.lines if line.due]
    assert dues == sorted(dues)
    unborn = next(line for line in found.lines if line.reference == "M000002")
    assert (unborn.initials, unborn.age, unborn.source) == ("U. J.", "unborn, due 1 August 2026", "midwives")
    red = next(line for line in found.lines if line.reference == "M000003")
    assert (red.grade, red.initials, red.source, red.owner_name) == ("red", "C. W.", "homes", "tara example")
    assert all(line.waits_for for line in found.lines)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ("M000001", "M000002", "M000003", "M000004")),
        ({"tab": "new"}, ("M000001", "M000002", "M000003", "M000004")),
        ({"tab": "closure"}, ()),
        ({"grade": "red"}, ("M000003",)),
        ({"grade": "none"}, ("M000001", "M000002", "M000004")),
        ({"owner": "tara"}, ("M000001", "M000002", "M000003", "M000004")),
        ({"owner": "sam"}, ()),
        ({"source": "hillside"}, ("M000001", "M000004")),
        ({"late": True}, ()),
        ({"mine": True}, ("M000001", "M000002", "M000003", "M000004")),
        ({"tab": "no such tab"}, ("M000001", "M000002", "M000003", "M000004")),
    ],
    ids=str,
)
def test_a_filter_narrows_the_list_and_not_the_counts_of_the_tabs(
    busy: Hub, wanted: dict[str, object], expected: tuple[str, ...]
) -> None:
    found = listed(busy, "tara", **wanted)

    assert sorted(references(found)) == list(expected)
    assert found.total == len(expected)
    assert found.counts[ALL] == 4


def test_what_is_late_is_found_by_the_clock(busy: Hub) -> None:
    busy.wait(days=30)
    assert listed(busy, "tara", late=True).total == 4


def test_a_long_list_comes_in_pages_and_a_page_too_far_is_the_last(busy: Hub) -> None:
    pages = [references(listed(busy, "tara", size=3, page=page)) for page in (1, 2, 9, -4)]

    assert [len(page) for page in pages] == [3, 1, 1, 3]
    assert pages[1] == pages[2]
    assert not set(pages[0]) & set(pages[1])


@pytest.mark.parametrize(
    ("account", "expected"), [("dsl", {"M000001", "M000004"}), ("wife", {"M000002"}), ("pc", set()), ("ella", set())]
)
def test_an_agency_finds_its_own_only_without_grade_owner_or_source_to_ask_by(
    busy: Hub, account: str, expected: set[str]
) -> None:
    found = listed(busy, account)
    assert set(references(found)) == expected
    assert found.counts[ALL] == len(expected)
    assert {line.grade for line in found.lines} <= {None}
    assert (found.owners, found.sources) == ((), ())
    for asked in ({"grade": "red"}, {"owner": "sam"}, {"source": "homes"}):
        assert set(references(listed(busy, account, **asked))) == expected


def test_the_council_of_another_authority_finds_nothing(busy: Hub) -> None:
    busy.hire("far", "mash_manager", agency="hub", authority="elsewhere")
    assert listed(busy, "far").total == 0


def test_whoever_is_asked_called_or_told_finds_it_from_then_on(busy: Hub) -> None:
    busy.act("M000003", "ask", "tara", of="pc,hv")
    assert references(listed(busy, "pc")) == ["M000003"]

    busy.act("M000001", "begin-triage", "tara")
    busy.act("M000001", "grade", "tara", grade="amber", reason="came hungry again")
    assert references(listed(busy, "pc")) == ["M000003"]


@pytest.mark.parametrize("account", sorted(ACCOUNTS))
def test_the_list_and_the_door_agree_on_who_may_know_of_what(busy: Hub, account: str) -> None:
    busy.act("M000003", "ask", "tara", of="pc,hv")
    busy.act("M000003", "call-strategy", "tara", at=busy.now + timedelta(hours=4), reason="a bruise on a baby")
    busy.look("M000003")
    actor = busy.actor(account)
    with busy.engine.database.reading() as connection:
        loaded = {f"M00000{number}": busy.engine.load(connection, number, busy.now) for number in range(1, 5)}
    by_the_door = {name for name, one in loaded.items() if may_see(actor, one)}

    assert set(references(listed(busy, account))) == by_the_door


def test_a_list_costs_the_same_few_reads_however_long_it_is(busy: Hub) -> None:
    said: list[str] = []
    event.listen(busy.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for more in (0, 6):
        for number in range(more):
            busy.refer("kit", f"Child {number}", born=date(2020, 1, 1 + number))
        actor = busy.actor("tara")
        said.clear()
        with busy.engine.database.reading() as connection:
            case_list(connection, actor, Wanted(), busy.now)
        counts.append(sum(one.lstrip().startswith("SELECT") for one in said))

    assert counts[0] == counts[1] <= MOST_READS


@pytest.mark.parametrize(
    ("born", "due", "says"),
    [
        (date(2026, 3, 1), None, "9 days"),
        (date(2026, 1, 20), None, "7 weeks"),
        (date(2025, 3, 11), None, "11 months"),
        (date(2019, 3, 11), None, "6 years"),
        (None, date(2026, 8, 1), "unborn, due 1 August 2026"),
        (None, None, "unborn"),
    ],
)
def test_an_age_is_said_as_finely_as_it_matters(born: date | None, due: date | None, says: str) -> None:
    assert age_or_due(born, due, date(2026, 3, 10)) == says


def test_early_help_finds_what_it_was_asked_about_whoever_asked(busy: Hub) -> None:
    with busy.engine.database.unit_of_work() as connection:
        row = store.referral(connection, 4)
        asked = Event(busy.now, Kind.EARLY_HELP, (row["child_id"],), "mona", {"status": "requested"})
        store.add_events(connection, row, [asked])

    assert references(listed(busy, "ella")) == ["M000004"]


def test_who_rang_from_the_public_is_no_agency_and_named_to_nobody(hub: Hub) -> None:
    hub.refer("tara", "Ada Finch", caller="Nora Neighbour", caller_reach="01632 960001", channel="phone")

    (line,) = listed(hub, "mona").lines
    assert line.source == "a member of the public"
    assert listed(hub, "mona").sources == ()
