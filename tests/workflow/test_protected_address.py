"""An address that must not be found is in no text that leaves the hub, and is there again once the danger is over."""

import pytest

from tests.support.hub import Hub
from workflow import access
from workflow.chronology_wanted import Asked
from workflow.errors import NotPermittedError

WHERE = "14 Secret Lane"


@pytest.fixture
def moved(hub: Hub) -> tuple[Hub, str]:
    """A hub with a child that has moved to where nobody may find it."""
    reference = hub.refer()
    hub.act(reference, "begin-triage", "tara")
    hub.act(reference, "record-household", "tara", what="moved_address", address=WHERE)
    return hub, reference


def texts(hub: Hub, reference: str) -> str:
    actor = hub.actor("tara")
    told = access.chronology(hub.engine, reference, actor, hub.now, Asked())
    (child,) = (one for one in access.open_file(hub.engine, reference, actor, hub.now, "show").folk if one.child)
    assert child.safe_address == (WHERE in str(told))
    return str(told)


def test_a_protected_address_is_taken_out_and_its_place_is_marked(moved: tuple[Hub, str]) -> None:
    hub, reference = moved
    assert WHERE in texts(hub, reference)

    hub.act(reference, "protect-address", "tara", words="the father is looking for them")
    assert WHERE not in texts(hub, reference)
    assert "kept out of this text" in texts(hub, reference)

    hub.act(reference, "protect-address", "tara", status="lifted", words="they have moved again")
    assert WHERE in texts(hub, reference)


def test_an_agency_neither_protects_an_address_nor_lifts_it(moved: tuple[Hub, str]) -> None:
    hub, reference = moved
    with pytest.raises(NotPermittedError):
        hub.act(reference, "protect-address", "dsl", words="lift it", status="lifted")
