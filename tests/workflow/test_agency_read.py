"""An agency's own list: what it is asked, what became of what it referred, whom a small agency shares it with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, update

from models.tables.people import AccountRow
from models.tables.referral import ReferralRow
from tests.support import paths
from tests.support.hub import ACCOUNTS, Hub, open_hub
from workflow import access, agency_read, store
from workflow.agency_read import AgencyLine, AgencyList, Asked
from workflow.engine import may_see
from workflow.errors import NotFoundError

MOST_READS = 12
ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def listed(hub: Hub, account: str, *, closed: bool = False, page: int = 1) -> AgencyList:
    policy = hub.engine.terms(hub.now).policy
    with hub.engine.database.reading() as connection:
        return agency_read.agency_list(connection, hub.actor(account), policy, hub.now, closed=closed, page=page)


def asked(hub: Hub, account: str) -> tuple[Asked, ...]:
    policy = hub.engine.terms(hub.now).policy
    with hub.engine.database.reading() as connection:
        return agency_read.asked_of_us(connection, hub.actor(account), policy)


def references(found: AgencyList) -> list[str]:
    return [line.reference for line in found.lines]


def only(found: AgencyList) -> AgencyLine:
    (line,) = found.lines
    return line


def test_the_line_of_a_new_contact_says_where_it_stands_who_holds_it_and_when_it_is_decided(hub: Hub) -> None:
    reference = hub.refer(child="Kezia Okafor")

    line = only(listed(hub, "dsl"))

    assert (line.reference, line.initials, line.became) == (reference, "K. O.", "Contact: not decided yet")
    assert line.where == "The hub has it. Nobody has begun to look at it yet."
    assert (line.worker.account, line.worker.reach) == ("tara", "tara@example.test")
    assert line.due == hub.engine.terms(hub.now).due(hub.now, "decision_and_ack")
    assert (line.outcome, line.grade, line.by) == (None, None, "")


def test_what_was_decided_stands_in_the_line_with_its_reasons(hub: Hub) -> None:
    paths.to_assessment(hub)

    line = only(listed(hub, "dsl"))

    assert line.became == "Referral: social care took it up"
    assert line.outcome is not None
    assert (line.outcome.verb, line.outcome.state, line.outcome.reason) == (
        "decide",
        "assessment",
        "needs a fuller look",
    )
    assert line.worker.account == "sam"


def test_what_has_ended_is_found_among_what_has_ended(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "sign-off", "tess")

    assert references(listed(hub, "dsl")) == []
    ended = listed(hub, "dsl", closed=True)
    assert references(ended) == [reference]
    assert ended.counts == (0, 1)
    assert only(ended).next == ""


@ONE_KIND
def test_who_came_to_a_later_referral_finds_nothing_of_the_one_that_had_ended(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    hub.look(first)
    second = hub.wait(days=40).refer(by="wife", concerns=["injury"], words="a bruise on the cheek")
    hub.look(second)

    assert references(listed(hub, "wife")) == [second]
    assert references(listed(hub, "wife", closed=True)) == []
    with pytest.raises(NotFoundError):
        access.view(hub.engine, first, hub.actor("wife"), hub.now)


@ONE_KIND
@pytest.mark.parametrize("account", [who for who, row in ACCOUNTS.items() if row[0] == "partner"])
def test_what_is_on_the_list_opens_and_nothing_else_does(hub: Hub, account: str) -> None:
    ended = paths.ready_to_sign(hub, child="Cy Wren")
    hub.act(ended, "sign-off", "tess")
    hub.look(ended)
    for child, by in (("Ada Finch", "dsl"), ("Bo Jay", "wife"), ("Di Crow", "kit")):
        hub.look(hub.refer(child=child, by=by))
    hub.hire("dsl2", "partner", "safeguarding_lead", "hillside")

    with hub.engine.database.reading() as connection:
        numbers = [row["id"] for row in hub.rows(ReferralRow)]
        opens = {
            store.reference(number)
            for number in numbers
            if may_see(hub.actor(account), hub.engine.load(connection, number, hub.now, (account,)))
        }
    assert {*references(listed(hub, account)), *references(listed(hub, account, closed=True))} == opens


def test_a_page_costs_the_same_few_reads_however_much_is_on_it(hub: Hub) -> None:
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for many in (1, 6):
        for number in range(many):
            hub.refer(child=f"Child {many} Number {number}")
        said.clear()
        listed(hub, "dsl")
        counts.append(len(said))

    assert counts[0] == counts[1] <= MOST_READS


def test_a_long_list_comes_in_pages_the_newest_first(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agency_read, "SIZE", 2)
    made = [hub.wait(minutes=1).refer(child=f"Child Number {number}") for number in range(3)]

    pages = [references(listed(hub, "dsl", page=page)) for page in (1, 2, 9)]

    assert pages == [[made[2], made[1]], [made[0]], [made[0]]]


def test_what_is_asked_is_there_with_its_hour_until_it_is_answered(hub: Hub) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "ask", "tara", of="pc")
    hub.look(reference)

    (wanted,) = asked(hub, "pc")
    assert (wanted.reference, wanted.rule, wanted.of) == (reference, "asked-agency-told", "")
    assert wanted.due is not None
    assert asked(hub, "hv") == ()
    hub.act(reference, "reply", "pc", words="nothing known")
    hub.look(reference)
    assert asked(hub, "pc") == ()


@ONE_KIND
@pytest.mark.parametrize(
    ("account", "work", "agency", "shared"),
    [
        ("dsl2", "safeguarding_lead", "hillside", True),
        ("class_teacher", "teacher", "hillside", False),
        ("other_lead", "safeguarding_lead", "other_school", False),
        ("lead_of_police", "safeguarding_lead", "police", False),
    ],
)
def test_a_schools_safeguarding_leads_share_and_nobody_else_does(
    hub: Hub, account: str, work: str, agency: str, shared: bool
) -> None:
    if agency == "other_school":
        with hub.engine.database.unit_of_work() as connection:
            connection.exec_driver_sql("INSERT INTO agency (id, name, kind) VALUES ('other_school', 'other', 'school')")
    hub.hire(account, "partner", work, agency)
    reference = hub.refer(by="dsl", words="told her teacher so")
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "ask", "tara", of="pc")

    assert references(listed(hub, account)) == ([reference] if shared else [])
    if not shared:
        with pytest.raises(NotFoundError):
            access.view(hub.engine, reference, hub.actor(account), hub.now)
        return
    assert only(listed(hub, account)).by == "dsl example"
    seen = access.view(hub.engine, reference, hub.actor(account), hub.now)
    assert {told.by for told in seen.record} == {"dsl"}


@ONE_KIND
def test_while_one_lead_is_away_the_other_reads_what_was_asked_of_them_and_can_speak(hub: Hub) -> None:
    hub.hire("dsl2", "partner", "safeguarding_lead", "hillside")
    reference = paths.to_assessment(hub)
    hub.act(reference, "ask", "sam", of="dsl")
    hub.look(reference)

    (wanted,) = asked(hub, "dsl2")
    assert (wanted.reference, wanted.of) == (reference, "dsl example")
    hub.act(reference, "challenge", "dsl2", reason="he is not safe at home")
    assert "dsl2" in {told.by for told in access.view(hub.engine, reference, hub.actor("dsl"), hub.now).record}


@ONE_KIND
def test_whoever_changes_their_work_shares_no_longer(hub: Hub) -> None:
    hub.hire("dsl2", "partner", "safeguarding_lead", "hillside")
    reference = hub.refer(by="dsl")
    assert references(listed(hub, "dsl2")) == [reference]

    with hub.engine.database.unit_of_work() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == "dsl2").values(kind="teacher"))

    assert references(listed(hub, "dsl2")) == []
    with pytest.raises(NotFoundError):
        access.view(hub.engine, reference, hub.actor("dsl2"), hub.now)


PACK = """policy: 1
authority: coventry
values:
  {key}:
    is: {given}
    from: 2015-03-26
    source: "what this test sets"
"""


@ONE_KIND
@pytest.mark.parametrize(
    ("key", "given", "sees"),
    [
        ("agency.sees_grade", "true", lambda line: line.grade == "amber"),
        ("agency.sees_grade", "false", lambda line: line.grade is None),
    ],
)
def test_the_colour_is_shown_where_the_policy_says_so(
    database_url: str, tmp_path: Path, key: str, given: str, sees: Callable[[AgencyLine], bool]
) -> None:
    (tmp_path / "coventry.yaml").write_text(PACK.format(key=key, given=given))
    hub = open_hub(database_url, packs=tmp_path)
    paths.to_assessment(hub)

    assert sees(only(listed(hub, "dsl")))
