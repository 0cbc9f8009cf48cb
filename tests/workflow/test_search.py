"""Finding a referral by reference, name, birthday, address or NHS number: what fits, whose it is to find, and on record."""

from datetime import date

import pytest
from sqlalchemy import event, select

from models.tables.doors import SearchWordRow
from models.tables.people import PersonRow
from models.tables.reads import ReadRow
from tests.support.hub import Hub
from workflow.asked_for import AskedFor, SearchFor, taken_apart
from workflow.errors import BadCommandError
from workflow.search import MOST, Found, search
from workflow.search_words import address_words, name_words, sound

NUMBER = "999 001 7018"
MOST_STATEMENTS = 10


def found(hub: Hub, text: str, account: str = "tara", born: date | None = None) -> tuple[Found, ...]:
    return search(hub.engine.database, hub.actor(account), SearchFor(text, born), hub.now)


def references(hub: Hub, text: str, account: str = "tara", born: date | None = None) -> list[str]:
    return [one.reference for one in found(hub, text, account, born)]


@pytest.fixture
def town(hub: Hub) -> Hub:
    """Six children of four families, one of whom the school referred and one of whom is not born yet."""
    hub.refer(
        "dsl", "Katherine O'Neil", born=date(2019, 4, 1), address="12 Elm Road, Coventry CV1 2AB", nhs_number=NUMBER
    )
    hub.refer("wife", "Unborn Smith", born=None, due=date(2026, 8, 1), carers="Joanne Smith:mother")
    hub.refer("kit", "Mohammed Khan", born=date(2021, 5, 1), address="3 Oak Street, Coventry CV1 3CD")
    hub.refer("kit", "Zoë Brown", born=date(2021, 5, 1), address="12 Oak Street, Coventry CV1 3CE")
    hub.refer("dsl", "Filip Nowak", born=date(2020, 1, 2))
    hub.refer("dsl", "Anna Elm", born=date(2020, 2, 2))
    return hub


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("M000003", ["M000003"], "by the reference"),
        ("m3", ["M000003"], "by the reference"),
        ("Katherine O'Neil", ["M000001"], "by the name"),
        ("oneil katherine", ["M000001"], "by the name"),
        ("Catherine ONeal", ["M000001"], "by the name, which is spelt otherwise"),
        ("Phillip Novak", ["M000005"], "by the name, which is spelt otherwise"),
        ("Mohamed Kahn", ["M000003"], "by the name, which is spelt otherwise"),
        ("zoe", ["M000004"], "by the name"),
        ("Joanne Smith", ["M000002"], "by the name of somebody in the family"),
        ("Joan Smyth", ["M000002"], "by the name of somebody in the family, which is spelt otherwise"),
        ("1 April 2019", ["M000001"], "by the date of birth"),
        ("01/04/2019", ["M000001"], "by the date of birth"),
        ("2026-08-01", ["M000002"], "by the date of birth"),
        ("Brown 1.5.2021", ["M000004"], "by the name"),
        ("12 Elm Road", ["M000001"], "by the address"),
        ("cv13cd", ["M000003"], "by the address"),
        ("CV1 3CE", ["M000004"], "by the address"),
        ("12 Oak Street", ["M000004"], "by the address"),
        ("9990017018", ["M000001"], "by the NHS number"),
        ("999-001-7018", ["M000001"], "by the NHS number"),
    ],
)
def test_what_somebody_happens_to_know_finds_the_child_and_says_how(
    town: Hub, typed: str, expected: list[str], why: str
) -> None:
    (best, *_) = found(town, typed)
    assert [best.reference] == expected
    assert best.why == why


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "Wilhelmina", "M999999", "1 April 1999", "31/02/2020", "9990017026", "%", "'; --", "\0", "road"],
)
def test_what_fits_nobody_finds_nobody(town: Hub, typed: str) -> None:
    assert found(town, typed) == ()
    assert town.rows(ReadRow, what="search") == []


def test_all_born_on_a_day_are_found_and_a_name_beside_it_tells_them_apart(town: Hub) -> None:
    assert sorted(references(town, "", born=date(2021, 5, 1))) == ["M000003", "M000004"]
    assert references(town, "Zoe Brown", born=date(2021, 5, 1)) == ["M000004"]
    assert sorted(references(town, "Wilhelmina", born=date(2021, 5, 1))) == ["M000003", "M000004"]


def test_a_result_says_who_where_and_whose(town: Hub) -> None:
    (one,) = found(town, "M000002")
    assert (one.name, one.born, one.due) == ("Unborn Smith", None, date(2026, 8, 1))
    assert one.owner_name == "tara example"
    assert one.state_label


def test_every_result_is_on_record_as_looked_at_and_nothing_else_is(town: Hub) -> None:
    shown = references(town, "Oak Street")

    looks = town.rows(ReadRow, what="search")
    assert sorted(shown) == ["M000003", "M000004"]
    assert sorted(look["referral_id"] for look in looks) == [3, 4]
    assert {(look["account_id"], look["at"], look["shown"]) for look in looks} == {("tara", town.now, True)}


@pytest.mark.parametrize(
    ("account", "typed", "expected"),
    [
        ("dsl", "Katherine O'Neil", ["M000001"]),
        ("dsl", "Mohammed Khan", []),
        ("dsl", "M000003", []),
        ("kit", NUMBER, []),
        ("kit", "12 Elm Road", []),
        ("ella", "Katherine O'Neil", []),
        ("aud", "Katherine O'Neil", ["M000001"]),
    ],
)
def test_an_agency_finds_its_own_only_whatever_it_knows(
    town: Hub, account: str, typed: str, expected: list[str]
) -> None:
    assert references(town, typed, account) == expected


def test_another_authority_finds_nothing_by_anything(town: Hub) -> None:
    town.hire("far", "mash_manager", agency="hub", authority="elsewhere")
    for typed in ("M000001", "Katherine O'Neil", "1 April 2019", NUMBER, "12 Elm Road", "CV1 2AB"):
        assert found(town, typed, "far") == ()


def test_no_more_than_a_page_is_found_however_many_fit_at_the_same_few_reads(hub: Hub) -> None:
    said: list[str] = []
    event.listen(hub.engine.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    counts = []
    for first, last in ((0, 2), (2, MOST + 5)):
        for number in range(first, last):
            hub.refer(
                "kit", f"Sam{'abcdefghijklmnopqrstuvwxyz'[number % 26]} Same{number}", born=date(2020, 1, 1 + number)
            )
        actor = hub.actor("tara")
        said.clear()
        shown = search(hub.engine.database, actor, SearchFor("12 Same", None), hub.now)
        search(hub.engine.database, actor, SearchFor("Sama", None), hub.now)
        counts.append(sum(one.split()[0] in {"SELECT", "INSERT"} for one in said))
        assert len(shown) <= MOST
    assert max(counts) <= MOST_STATEMENTS


def test_after_a_move_the_child_is_found_at_the_new_address_only(town: Hub) -> None:
    town.act("M000001", "record-household", "tara", what="moved_address", address="7 Birch Way, CV6 9ZZ")

    (person,) = [row for row in town.rows(PersonRow) if row["name"].startswith("Kath")]
    assert person["address"] == "7 Birch Way, CV6 9ZZ"
    assert references(town, "7 Birch Way") == ["M000001"]
    assert references(town, "cv12ab") == []
    assert references(town, "Katherine O'Neil") == ["M000001"]


def test_a_move_of_an_adult_of_the_family_leaves_the_child_where_it_is(town: Hub) -> None:
    (mother,) = [row["id"] for row in town.rows(PersonRow) if row["name"] == "Joanne Smith"]
    town.act("M000002", "record-household", "tara", what="moved_address", person=mother, address="1 Far End")
    assert {row["address"] for row in town.rows(PersonRow) if row["name"] == "Unborn Smith"} == {None}


def test_what_a_second_contact_tells_is_added_and_what_is_on_record_stands(town: Hub) -> None:
    town.refer("kit", "Katherine O'Neil", born=date(2019, 4, 1), address="99 Wrong Road")
    town.refer("kit", "Filip Nowak", born=date(2020, 1, 2), address="5 Ash Grove", nhs_number="9990017026")

    known = {row["name"]: (row["address"], row["nhs_number"]) for row in town.rows(PersonRow)}
    assert known["Katherine O'Neil"] == ("12 Elm Road, Coventry CV1 2AB", "9990017018")
    assert known["Filip Nowak"] == ("5 Ash Grove", "9990017026")
    assert references(town, "5 Ash Grove") == ["M000005"]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("999 001 7013", "its last digit does not fit the others"),
        ("999001701", "it has ten digits"),
        ("99900170180", "it has ten digits"),
        ("999001701X", "it has ten digits"),
    ],
)
def test_a_mistyped_nhs_number_is_refused_in_one_sentence(hub: Hub, number: str, says: str) -> None:
    with pytest.raises(BadCommandError, match=says) as refused:
        hub.refer(nhs_number=number)
    assert number not in str(refused.value)
    assert hub.rows(PersonRow) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("katherine", "catherine", True),
        ("philip", "filip", True),
        ("smith", "smyth", True),
        ("khan", "kahn", True),
        ("nowak", "novak", False),
        ("knight", "nite", False),
        ("wright", "rigt", True),
        ("brown", "green", False),
        ("lee", "lea", True),
    ],
)
def test_names_that_sound_alike_are_kept_under_one_sound(one: str, other: str, alike: bool) -> None:
    assert (sound(one) == sound(other)) == alike


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (name_words("Unborn O'Neil-Smith, Zoë"), {"oneil", "smith", "zoe"}),
        (address_words("12 Elm Road, CV1 2AB"), {"12elm", "elm", "cv12ab"}),
        (address_words("Flat 2, The Oaks"), {"2oaks", "oaks"}),
        (address_words("12"), set()),
    ],
)
def test_the_words_that_are_kept_tell_people_apart(words: set[str], expected: set[str]) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ann 4/3/2020", AskedFor(None, None, date(2020, 3, 4), "Ann")),
        ("4 Mar 2020", AskedFor(None, None, date(2020, 3, 4), "")),
        ("30.02.2020", AskedFor(None, None, None, "30.02.2020")),
        ("M000012", AskedFor(12, None, None, "")),
        ("999 001 7018", AskedFor(None, "9990017018", None, "")),
        ("12 Elm Road", AskedFor(None, None, None, "12 Elm Road")),
    ],
)
def test_one_box_is_taken_apart(typed: str, expected: AskedFor) -> None:
    assert taken_apart(SearchFor(typed)) == expected


def test_everybody_of_a_family_is_kept_under_their_words(town: Hub) -> None:
    with town.engine.database.reading() as connection:
        kept = set(connection.execute(select(SearchWordRow.word)).scalars())
    assert {"katherine", "oneil", "12elm", "joanne", "smith", "zoe"} <= kept
    assert not {"unborn", "road"} & kept
