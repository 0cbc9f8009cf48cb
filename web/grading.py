"""What stands beside the form of a grade: what the facts hold it at and why, what each colour means for whoever chooses it."""

from typing import Any

from web.fields import Choice
from web.packet import Reader
from web.page import Page
from web.wording import GRADES
from workflow.chronology_sentences import headline
from workflow.grading_read import Colour, grading
from workflow.second_looks import lower_grade
from workflow.seen import CaseFile


def grade(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return the floor with its reasons, what each colour comes to, and the grades so far."""
    assert file.case is not None, "only the council's own grade"
    found = grading(file.case, page.product.engine.terms(page.now), page.now)
    choices = tuple(Choice(one.code, GRADES[one.code][0], _comes_to(one, found.floor)) for one in found.colours)
    return {
        "grading": found,
        "colours": choices,
        "waiting": lower_grade(file.case),
        "happened": lambda event: headline(event, file.names),
        "read": Reader(file, "grade"),
    }


def _comes_to(colour: Colour, floor: str) -> str:
    """Say what choosing a colour comes to, before anybody has sent it."""
    if colour.below and colour.lower:
        return (
            f"Lower than now, so it would wait for a second person; and as long as the facts call for {floor}, "
            "their agreement will be refused. Say in your reason what has changed."
        )
    if colour.below:
        return f"Below what the facts call for ({floor}): it will be refused. See why under the choice."
    if colour.lower:
        return "Lower than now: it waits until a second person agrees. Until then the grade stays."
    return "The grade now. Sending it again records your reason." if colour.now else "Counts at once."
