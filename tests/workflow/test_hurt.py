"""What counts as a sign that a child was hurt, and what as a doctor's look at it."""

from typing import Any

import pytest

from tests.support.stories import Story, referred, story, table
from workflow.hurt import by_somebody, doctor_saw, speaks_of_hurt

BASE = story()


@pytest.mark.parametrize(
    ("data", "hurt", "somebody"),
    table(
        ("pain", {"concerns": ["pain"]}, True, False),
        ("an injury", {"concerns": ["injury"]}, True, False),
        ("an injury nobody explains", {"concerns": ["injury"], "injury": {"explained": False}}, True, True),
        ("an injury explained", {"concerns": ["injury"], "injury": {"explained": True}}, False, False),
        ("an injury and no more", {"injury": {"child_mobile": True}}, True, False),
        ("struck", {"concerns": ["physical_abuse"]}, True, True),
        ("used", {"concerns": ["sexual_abuse"]}, False, True),
        ("told by the child, with a mark", {"concerns": ["child_disclosure", "injury"]}, True, True),
        ("told by the child, of hunger", {"concerns": ["child_disclosure", "feeding"]}, False, False),
        ("neglect", {"concerns": ["neglect"]}, False, False),
        ("nobody knew", {"concerns": ["physical_abuse"], "known": False}, False, False),
    ),
)
def test_a_sign(data: dict[str, Any], hurt: bool, somebody: bool) -> None:
    event = BASE.event("visit", "worker", **data)

    assert (speaks_of_hurt(event), by_somebody(event)) == (hurt, somebody)


@pytest.mark.parametrize(
    ("kind", "by", "data", "looked"),
    table(
        ("examined", "medical", "doctor", {"what": "child_protection_medical"}, True),
        ("told to go", "medical", "worker", {"what": "advised"}, False),
        ("the mother's own", "medical", "doctor", {"what": "attended", "for_": "mother"}, False),
        ("at the surgery", "appointment", None, {"what": "gp", "outcome": "attended"}, True),
        ("not brought", "appointment", None, {"what": "gp", "outcome": "was_not_brought"}, False),
        ("at the eye clinic", "appointment", None, {"what": "ophthalmology", "outcome": "attended"}, False),
        ("a doctor at home", "visit", "doctor", {"access": "granted"}, True),
        ("a nurse at home", "visit", "nurse", {"access": "granted"}, False),
    ),
)
def test_a_doctor_looks(kind: str, by: str | None, data: dict[str, Any], looked: bool) -> None:
    before: Story = referred()

    assert doctor_saw(before.case, before.event(kind, by, **data)) is looked
