"""What may be written to a family: never where it could put somebody in danger, never with an address to be kept out."""

import pytest

from models.events import Event
from models.facts import Family, Link, Person
from models.vocabulary import Concern, Factor, Kind, State
from tests.support.hub import START
from workflow.family_letter import Sort, family_letter, sorts
from workflow.seen import Folk

CHILD = Folk("kid", "Ada Finch", True, None, None, None, (), "1 High Street")
MOTHER = Folk("mum", "Bea Finch", False, None, None, None, ())


def letter(*events: Event, state: State = State.ASSESSMENT, folk: tuple[Folk, ...] = (CHILD, MOTHER)):  # type: ignore[no-untyped-def]
    people = {"kid": Person("kid", True), "mum": Person("mum", False)}
    case = Family(people, {}, (Link("mum", "mother", "kid"),), events, live=True).case("kid")
    return family_letter(case, state, Sort.ASSESSMENT, folk)


def contact(*concerns: str) -> Event:
    return Event(START, Kind.CONTACT, ("kid",), "dsl", {"concerns": list(concerns)})


def answered(**answers: str) -> Event:
    return Event(START, Kind.DECISION, ("kid",), "mona", {"outcome": "assessment", "answers": answers})


def test_an_ordinary_letter_names_the_carers_and_their_address() -> None:
    written = letter(contact("neglect"))
    assert (written.held_back, written.to, written.address) == ((), ("Bea Finch",), "1 High Street")


@pytest.mark.parametrize(
    "concern",
    ["domestic_abuse", "sexual_abuse", "physical_abuse", "unexplained_injury", "exploitation", "child_disclosure"],
)
def test_a_worry_that_a_letter_would_make_worse_holds_it_back_until_it_is_found_to_be_none(concern: str) -> None:
    assert letter(contact("neglect", concern)).held_back
    assert letter(contact(concern), answered(**{concern: "unknown"})).held_back
    assert letter(contact(concern), answered(**{concern: "confirmed"})).held_back
    assert not letter(contact(concern), answered(**{concern: "not_found"})).held_back


@pytest.mark.parametrize("concern", sorted(set(Concern) - {"domestic_abuse", "sexual_abuse", "physical_abuse"}))
def test_whatever_holds_a_letter_back_says_why_in_a_sentence(concern: str) -> None:
    assert all(len(why.split()) > 5 for why in letter(contact(concern)).held_back)


@pytest.mark.parametrize("state", [State.STRATEGY_DISCUSSION, State.SECTION_47])
def test_an_enquiry_decides_who_is_told(state: State) -> None:
    assert letter(contact("neglect"), state=state).held_back


def test_known_domestic_abuse_holds_every_letter_back() -> None:
    known = Folk("mum", "Bea Finch", False, None, None, None, (Factor.DOMESTIC_ABUSE,))
    assert letter(contact("neglect"), folk=(CHILD, known)).held_back


def test_an_address_to_be_kept_out_is_in_no_letter() -> None:
    hidden = Folk("mum", "Bea Finch", False, None, None, None, (), "2 Low Road", None, safe_address=False)
    written = letter(contact("neglect"), folk=(CHILD, hidden))
    assert written.address is None
    assert written.held_back


@pytest.mark.parametrize(
    ("state", "events", "fitting"),
    [
        (State.RECEIVED, (contact("neglect"),), ()),
        (State.ASSESSMENT, (contact("neglect"), answered(neglect="unknown")), (Sort.DECIDED, Sort.ASSESSMENT)),
        (State.CLOSED, (contact("neglect"), answered(neglect="not_found")), (Sort.DECIDED, Sort.CLOSED)),
    ],
)
def test_a_letter_fits_where_the_case_stands(
    state: State, events: tuple[Event, ...], fitting: tuple[Sort, ...]
) -> None:
    case = Family({"kid": Person("kid", True)}, {}, (), events, live=True).case("kid")
    assert sorts(case, state) == fitting
