"""Looking: worklist, referral, tasks, people, letters and health, as somebody reads them at the end of the week."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from models.vocabulary import Role
from tests.support import paths
from tests.support.hub import ACCOUNTS, Hub
from tests.support.terminal import Ran, run_process
from workflow.ages import age


def look(desk: Hub) -> None:
    """Let the engine do its own part, as the flows would."""
    from workflow import fulfil

    with desk.engine.database.unit_of_work() as connection:
        for (number,) in connection.execute(text("SELECT id FROM referral")).all():
            fulfil.look(desk.engine, connection, number, desk.now)


def test_a_referral_is_shown_with_what_presses_first_and_the_record_last(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = paths.to_strategy(desk, child="Demo Show", born=date(2021, 5, 1))
    look(desk)

    shown = mash("show", reference, "--all", "--as", "tara").out
    data = mash("show", reference, "--as", "tara", "--json").data

    heads = ["What must happen now", "It waits for", "You may do now", "Decisions", "The record"]
    found = [shown.index(f"\n{head}\n") for head in heads]
    assert found == sorted(found)
    assert shown.startswith(f"{reference}: Demo Show, born 2021-05-01, ")
    assert f"version {data['version']}" in shown.partition("\n\n")[0]
    assert all(task["says"] in shown for task in data["tasks"])
    assert all(option["verb"] in shown for option in data["options"])
    assert all(clock["says"] in shown and clock["rule"] in shown for clock in data["clocks"])
    assert len(data["record"]) == len(shown.partition("The record\n")[2].splitlines())


def test_what_may_not_be_done_yet_comes_with_who_can_mend_it(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = paths.to_closure_proposed(desk)

    shown = mash("show", reference, "--all", "--as", "tess").out
    blocked = [one for one in mash("show", reference, "--as", "tess", "--json").data["options"] if one["blocked"]]

    part = shown.partition("You may not do yet, and why\n")[2].partition("\n\n")[0]
    assert "sign-off" in {one["verb"] for one in blocked}
    for one in blocked:
        for refusal in one["blocked"]:
            assert f"- {refusal['missing']}\n      Who can mend it: {refusal['who_can_mend']}" in part


def test_a_family_is_shown_under_the_ids_that_verbs_take_and_to_the_hub_alone(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    reference = desk.refer(carers="Demo Jenny:mother")
    added = ("add-person", "name=Demo Joe", "relation=partner", "since=yesterday", "--as", "tara")
    assert mash("act", reference, *added).code == 0

    shown = mash("show", reference, "--as", "tara").out.partition("The family\n")[2].partition("\n\n")[0]
    joe = next(line.split()[0] for line in shown.splitlines() if "Demo Joe" in line)
    assert "partner of Demo Jenny" in shown
    assert mash("act", reference, "record-household", "what=left", f"person={joe}", "--as", "tara").code == 0
    assert "lives elsewhere" in mash("show", reference, "--as", "tara").out
    assert "Demo J" not in mash("show", reference, "--as", "dsl").out


def test_whoever_rings_back_finds_the_number_and_nobody_else_does(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()
    call = ("concerns=hygiene", "words=seen outside", "caller=Nora Nextdoor", "caller_reach=024 7600 0000")
    assert mash("act", reference, "add-concern", *call, "name_withheld=true", "--as", "tara").code == 0

    shown = mash("show", reference, "--as", "tara").out
    assert "Nora Nextdoor" in shown
    assert "024 7600 0000, asks not to be named" in shown
    for words in (("show", reference, "--as", "dsl"), ("chronology", reference, "--as", "tara"), ("mail", "tara")):
        assert "Nora" not in mash(*words).out


def test_an_agency_sees_its_own_part_and_no_grade(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = paths.to_decision(desk)

    shown = mash("show", reference, "--as", "dsl").out

    assert "\nYour own part of the record\n" in shown
    assert "Grade" not in shown
    assert "\nDecisions\n" not in shown
    assert "last seen in January" not in shown, "what another agency replied"


def test_a_closed_referral_has_nothing_to_do_and_keeps_its_record(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer()
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(
            text("UPDATE referral SET state='closed', closed_at=:at, due_at=NULL, alarm_at=NULL"), {"at": desk.now}
        )
    shown = mash("show", reference, "--as", "tara").out

    assert "Stands at: closed, closed " in shown
    assert "What must happen now" not in shown
    assert "Next date" not in shown
    assert "\nThe record\n" in shown


def test_what_somebody_wrote_cannot_steer_the_screen(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer(child="Demo \x1b[2J\x07Jay", words="line one\nline two \u202eflipped\x9b31m")

    shown = mash("show", reference, "--as", "tara")

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.out)
    assert "line one line two  flipped 31m" in shown.out


@pytest.mark.parametrize("columns", [80, 120])
def test_everything_fits_the_screen(
    columns: int, desk: Hub, mash: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = paths.to_closure_proposed(desk)
    look(desk)
    monkeypatch.setattr("cli.printing.screen", lambda: columns)

    for words in (
        ["show", reference, "--as", "tess"],
        ["why", reference, "sign-off", "--as", "tess"],
        ["act", reference, "sign-off", "--as", "tess"],
        ["worklist", "--as", "tess"],
        ["tasks", "--as", "tess"],
        ["people"],
        ["status"],
        ["verbs"],
        ["verbs", "decide"],
        ["rules"],
        ["rules", "strategy-quorum"],
        ["states"],
        ["policy", "show"],
        ["audit", "verify"],
        ["replay", "--list"],
    ):
        ran = mash(*words)
        wide = [line for line in (ran.out + ran.err).splitlines() if len(line) > columns]
        assert wide == [], words


def test_a_pipe_gets_each_row_on_one_line(mash: Callable[..., Ran]) -> None:
    rows = mash("rules").out.splitlines()
    cards = mash("rules", "--json").data

    assert len(rows) == len(cards) + 3
    assert all(row.endswith(card["says"]) for row, card in zip(rows[1:], cards, strict=False))


def test_the_worklist_is_in_order_of_what_is_due_with_the_late_ones_counted(
    desk: Hub, mash: Callable[..., Ran]
) -> None:
    first = desk.refer(child="Demo One")
    second = desk.refer(child="Demo Two")
    with desk.engine.database.unit_of_work() as connection:
        connection.execute(
            text("UPDATE referral SET due_at=:at WHERE id=:id"),
            {"at": desk.now - timedelta(days=2), "id": int(second.removeprefix("M"))},
        )

    listed = mash("worklist", "--as", "tara").out.splitlines()

    assert [line.split()[0] for line in listed[:3]] == ["REF", second, first]
    assert "overdue by 2 days" in listed[1]
    assert listed[-1] == "2 open, 1 late. `mash show REF` shows one."
    assert "Demo" not in "\n".join(listed), "a name stands in a list that nobody logs"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["worklist", "--as", "tara"], "Nothing that you may see is open.\n"),
        (["worklist", "--mine", "--as", "tara"], "You hold nothing that is open.\n"),
        (["tasks", "--as", "tara"], "You have nothing to do.\n"),
        (["mail"], "No letters yet. Letters are sent by `mash up`, or once by `mash work`.\n"),
        (["mail", "tara"], "No letters for 'tara' yet. Letters are sent by `mash up`, or once by `mash work`.\n"),
        (["audit", "verify"], "There is nothing to prove yet: no referral has been made.\n"),
    ],
)
def test_where_there_is_nothing_it_says_so_in_a_sentence(
    words: list[str], says: str, desk: Hub, mash: Callable[..., Ran]
) -> None:
    assert mash(*words) == Ran(0, says, "")
    assert not mash(*words, "--json").data or words[0] == "audit"


def test_people_are_listed_with_their_role_and_agency(desk: Hub, mash: Callable[..., Ran]) -> None:
    rows = mash("people").out.splitlines()[1:]

    assert {row.split()[0] for row in rows} == set(ACCOUNTS)
    assert next(row for row in rows if row.startswith("dsl ")).endswith("safeguarding lead       hillside")
    assert next(row for row in rows if row.startswith("aud ")).endswith("auditor                 csc")
    assert {one["role"] for one in mash("people", "--json").data} == set(Role) - {Role.SYSTEM}


def test_a_task_is_done_once_by_whoever_has_it(desk: Hub, mash: Callable[..., Ran]) -> None:
    paths.to_closure_proposed(desk)
    look(desk)
    task = mash("tasks", "--as", "pc", "--json").data[0]["number"]

    assert mash("done", str(task), "--as", "hv").code == 3
    assert mash("done", str(task), "--as", "pc").out.startswith(f"Task {task} (M000001) is done.")
    assert mash("done", str(task), "--as", "pc").says == f"Task {task} is done already."
    assert task not in {one["number"] for one in mash("tasks", "--as", "pc", "--json").data}


def test_status_counts_what_is_open_late_and_waiting(desk: Hub, mash: Callable[..., Ran]) -> None:
    desk.refer()

    said, data = mash("status").out, mash("status", "--json").data

    assert "Open referrals: 1, of which late: 0." in said
    assert "Nothing runs. `mash up` starts everything." in said
    assert (data["open"], data["late"], data["outbox"]) == (1, 0, 1)


def test_the_demo_is_worked_through_once_and_its_letters_are_read(tmp_path: Path) -> None:
    brought = run_process("demo", MASH_HOME=tmp_path)
    again = run_process("demo", "--json", MASH_HOME=tmp_path)
    worked = run_process("work", "--json", MASH_HOME=tmp_path)
    letters = run_process("mail", MASH_HOME=tmp_path)

    assert (brought.code, brought.err) == (0, "")
    assert brought.out.startswith("17 people and ")
    assert again.data == {"people": 0, "referrals": 0}
    assert (worked.code, worked.err) == (0, "")
    assert worked.data["sent"] > 0
    assert 0 < letters.out.count("\nTo ") < worked.data["sent"], "what is not urgent comes in one letter"
    assert letters.out.count(": your letter of the day\n") > 0
    assert "Demo Martin" not in letters.out, "a child's name stands in a letter"
    one = run_process("mail", "hana", "--json", MASH_HOME=tmp_path).data
    assert {letter["account"] for letter in one} == {"hana"}


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 3, 10), "0 days"),
        (date(2026, 2, 25), "13 days"),
        (date(2026, 2, 24), "2 weeks"),
        (date(2025, 12, 17), "11 weeks"),
        (date(2025, 12, 16), "2 months"),
        (date(2025, 3, 11), "11 months"),
        (date(2024, 3, 11), "23 months"),
        (date(2024, 3, 10), "2 years"),
        (date(2010, 3, 11), "15 years"),
    ],
)
def test_an_age_is_said_as_finely_as_it_matters(born: date, said: str) -> None:
    assert age(born, date(2026, 3, 10)) == said


def test_the_post_of_nobody_is_told_from_an_empty_box(desk: Hub, mash: Callable[..., Ran]) -> None:
    nobody = mash("mail", "NOBODY")

    assert nobody.code == 2
    assert nobody.err == "There is no account called 'NOBODY' here.\n`mash people` lists the accounts.\n"
    assert mash("mail", "TARA").out.startswith("No letters for 'tara' yet.")
    assert mash("mail").code == 0


def test_an_agency_lists_its_own_in_the_words_of_its_page(desk: Hub, mash: Callable[..., Ran]) -> None:
    reference = desk.refer(by="dsl")
    desk.act(reference, "begin-triage", "tara")
    desk.act(reference, "ask", "tara", of="pc")
    desk.look(reference)

    listed = mash("worklist", "--as", "dsl").out
    assert reference in listed
    assert "Contact: not decided yet" in " ".join(listed.split())
    asked = mash("worklist", "--as", "pc").out
    assert asked.startswith(f"Asked of you: {reference}, ")
    assert mash("worklist", "--as", "kit").out.strip() == "You are part of no open referral."
