"""The chronology through the one door: the hub has the whole, an agency its own part, and every look is logged first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from models.tables.reads import ReadRow
from tests.support import paths
from tests.support.hub import Hub
from workflow import access
from workflow.chronology_shown import RESTRICTED, Chronicle
from workflow.chronology_wanted import Asked
from workflow.errors import BadCommandError, NotFoundError

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def read(hub: Hub, reference: str, account: str, asked: Asked | None = None, **more: Any) -> Chronicle:
    return access.chronology(hub.engine, reference, hub.actor(account), hub.now, asked or Asked(), **more)


def looks(hub: Hub) -> list[tuple[int, str, str, bool]]:
    return [(row["referral_id"], row["account_id"], row["what"], row["shown"]) for row in hub.rows(ReadRow)]


@pytest.mark.parametrize("account", ["tara", "mona", "sam", "tess", "theo", "hugo", "aud", "desk_sw"])
def test_the_councils_own_have_the_whole_of_it_in_names(hub: Hub, account: str) -> None:
    reference = paths.to_assessment(hub)

    found = read(hub, reference, account)

    assert found.whence.whole
    assert found.title == "Chronology of Demo Child"
    assert [entry.by for entry in found.entries[:2]] == ["dsl", "tara"]
    assert found.names.person("dsl") == "dsl example"
    assert {entry.source for entry in found.entries} == {reference}
    assert found.entries[0].words == "came hungry again"
    assert found.upto == found.entries[-1].place
    assert RESTRICTED not in found.notes


def test_an_agency_has_what_it_said_was_asked_and_was_told_and_the_page_says_so(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    hub.act(reference, "record-told", "sam", who="dsl", words="rang, and said why")

    referrer, asked = read(hub, reference, "dsl"), read(hub, reference, "hv")

    assert [entry.kind.value for entry in referrer.entries] == ["contact", "decision", "told"]
    assert [entry.kind.value for entry in asked.entries] == ["check", "check"]
    for found in (referrer, asked):
        assert not found.whence.whole
        assert RESTRICTED in found.notes
    assert not any("hungry" in entry.words for entry in asked.entries)
    assert not any("January" in entry.words for entry in referrer.entries)
    # What brought the referral is known to others as well; that it is, is not for the referrer to read.
    assert {agency for entry in referrer.entries for agency in entry.known_to} == {"hillside", "hub", "csc"}
    assert "police" not in referrer.names.agencies
    assert read(hub, reference, "dsl", Asked(agencies=("hillside",))).entries


@ONE_KIND
@pytest.mark.parametrize("account", ["kit", "wife", "ella"])
def test_for_whoever_is_not_in_it_there_is_none_in_the_words_for_what_never_was(hub: Hub, account: str) -> None:
    reference = paths.to_assessment(hub)
    says = []
    for asked in (reference, "M999999"):
        with pytest.raises(NotFoundError) as error:
            read(hub, asked, account, family=True)
        says.append(str(error.value).replace(asked, "REF"))

    assert says[0] == says[1]
    assert looks(hub)[-1:] == [(1, account, "family chronology", False)]


@ONE_KIND
def test_another_agency_cannot_be_asked_for_by_whoever_does_not_know_of_it(hub: Hub) -> None:
    reference = paths.to_assessment(hub)

    with pytest.raises(BadCommandError) as unknown:
        read(hub, reference, "dsl", Asked(agencies=("police",)))
    with pytest.raises(BadCommandError) as never:
        read(hub, reference, "dsl", Asked(agencies=("circus",)))

    assert str(unknown.value).replace("police", "circus") == str(never.value)


@ONE_KIND
def test_another_authoritys_people_have_none(hub: Hub) -> None:
    reference = hub.refer()
    hub.hire("far", "mash_manager", agency="hub", authority="elsewhere")

    with pytest.raises(NotFoundError):
        read(hub, reference, "far")


def test_it_reaches_across_referrals_whichever_of_them_is_named(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    second = hub.wait(days=40).refer(by="wife", concerns=["injury"], words="a bruise on the cheek")

    for named in (first, second):
        found = read(hub, named, "sam")
        assert {entry.source for entry in found.entries} == {first, second}
        assert found.entries[-1].words == "a bruise on the cheek"
    with pytest.raises(NotFoundError):
        read(hub, first, "wife")
    assert [entry.source for entry in read(hub, second, "wife").entries] == [second]


def test_a_familys_has_brothers_and_sisters_and_the_look_at_each_is_logged(hub: Hub) -> None:
    first = hub.refer()
    sister = hub.refer(child="Demo Sister", born=date(2023, 1, 5), sibling=first, words="thin")

    alone, both = read(hub, first, "sam"), read(hub, first, "sam", family=True)

    assert [entry.words for entry in alone.entries] == ["came hungry again"]
    assert [entry.words for entry in both.entries] == ["came hungry again", "thin"]
    assert [child.name for child in both.children] == ["Demo Child", "Demo Sister"]
    assert {entry.source for entry in both.entries} == {first, sister}
    assert looks(hub) == [
        (1, "sam", "chronology", True),
        (1, "sam", "family chronology", True),
        (2, "sam", "family chronology", True),
    ]
    only = read(hub, first, "sam", Asked(children=("sister",)), family=True)
    assert [entry.words for entry in only.entries] == ["thin"]


@ONE_KIND
def test_a_sibling_of_whom_an_agency_knows_nothing_is_not_in_its_familys(hub: Hub) -> None:
    first = hub.refer(by="dsl")
    hub.refer(by="tara", child="Demo Sister", born=date(2023, 1, 5), sibling=first, words="thin")

    found = read(hub, first, "dsl", family=True)

    assert [child.name for child in found.children] == ["Demo Child"]
    assert [look[0] for look in looks(hub)] == [1]
    with pytest.raises(BadCommandError):
        read(hub, first, "dsl", Asked(children=("sister",)), family=True)


def test_the_look_is_logged_before_a_name_is_read_for_showing(hub: Hub) -> None:
    reference = hub.refer()
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    read(hub, reference, "sam")

    logged = next(at for at, sql in enumerate(said) if sql.startswith("INSERT INTO read_log"))
    named = next(at for at, sql in enumerate(said) if "person.name" in sql and "person.factors" not in sql)
    assert logged < named


def test_where_a_look_cannot_be_logged_nothing_is_shown(hub: Hub) -> None:
    reference = hub.refer()
    with hub.engine.database.unit_of_work() as connection:
        connection.exec_driver_sql("ALTER TABLE read_log RENAME TO lost")

    with pytest.raises(Exception, match="read_log"):
        read(hub, reference, "sam")


@ONE_KIND
def test_its_cost_does_not_grow_with_the_record(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for _ in range(2):
        said.clear()
        read(hub, reference, "sam", family=True)
        counts.append(len(said))
        for _ in range(5):
            hub.wait(days=1).act(reference, "record-visit", "sam", access="granted", announced=False, child_seen=True)

    assert counts[0] == counts[1]


def test_what_people_wrote_cannot_steer_the_page(hub: Hub) -> None:
    reference = hub.refer(words="came\x1b[2J \u202egnitae\u202c\nhungry")

    assert read(hub, reference, "sam").entries[0].words == "came [2J gnitae hungry"


@ONE_KIND
def test_days_may_be_asked_for(hub: Hub) -> None:
    reference = paths.to_assessment(hub)
    tomorrow = (hub.now + timedelta(days=1)).date()

    assert not read(hub, reference, "sam", Asked(since=tomorrow)).entries
    assert read(hub, reference, "sam", Asked(until=tomorrow)).entries
