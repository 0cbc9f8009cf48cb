"""People who come to light while a case runs: added by a verb, seen by the rules at once, gone when they move out."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.facts import Case
from models.tables.people import LinkRow, PersonRow
from models.tables.referral import RecordRow
from models.tables.work import TaskRow
from models.vocabulary import Kind
from tests.support import paths
from tests.support.hub import Hub
from workflow import access, audit, carers, newborn, rulebook, store
from workflow.errors import BadCommandError, NotPermittedError, RefusedError

MOTHER = {"carers": "Demo Jenny:mother"}
ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def case_of(hub: Hub, reference: str) -> Case:
    with hub.engine.database.reading() as connection:
        return hub.engine.load(connection, store.number(reference), hub.now).case


def called(hub: Hub, name: str) -> str:
    """Return the id of somebody by name."""
    return next(str(row["id"]) for row in hub.rows(PersonRow) if row["name"] == name)


def signals(hub: Hub, reference: str) -> set[str]:
    """Return the rules of the patterns that a referral shows now."""
    with hub.engine.database.reading() as connection:
        loaded = hub.engine.load(connection, store.number(reference), hub.now)
    return {signal.id for signal in rulebook.SIGNALS for _ in signal.judge(loaded.case, loaded.terms, hub.now)}


def test_a_mothers_new_partner_is_of_the_family_its_home_and_its_carers_from_then_on(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)

    hub.act(
        reference, "add-person", "tara", name="Demo Joe", relation="partner", born=date(1990, 4, 1),
        since=date(2026, 3, 1), factors="violence", words="the health visitor met him",
    )  # fmt: skip

    case, joe, jenny = case_of(hub, reference), called(hub, "Demo Joe"), called(hub, "Demo Jenny")
    assert case.family.people[joe].factors == {"violence"}
    assert not case.family.people[joe].child
    assert {joe, jenny} <= carers.residents(case)
    assert carers.partners(case) == (joe,)
    event = case.last(Kind.HOUSEHOLD)
    assert event is not None
    assert (event.get("what"), event.get("with"), event.get("since")) == ("new_partner", jenny, "2026-03-01")
    with hub.engine.database.reading() as connection:
        assert audit.verify(connection)[1] == []


def test_somebody_new_whom_nobody_looks_at_is_a_pattern_after_a_day_and_a_check_ends_it(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "add-person", "tara", name="Demo Joe", relation="partner")
    assert "weapon-or-new-adult-in-household" not in signals(hub, reference)

    hub.wait(days=2)
    assert "weapon-or-new-adult-in-household" in signals(hub, reference)

    hub.act(reference, "ask", "tara", of="pc", person=called(hub, "Demo Joe"))
    assert "weapon-or-new-adult-in-household" not in signals(hub, reference)


def test_what_befalls_somebody_who_was_added_reaches_a_brothers_case(hub: Hub) -> None:
    first = hub.refer(**MOTHER)
    second = hub.refer(child="Demo Sister", born=date(2023, 2, 1), sibling=first, **MOTHER)
    hub.act(second, "add-person", "tara", name="Demo Joe", relation="partner")
    joe = called(hub, "Demo Joe")
    hub.act(first, "add-person", "tara", name="Demo Lodger", relation="lodger")

    hub.act(first, "record-incident", "tara", what="assault", involving=joe)
    hub.look(second)

    assert "adult-event-links-to-child" in {row["rule"] for row in hub.rows(TaskRow, referral_id=store.number(second))}


def test_a_closure_that_was_put_forward_waits_where_somebody_has_moved_in(hub: Hub) -> None:
    reference = paths.ready_to_sign(hub)
    hub.act(reference, "add-person", "sam", name="Demo Lodger", relation="lodger")

    with pytest.raises(RefusedError) as error:
        hub.act(reference, "sign-off", "tess")

    assert "new-risk-blocks-closure" in {refusal.rule for refusal in error.value.refusals}


def test_whoever_has_moved_out_is_no_longer_of_the_home_and_is_again_once_they_return(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)
    hub.act(reference, "add-person", "tara", name="Demo Joe", relation="partner")
    joe = called(hub, "Demo Joe")

    hub.act(reference, "record-household", "tara", what="left", person=joe, since=date(2026, 3, 9))
    assert joe not in {*carers.residents(case_of(hub, reference)), *carers.carers(case_of(hub, reference))}

    hub.act(reference, "record-household", "tara", what="returned_home", person=joe)
    assert joe in carers.residents(case_of(hub, reference))


WHO: list[tuple[str, dict[str, Any], bool, bool]] = [
    ("a sister", {"relation": "sibling", "born": date(2019, 5, 5)}, True, True),
    ("a sister of whom no day is known", {"relation": "sibling"}, True, True),
    ("a sister not born yet", {"relation": "sibling", "due": date(2026, 8, 1)}, True, True),
    ("a grown-up brother", {"relation": "sibling", "born": date(2000, 5, 5)}, False, True),
    ("a lodger's child", {"relation": "other", "born": date(2015, 5, 5)}, True, True),
    ("a mother who is sixteen", {"relation": "mother", "born": date(2010, 1, 5)}, False, True),
    ("a father who lives elsewhere", {"relation": "father", "lives_here": False}, False, False),
    ("a partner who is said to live elsewhere", {"relation": "partner", "lives_here": False}, False, True),
]


@ONE_KIND
@pytest.mark.parametrize(("given", "child", "home"), [row[1:] for row in WHO], ids=[row[0] for row in WHO])
def test_who_they_are_says_whether_they_are_a_child_and_of_the_home(
    hub: Hub, given: dict[str, Any], child: bool, home: bool
) -> None:
    reference = hub.refer(**MOTHER)
    hub.act(reference, "add-person", "tara", name="Demo Newcomer", **given)

    case, who = case_of(hub, reference), called(hub, "Demo Newcomer")
    assert case.family.people[who].child is child
    assert (who in carers.residents(case)) is home
    assert called(hub, "Demo Jenny") in carers.residents(case)


def test_a_sister_who_was_added_has_one_entry_once_she_is_referred_herself(hub: Hub) -> None:
    first = hub.refer(**MOTHER)
    hub.act(first, "add-person", "tara", name="Demo Sister", relation="sibling")
    sister = called(hub, "Demo Sister")

    second = hub.refer(child="demo sister", born=date(2019, 5, 5), sibling=first)

    assert hub.row(second)["child_id"] == sister
    assert case_of(hub, second).child.born == date(2019, 5, 5)
    assert len([row for row in hub.rows(PersonRow) if row["child"]]) == 2


IMPOSSIBLE: list[tuple[str, str, dict[str, Any], str]] = [
    ("a name that is there", "add-person", {"name": "demo JENNY", "relation": "relative"}, "in this family already"),
    ("the child itself", "add-person", {"name": "Child, Demo", "relation": "sibling"}, "in this family already"),
    ("tomorrow", "add-person", {"name": "Demo Joe", "relation": "partner", "since": "2026-03-11"}, "still to come"),
    ("not born", "add-person", {"name": "Demo Joe", "relation": "sibling", "born": "2026-03-11"}, "still to come"),
    ("of nobody", "add-person", {"name": "Demo Joe", "relation": "partner", "partner_of": "pc"}, "no parent"),
    ("no relation", "add-person", {"name": "Demo Joe", "relation": "neighbour"}, "relation"),
    ("nobody has left", "record-household", {"what": "left"}, "Who has left"),
    ("left tomorrow", "record-household", {"what": "left", "person": "pc", "since": "2026-03-11"}, "still to come"),
    ("weeks of a move", "record-household", {"what": "moved_address", "gestation": "29+6"}, "told of a birth"),
    ("no weeks", "record-household", {"what": "birth", "gestation": "thirty"}, "gestation"),
    ("eight days a week", "record-household", {"what": "birth", "gestation": "29+8"}, "gestation"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "given", "says"), [row[1:] for row in IMPOSSIBLE], ids=[row[0] for row in IMPOSSIBLE])
def test_what_cannot_be_is_refused_in_a_sentence_and_nobody_is_added(
    hub: Hub, verb: str, given: dict[str, Any], says: str
) -> None:
    reference = hub.refer(**MOTHER)
    before = (hub.rows(PersonRow), hub.rows(LinkRow), hub.rows(RecordRow), hub.row(reference))

    with pytest.raises(BadCommandError, match=says) as error:
        hub.act(reference, verb, "tara", **given)

    assert error.value.advice
    assert "Jenny" not in str(error.value.says)
    assert (hub.rows(PersonRow), hub.rows(LinkRow), hub.rows(RecordRow), hub.row(reference)) == before


@ONE_KIND
def test_where_there_are_two_parents_it_is_said_whose_partner_somebody_is(hub: Hub) -> None:
    reference = hub.refer(carers="Demo Jenny:mother,Demo Jack:father")
    with pytest.raises(BadCommandError, match="Whose partner"):
        hub.act(reference, "add-person", "tara", name="Demo Joe", relation="partner")

    jack = called(hub, "Demo Jack")
    hub.act(reference, "add-person", "tara", name="Demo Joe", relation="partner", partner_of=jack)

    assert [row["other"] for row in hub.rows(LinkRow, relation="partner")] == [jack]


@ONE_KIND
def test_a_partner_agency_adds_nobody_but_says_what_it_has_seen(hub: Hub) -> None:
    reference = hub.refer(**MOTHER)

    with pytest.raises(NotPermittedError):
        hub.act(reference, "add-person", "dsl", name="Demo Joe", relation="partner")
    hub.act(reference, "add-concern", "dsl", concerns="unknown_adult", words="a man collects the child")


def test_a_birth_says_how_early_it_was_and_the_rules_on_early_babies_work_at_once(hub: Hub) -> None:
    reference = hub.refer(born=None, due=date(2026, 5, 20), **MOTHER)

    hub.act(reference, "record-household", "tara", what="birth", since=date(2026, 3, 8), gestation="29+6")

    case = case_of(hub, reference)
    with hub.engine.database.reading() as connection:
        terms = hub.engine.load(connection, store.number(reference), hub.now).terms
    assert (case.child.born, case.child.gestation_at_birth) == (date(2026, 3, 8), "29+6")
    assert newborn.preterm(case, terms)
    assert newborn.arrival(case, terms) is case.last(Kind.HOUSEHOLD)
    assert access.view(hub.engine, reference, hub.actor("tara"), hub.now).born == date(2026, 3, 8)


BABIES = [("29+6", True), ("36+6", True), ("37+0", False), ("40", False), (None, False)]


@ONE_KIND
@pytest.mark.parametrize(("weeks", "early"), BABIES)
def test_a_baby_referred_after_its_birth_is_as_old_as_its_weeks_say(hub: Hub, weeks: str | None, early: bool) -> None:
    reference = hub.refer(born=date(2026, 3, 1), gestation=weeks, **MOTHER)

    with hub.engine.database.reading() as connection:
        loaded = hub.engine.load(connection, store.number(reference), hub.now)
    assert newborn.preterm(loaded.case, loaded.terms) is early


def test_weeks_that_a_midwife_knows_later_are_kept_and_those_on_record_stand(hub: Hub) -> None:
    baby = {"born": date(2026, 3, 1), **MOTHER}
    reference = hub.refer(**baby)

    assert hub.refer(by="wife", gestation="30+1", **baby) == reference
    assert hub.refer(by="dsl", gestation="38+0", **baby) == reference

    assert case_of(hub, reference).child.gestation_at_birth == "30+1"


def test_a_child_still_to_be_born_has_no_weeks_at_birth(hub: Hub) -> None:
    with pytest.raises(BadCommandError, match="a child that was born"):
        hub.refer(born=None, due=date(2026, 6, 1), gestation="30+0")


def test_a_first_year_is_counted_from_the_day_on_which_the_baby_was_due(hub: Hub) -> None:
    reference = hub.refer(born=hub.now.date() - timedelta(days=380), gestation="30+0", **MOTHER)
    late = hub.refer(child="Demo Twin", born=hub.now.date() - timedelta(days=380), gestation="40+0", **MOTHER)

    found = []
    for one in (reference, late):
        with hub.engine.database.reading() as connection:
            loaded = hub.engine.load(connection, store.number(one), hub.now)
        found.append(newborn.infant(loaded.case, hub.now, loaded.terms))
    assert found == [True, False]
