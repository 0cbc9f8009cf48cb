"""The form of a grade: the floor with its reasons stands beside the choice, and what each colour comes to is said first."""

import re
from datetime import date

from tests.support.hub import Hub
from tests.web.desk import Answer, Sit

BRUISED = {"born": date(2025, 12, 1), "concerns": ["unexplained_injury"], "words": "a bruise on the cheek"}


def hint(page: Answer, colour: str) -> str:
    """Return what stands under a colour."""
    ids = {"red": "grade", "amber": "grade-2", "green": "grade-3"}
    found = re.search(rf'id="{ids[colour]}-item-hint"[^>]*>(.*?)</div>', page.page, re.DOTALL)
    assert found is not None
    return " ".join(found[1].split())


def test_what_the_facts_call_for_stands_beside_the_choice_with_its_rule(hub: Hub, sit: Sit) -> None:
    page = sit("tara").look(f"/referrals/{hub.refer(**BRUISED)}/do/grade")

    beside = page.section("What holds it up")
    assert "What would change it:" in beside
    assert "Rule:" in beside
    assert "It has not been graded yet." in page.section("Grades so far")


def test_a_colour_that_will_be_refused_says_so_before_and_is_refused(hub: Hub, sit: Sit) -> None:
    reference = hub.refer(**BRUISED)
    tara = sit("tara")
    page = tara.look(f"/referrals/{reference}/do/grade")

    assert "it will be refused" in hint(page, "green")
    assert hint(page, "red") == "Counts at once."
    refused = tara.send(f"/referrals/{reference}/do/grade", page, grade="green", reason="only a small one")

    assert refused.status == 400
    assert "The grade may not be lower than red" in refused.text
    assert "only a small one" in refused.page
    assert hub.row(reference)["grade"] is None


def test_a_lower_colour_says_that_it_waits_and_waits(hub: Hub, sit: Sit) -> None:
    reference = hub.refer(born=date(2014, 1, 1), concerns=["hygiene"])
    tara = sit("tara")
    tara.send(f"/referrals/{reference}/do/begin-triage")
    tara.send(f"/referrals/{reference}/do/grade", grade="red", reason="as it looks today")
    page = tara.look(f"/referrals/{reference}/do/grade")

    assert "waits until a second person agrees" in hint(page, "amber")
    tara.send(f"/referrals/{reference}/do/grade", page, grade="amber", reason="the school has seen them")

    assert hub.row(reference)["grade"] == "red"
    again = sit("mona").look(f"/referrals/{reference}/do/grade")
    assert "A lower grade waits for a second person" in again.text
    assert "Agree the lower grade" in again.text
    assert "the school has seen them" in again.section("Grades so far")


def test_what_was_chosen_and_written_is_still_there_after_a_mistake(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()

    refused = sit("tara").send(f"/referrals/{reference}/do/grade", grade="amber", reason="")

    assert refused.status == 400
    assert "Reason: fill this in" in refused.text
    assert re.search(r'value="amber" checked', refused.page)


def test_an_agency_has_no_such_form_and_learns_no_grade_from_asking(hub: Hub, sit: Sit) -> None:
    reference = hub.refer(**BRUISED)

    page = sit("dsl").look(f"/referrals/{reference}/do/grade")

    assert page.status == 400
    assert "is not yours to do" in page.text
    assert "Red" not in page.text
