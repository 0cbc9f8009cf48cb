"""The one door for reads: what one may not know of does not exist, and every look is logged before anything is shown."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from models.tables.reads import ReadRow
from models.tables.referral import ReferralRow
from tests.support import paths
from tests.support.hub import ACCOUNTS, Hub
from workflow import access, options
from workflow.errors import MashError, NotFoundError, NotPermittedError
from workflow.seen import Seen
from workflow.verbs import VERBS

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COUNCIL = ("tara", "mona", "sam", "tess", "theo", "hugo", "aud", "desk_sw")
OUTSIDE = ("ella", "wife", "kit", "hv", "pc")


def view(hub: Hub, reference: str, account: str) -> Seen:
    return access.view(hub.engine, reference, hub.actor(account), hub.now)


def looks(hub: Hub) -> list[tuple[int, str, bool]]:
    return [(row["referral_id"], row["account_id"], row["shown"]) for row in hub.rows(ReadRow)]


@pytest.mark.parametrize("account", OUTSIDE)
def test_what_an_agency_is_not_in_does_not_exist_in_the_same_words_as_what_never_was(hub: Hub, account: str) -> None:
    reference = hub.refer()
    says = []
    for asked in (reference, "M999999"):
        with pytest.raises(NotFoundError) as error:
            view(hub, asked, account)
        says.append((error.value.says.replace(asked, "REF"), error.value.advice))

    assert says[0] == says[1]


@ONE_KIND
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_no_verb_tells_an_outsider_that_a_referral_exists(hub: Hub, verb: str) -> None:
    reference = hub.refer()
    says = []
    for asked in (reference, "M999999"):
        for doing in (
            lambda asked=asked: hub.act(asked, verb, "kit"),
            lambda asked=asked: options.why(hub.engine, asked, verb, hub.actor("kit"), hub.now),
        ):
            with pytest.raises(MashError) as error:
                doing()
            says.append((type(error.value), str(error.value).replace(asked, "REF")))

    assert says[:2] == says[2:]


@pytest.mark.parametrize("account", COUNCIL)
def test_the_councils_own_see_the_whole_of_it(hub: Hub, account: str) -> None:
    reference = paths.to_assessment(hub)

    seen = view(hub, reference, account)

    assert seen.whole
    assert (seen.child, seen.grade, seen.state) == ("Demo Child", "amber", "assessment")
    assert {told.by for told in seen.record} >= {"dsl", "tara", "pc", "hv"}
    assert seen.decisions
    assert seen.clocks


def test_an_agency_sees_the_outcome_the_worker_and_what_it_said_itself(hub: Hub) -> None:
    reference = paths.to_assessment(hub)

    seen = view(hub, reference, "hv")

    assert not seen.whole
    assert seen.worker.account == "sam"
    assert [made.reason for made in seen.outcomes] == ["needs a fuller look"]
    assert {told.by for told in seen.record} == {"hv", "tara"}
    assert {told.kind for told in seen.record if told.by == "tara"} == {"check"}
    assert (seen.grade, seen.floor, seen.decisions, seen.clocks) == (None, None, (), ())
    assert not any("hungry" in told.says for told in seen.record)


WAYS_IN = [
    ("who brought it", "dsl", lambda hub, reference: None),
    ("who was asked", "pc", lambda hub, reference: hub.act(reference, "ask", "tara", of="pc")),
    ("who works with the child", "kit", lambda hub, reference: hub.act(reference, "involve", "tara", who="kit")),
]


@ONE_KIND
@pytest.mark.parametrize(("account", "way"), [row[1:] for row in WAYS_IN], ids=[row[0] for row in WAYS_IN])
def test_whoever_is_in_it_finds_it_on_their_list_and_may_open_it(hub: Hub, account: str, way: object) -> None:
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    assert callable(way)
    way(hub, reference)

    with hub.engine.database.reading() as connection:
        listed = access.worklist(connection, hub.actor(account))
    assert [row.reference for row in listed] == [reference]
    assert view(hub, reference, account).reference == reference


@ONE_KIND
@pytest.mark.parametrize("account", ["kit", "wife", "ella"])
def test_whoever_is_not_in_it_finds_nothing_on_their_list(hub: Hub, account: str) -> None:
    paths.to_assessment(hub)

    with hub.engine.database.reading() as connection:
        assert access.worklist(connection, hub.actor(account)) == []


@ONE_KIND
def test_an_invitation_opens_a_referral_to_whoever_is_invited(hub: Hub) -> None:
    reference = paths.to_strategy(hub)
    with pytest.raises(NotFoundError):
        view(hub, reference, "kit")

    hub.act(reference, "invite", "tara", who="kit")

    assert [told.kind for told in view(hub, reference, "kit").record] == ["invited"]


@ONE_KIND
def test_early_help_sees_what_it_is_asked_to_take_on_from_then_on(hub: Hub) -> None:
    reference = paths.to_decision(hub)
    with pytest.raises(NotFoundError):
        view(hub, reference, "ella")

    given = {"outcome": "early_help", "reason": "help at home", "answers": "neglect:not_found", "lead": "ella"}
    hub.act(reference, "decide", "mona", **given, discussed_with="ella")

    assert "early_help" in {told.kind for told in view(hub, reference, "ella").record}


def test_every_look_is_logged_also_the_one_that_is_refused(hub: Hub) -> None:
    reference = hub.refer()
    view(hub, reference, "dsl")
    with pytest.raises(NotFoundError):
        view(hub, reference, "kit")
    with pytest.raises(NotFoundError):
        view(hub, "M999999", "kit")
    view(hub, reference, "aud")

    assert looks(hub) == [(1, "dsl", True), (1, "kit", False), (1, "aud", True)]
    assert {row["at"] for row in hub.rows(ReadRow)} == {hub.now}


def test_the_look_is_logged_before_anything_is_read_for_showing(hub: Hub) -> None:
    reference = hub.refer()
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    view(hub, reference, "sam")

    logged = next(at for at, sql in enumerate(said) if sql.startswith("INSERT INTO read_log"))
    named = next(at for at, sql in enumerate(said) if "decision" in sql)
    assert logged < named


def test_where_a_look_cannot_be_logged_nothing_is_shown(hub: Hub) -> None:
    reference = hub.refer()
    with hub.engine.database.unit_of_work() as connection:
        connection.exec_driver_sql("ALTER TABLE read_log RENAME TO lost")

    with pytest.raises(Exception, match="read_log"):
        view(hub, reference, "sam")


@ONE_KIND
def test_another_authoritys_people_see_neither_list_nor_record(hub: Hub) -> None:
    reference = hub.refer()
    hub.hire("far", "mash_manager", agency="hub", authority="elsewhere")

    with hub.engine.database.reading() as connection:
        assert access.worklist(connection, hub.actor("far")) == []
        assert "far" not in {person.account for person in access.people(connection, "coventry")}
    with pytest.raises(NotFoundError):
        view(hub, reference, "far")
    assert looks(hub) == [(1, "far", False)]


@ONE_KIND
def test_a_closed_referral_shows_nothing_of_what_came_after_it(hub: Hub) -> None:
    first = paths.ready_to_sign(hub)
    hub.act(first, "sign-off", "tess")
    second = hub.wait(days=40).refer(by="wife", concerns=["injury"], words="a bruise on the cheek")

    assert not [told for told in view(hub, first, "sam").record if told.by == "wife"]
    assert [told for told in view(hub, second, "sam").record if told.by == "wife"]
    with pytest.raises(NotFoundError):
        view(hub, first, "wife")


@ONE_KIND
def test_the_worklist_shows_what_is_due_first_and_nothing_that_is_closed(hub: Hub) -> None:
    closed = paths.ready_to_sign(hub)
    hub.act(closed, "sign-off", "tess")
    later = hub.refer(child="Robin Ash")
    hub.now -= timedelta(hours=2)
    sooner = hub.refer(child="Sparrow Birch")

    with hub.engine.database.reading() as connection:
        found = access.worklist(connection, hub.actor("mona"))
        mine = access.worklist(connection, hub.actor("mona"), mine=True)
    assert [row.reference for row in found] == [sooner, later]
    assert mine == []
    assert len(hub.rows(ReferralRow)) == 3


@ONE_KIND
def test_the_people_who_have_left_are_not_listed(hub: Hub) -> None:
    hub.leaves("kit")

    with hub.engine.database.reading() as connection:
        assert {person.account for person in access.people(connection, "coventry")} == set(ACCOUNTS) - {"kit"}


@ONE_KIND
def test_who_may_see_but_not_do_is_told_so(hub: Hub) -> None:
    reference = hub.refer()

    with pytest.raises(NotPermittedError, match="As partner you may not decide"):
        hub.act(reference, "decide", "dsl", outcome="assessment", reason="please")
    assert {option.verb for option in view(hub, reference, "dsl").options} <= set(VERBS)
    assert "decide" not in {option.verb for option in view(hub, reference, "dsl").options}
