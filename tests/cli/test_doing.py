"""Referring and acting from the command line, and asking why not."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from models.tables.referral import DecisionRow, RecordRow
from tests.support import paths
from tests.support.hub import Hub
from tests.support.terminal import Ran, plain

DONE, BLOCKED, NOT_FOUND, CHANGED = 0, 1, 3, 4
WARNING_PACK = (
    "policy: 1\nauthority: coventry\nrules:\n  {rule}:\n    effect: warn\n    from: 2015-03-26\n    source: this test\n"
)


def test_a_child_is_referred_and_the_referral_worked_on_from_the_command_line_alone(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    referred = mash(
        "refer", "child=Demo Walk", "born=2021-05-01", "concerns=neglect,feeding", "words=came hungry", "--as", "dsl"
    )
    reference = referred.out.partition(":")[0]

    assert (referred.code, referred.err) == (DONE, "")
    assert referred.out == (
        f"{reference}: stands at received.\n"
        f"Keep this reference. `mash show {reference}` says what became of it.\n"
    )  # fmt: skip
    assert mash("act", reference, "begin-triage", "--as", "tara").out == f"{reference}: received -> triage.\n"
    graded = mash("act", reference, "grade", "grade=amber", "reason=young child", "--as", "tara", "--json").data
    assert (graded["reference"], graded["version"], graded["now"]) == (reference, 3, "triage")
    called = mash("act", reference, "call-strategy", "at=tomorrow 10:00", "reason=marks", "--as", "tara", "--seen", "3")
    assert called.out == f"{reference}: triage -> strategy discussion.\n"
    assert mash("act", reference, "grade", "grade=red", "reason=x y z", "--as", "tara", "--seen", "3").code == CHANGED


def test_the_settings_may_say_who_acts_and_the_command_line_goes_before_them(
    desk: Hub, mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.refer()
    monkeypatch.setenv("MASH_ACTING_AS", "kit")

    assert mash("act", reference, "begin-triage").code == NOT_FOUND
    assert mash("act", reference, "begin-triage", "--as", "tara").code == DONE


def test_a_key_may_be_written_with_hyphens(desk: Hub, mash: Callable[..., Ran]) -> None:
    ran = mash(
        "refer",
        "child=Unborn Demo",
        "due=+20w",
        "concerns=neglect",
        "words=a worry",
        "pregnancy-weeks=20",
        "--as",
        "wife",
    )

    assert ran.code == DONE


def test_a_refusal_names_what_is_missing_who_can_mend_it_the_rule_and_its_source(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    reference = paths.to_closure_proposed(desk)

    refused = mash("act", reference, "sign-off", "--as", "tess")
    data = mash("act", reference, "sign-off", "--as", "tess", "--json")

    assert plain(refused)
    assert (refused.code, data.code, data.err) == (BLOCKED, BLOCKED, "")
    assert "agency-vote-recorded" in {one["rule"] for one in data.data["refusals"]}
    for one in data.data["refusals"]:
        block = refused.err.partition(one["missing"])[2]
        assert block.index("Who can mend it: ") < block.index("Rule: ") < block.index("Source: ")
        assert all(one[part] in block for part in ("who_can_mend", "says", "rule", "source"))


def test_why_says_the_same_as_the_refusal_and_does_nothing(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = paths.to_closure_proposed(desk)
    refused = mash("act", reference, "sign-off", "--as", "tess", "--json").data["refusals"]

    asked, data = (
        mash("why", reference, "sign-off", "--as", "tess"),
        mash("why", reference, "sign-off", "--as", "tess", "--json"),
    )

    assert (asked.code, asked.err, data.code) == (BLOCKED, "", BLOCKED)
    blocking = [{key: one[key] for key in refused[0]} for one in data.data if not one["only_warns"]]
    assert blocking == refused
    for one in data.data:
        assert all(one[part] in asked.out for part in ("missing", "who_can_mend", "says", "rule", "source"))
    with desk.engine.database.reading() as connection:
        assert connection.execute(text("SELECT state FROM referral")).scalar_one() == "closure_proposed"


def test_why_answers_with_rule_source_and_who_where_the_role_may_not(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()

    ran = mash("why", reference, "call-strategy", "--as", "aud", "--json")

    assert ran.code == BLOCKED
    assert [one["rule"] for one in ran.data] == ["permissions"]
    assert ran.data[0]["source"] == "docs/permissions.md"
    assert "triage worker" in ran.data[0]["who_can_mend"]


@pytest.mark.parametrize(
    ("verb", "mend"),
    [
        ("hold-strategy", "nobody while it stands there; it is done while the referral stands at strategy discussion"),
        ("begin-triage", "nobody while it stands there; `mash show"),
    ],
)
def test_why_answers_with_rule_source_and_where_when_it_is_out_of_turn(
    verb: str, mend: str, desk: Hub, mash: Callable[..., Ran]
) -> None:
    reference = desk.refer()
    desk.act(reference, "begin-triage", "tara")

    ran = mash("why", reference, verb, "--as", "mona", "--json")

    assert ran.code == BLOCKED
    assert [(one["rule"], one["source"]) for one in ran.data] == [("states", "docs/states.md")]
    assert ran.data[0]["missing"] == f"{reference} stands at triage: {verb.replace('-', ' ')} has no place there."
    assert ran.data[0]["who_can_mend"].startswith(mend)


def test_why_with_nothing_in_the_way_says_what_to_type(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()

    ran, data = mash("why", reference, "begin-triage", "--as", "tara"), mash("why", reference, "grade", "--as", "tara")

    assert (ran.code, ran.out) == (
        DONE,
        f"Nothing stands in the way: mash act {reference} begin-triage --as tara\n",
    )
    assert "grade=... reason=... --as tara" in data.out
    assert mash("why", reference, "begin-triage", "--as", "tara", "--json").data == []


def test_why_judges_the_details_that_are_given(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = paths.to_decision(desk)
    ask = ["why", reference, "decide", "--as", "mona", "--json", "outcome=assessment", "reason=a fuller look"]

    left_out = mash(*ask).data
    answered = mash(*ask, "answers=neglect:unknown").data

    assert "every-concern-answered" in {one["rule"] for one in left_out}
    assert "every-concern-answered" not in {one["rule"] for one in answered}


def test_a_rule_that_only_warns_says_how_it_is_passed_and_passes_with_the_reason(
    desk: Hub, mash: Callable[..., Ran], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = paths.to_decision(desk)
    decide = ["act", reference, "decide", "--as", "mona", "outcome=assessment", "reason=a fuller look"]
    found = {one["rule"] for one in mash(*decide, "--json").data["refusals"]}
    rules = "".join(WARNING_PACK.format(rule=rule).partition("rules:\n")[2] for rule in sorted(found))
    (tmp_path / "coventry.yaml").write_text(WARNING_PACK.partition("  {rule}")[0] + rules, encoding="utf-8")  # type: ignore[operator]
    monkeypatch.setenv("MASH_POLICY_DIR", str(tmp_path))

    warned = mash(*decide)
    asked = mash("why", *decide[1:])
    passed = mash(*decide, "anyway=asked again tomorrow")

    assert warned.code == BLOCKED
    assert warned.err.splitlines()[-1].startswith("This only warns: add anyway='why you go on'")
    assert "This only warns" in asked.out
    assert passed.code == DONE
    assert {line.rpartition(" ")[2] for line in passed.out.splitlines()[1:]} == found


def test_a_role_that_may_not_is_told_who_may(desk: Hub, mash: Callable[..., Ran]) -> None:
    ran = mash("act", desk.refer(), "call-strategy", "at=tomorrow", "reason=marks", "--as", "aud")

    assert plain(ran)
    assert ran.code == BLOCKED
    assert ran.err.splitlines()[1].startswith("It may be done by: head of service, ")


def test_what_has_nothing_to_act_on_says_where_to_look(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()

    for command in ("act", "why"):
        ran = mash(command, reference, "sign-off", "--as", "mona")
        assert plain(ran)
        assert ran.says == "Nothing has been put forward for closing."
        assert f"`mash show {reference}`" in ran.err


def test_the_verbs_are_listed_with_stage_and_meaning_and_each_with_its_details(mash: Callable[..., Ran]) -> None:
    listed, cards = mash("verbs"), mash("verbs", "--json").data

    assert mash("act", "--list").out == listed.out
    assert len(cards) >= 40
    for card in cards:
        assert f"{card['verb']} " in listed.out
        assert card["says"] in listed.out
        one = mash("verbs", card["verb"])
        assert all(f"\n{taken['key']}" in one.out for taken in card["takes"])
        assert mash("verbs", card["verb"], "--json").data == card
    assert mash("act", "M000001", "grade", "--help").out == mash("verbs", "grade").out


def test_details_that_cannot_be_left_out_come_first_and_the_way_past_a_warning_last(mash: Callable[..., Ran]) -> None:
    rows = [line.split() for line in mash("verbs", "call-strategy").out.splitlines()[4:-2]]

    assert rows[0][:2] == ["at", "yes"]
    assert "tomorrow 14:00" in " ".join(rows[0])
    assert rows[-1][0] == "anyway"


def test_a_closure_put_forward_says_what_its_signature_will_want_and_who_can_mend_it(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    reference = paths.to_child_in_need(desk)

    said = mash(
        "act",
        reference,
        "propose-closure",
        "--as",
        "sam",
        "reason_code=needs_met",
        "summary=the plan has done its work",
    )

    assert said.code == 0
    assert "The signature will want" in said.out
    assert "gave no view" in said.out
    assert "Who can mend it: each of them, with `give-view`" in said.out


def test_an_account_is_known_however_its_capitals_are_typed(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()

    assert mash("act", reference, "begin-triage", "--as", "TARA").code == 0
    assert mash("act", reference, "grade", "grade=AMBER", "reason=A young child", "--as", "Tara").code == 0
    assert mash("act", reference, "ask", "of=PC, Hv", "--as", "tara").code == 0

    assert desk.row(reference)["owner_id"] == "tara"
    assert desk.row(reference)["grade"] == "amber"
    asked = [row["data"]["of"] for row in desk.rows(RecordRow, kind="check")]
    assert asked == ["pc", "hv"]


def test_of_two_accounts_that_differ_in_capitals_each_is_the_one_that_was_typed(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    desk.hire("TARA", "auditor", "other")
    reference = desk.refer()

    assert mash("act", reference, "begin-triage", "--as", "tara").code == 0
    assert "auditor" in mash("act", reference, "grade", "grade=red", "reason=now", "--as", "TARA").err
    assert "no account called 'Tara'" in mash("show", reference, "--as", "Tara").err


def test_a_referral_says_under_which_policy_it_was_last_decided_on(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()
    assert "under the policy of" not in mash("show", reference, "--as", "tara").out

    decided = paths.to_assessment(desk, child="Demo Other")
    version = desk.rows(DecisionRow, verb="decide")[0]["policy"].rpartition(" ")[2]

    shown = mash("show", decided, "--as", "tara").out.rstrip().splitlines()[-1]
    assert shown.startswith("Last decision (decide, ")
    assert shown.endswith(f"under the policy of coventry, version {version}.")
    assert version not in mash("show", decided, "--as", "dsl").out
