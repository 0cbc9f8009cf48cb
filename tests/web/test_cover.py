"""Cover for absence on a page: a manager sets anybody's, people set their own, and what was typed is not lost."""

import pytest

from tests.support.hub import Hub
from tests.support.stories import table
from tests.web.desk import Sit

DAYS = {"from_day": "2026-03-10", "until_day": "2026-03-20"}


@pytest.fixture
def hub(hub: Hub) -> Hub:
    """A hub with a second social worker in the north."""
    hub.hire("nina", "social_worker", team="north")
    return hub


def test_a_manager_sets_a_deputy_and_ends_it(sit: Sit) -> None:
    tess = sit("tess")
    page = tess.send("/team/cover", account="sam", deputy="nina", **DAYS)

    assert page.path == "/team/cover?said=set"
    assert "nina example for sam example 10 March 2026 to 20 March 2026" in page.section("Who stands in")
    assert "sam example: nina example stands in until 20 March 2026" in tess.look("/team").section("Away")
    assert "Away" in sit("theo").look("/team").text
    assert "sam example" not in sit("theo").look("/team").text

    number = page.page.partition("/team/cover/end/")[2].partition('"')[0]
    ended = tess.send(f"/team/cover/end/{number}", page)

    assert "Cover is ended." in ended.text
    assert "Nobody stands in for anybody" in ended.text


def test_somebody_sets_their_own_and_is_offered_nobody_elses(sit: Sit) -> None:
    sam = sit("sam")
    page = sam.look("/team/cover")
    assert "Who is away" not in page.text
    assert '<option value="tess"' not in page.page
    assert '<option value="sam"' not in page.page

    assert "nina example for sam example" in sam.send("/team/cover", page, deputy="nina", **DAYS).text
    assert (
        "You may set cover for yourself only"
        in sam.send("/team/cover", page, account="nina", deputy="sam", **DAYS).text
    )


@pytest.mark.parametrize(
    ("typed", "says"),
    table(
        ("nobody chosen", {"account": "sam", **DAYS}, "Choose who stands in."),
        ("no day", {"account": "sam", "deputy": "nina"}, "Write the first and the last day"),
        ("no such day", {"account": "sam", "deputy": "nina", **DAYS, "until_day": "2026-02-31"}, "Write the first"),
        ("another role", {"account": "sam", "deputy": "theo", **DAYS}, "is no social worker"),
        ("the wrong way round", {"account": "sam", "deputy": "nina", "from_day": "2026-03-21", "until_day": "2026-03-20"}, "before the first"),
    ),
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_is_still_there(sit: Sit, typed: dict[str, str], says: str) -> None:
    refused = sit("tess").send("/team/cover", **typed)

    assert refused.status == 400
    assert says in refused.text
    assert 'value="sam" selected' in refused.page
    assert typed.get("from_day", "") in refused.page
    assert "Nobody stands in for anybody" in refused.text


@pytest.mark.parametrize("who", ["dsl", "aud"])
def test_those_whom_nobody_covers_are_not_let_in(sit: Sit, who: str) -> None:
    assert sit(who).look("/team/cover").status == 403


def test_nobody_ends_what_is_not_theirs(sit: Sit) -> None:
    sit("tess").send("/team/cover", account="sam", deputy="nina", **DAYS)
    nina = sit("nina")
    page = nina.look("/team/cover")

    assert "nina example for sam example" in page.text
    assert "End it" not in page.text
    assert nina.send("/team/cover/end/1", page).status == 404
    assert "nina example for sam example" in sit("sam").look("/team/cover").text
