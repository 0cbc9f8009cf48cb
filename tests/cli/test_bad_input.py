"""Whatever is typed wrongly: one clear sentence, what to do, the right exit code, and nothing is half-done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.tables.base import Base
from models.tables.referral import ReferralRow
from tests.support.hub import Hub
from tests.support.terminal import Ran, plain

BLOCKED, BAD_INPUT, NOT_FOUND, CHANGED = 1, 2, 3, 4
REFER = ["refer", "--as", "dsl", "child=Demo Two", "words=came hungry"]
MOVE = ["act", "REF", "move-meeting", "--as", "tara"]
GRADE = ["act", "REF", "grade", "--as", "tara"]

TYPED = {
    # commands and options
    "a command there is none": (["colse"], BAD_INPUT, "There is no command 'colse'"),
    "a command nearly right": (["wroklist"], BAD_INPUT, "Did you mean 'worklist'?"),
    "an option there is none": (["tasks", "--al"], BAD_INPUT, "There is no option --al"),
    "an option without its value": (["tasks", "--as"], BAD_INPUT, "--as needs a value."),
    "a word too many": (["people", "everybody"], BAD_INPUT, "Too many words: everybody."),
    "no verb": (["why", "REF"], BAD_INPUT, "VERB is missing."),
    "neither referral nor verb": (["act"], BAD_INPUT, "Which referral, and what to do with it?"),
    "a task that is no number": (["done", "one", "--as", "tara"], BAD_INPUT, "TASK is a whole number."),
    "a version that is no number": ([*GRADE, "--seen", "x"], BAD_INPUT, "--seen is a whole number."),
    # who and which
    "nobody acts": (["tasks"], BAD_INPUT, "Who is acting?"),
    "an account there is none": (["tasks", "--as", "nobody"], BAD_INPUT, "There is no account called 'nobody' here."),
    "an account that is no text": (["tasks", "--as", "\udcff"], BAD_INPUT, "There is no account called"),
    "a reference nobody used": (["show", "M999999", "--as", "tara"], NOT_FOUND, "There is no referral M999999."),
    "a reference that is none": (["show", "banana", "--as", "tara"], NOT_FOUND, "There is no referral 'banana'."),
    "an empty reference": (["show", "", "--as", "tara"], NOT_FOUND, "There is no referral ''."),
    "another agency's referral": (["show", "REF", "--as", "kit"], NOT_FOUND, "There is no referral REF."),
    "a task nobody has": (["done", "77", "--as", "tara"], NOT_FOUND, "You have no task 77."),
    "a task beyond counting": (["done", "9" * 30, "--as", "tara"], NOT_FOUND, "You have no task 999"),
    # verbs
    "a verb there is none": (["act", "REF", "shred", "--as", "tara"], BAD_INPUT, "There is no verb 'shred'."),
    "a verb nearly right": (["act", "REF", "graed", "--as", "tara"], BAD_INPUT, "did you mean grade?"),
    "to ask about a verb there is none": (["why", "REF", "shred", "--as", "tara"], BAD_INPUT, "There is no verb"),
    "details of a verb there is none": (["verbs", "shred"], BAD_INPUT, "There is no verb 'shred'."),
    "to refer a referral": (["act", "REF", "refer", "--as", "tara"], BAD_INPUT, "`refer` opens a new referral."),
    "to ask what blocks a referring": (["why", "REF", "refer", "--as", "tara"], BAD_INPUT, "opens a new referral."),
    "a verb out of turn": (
        ["act", "REF", "begin-triage", "--as", "tara"],
        BLOCKED,
        "REF stands at strategy discussion:",
    ),
    "a verb of another role": (["act", "REF", "hold-strategy", "--as", "tara"], BAD_INPUT, "was not understood:"),
    "a role that may not": (["act", "REF", "withdraw-challenge", "--as", "aud"], BLOCKED, "As auditor you may not"),
    "an old version": ([*GRADE, "grade=red", "reason=as seen", "--seen", "1"], CHANGED, "REF changed while you were"),
    # the details of a verb
    "a word that is no pair": ([*GRADE, "red"], BAD_INPUT, "'red' is not key=value."),
    "a pair without a key": ([*GRADE, "=red"], BAD_INPUT, "'=red' is not key=value."),
    "a key said twice": ([*GRADE, "grade=red", "grade=amber"], BAD_INPUT, "grade is said twice."),
    "an unknown key": ([*GRADE, "colour=red"], BAD_INPUT, "`grade` does not take colour."),
    "a key left out": ([*GRADE, "grade=red"], BAD_INPUT, "reason is missing."),
    "a key left empty": ([*GRADE, "grade=red", "reason="], BAD_INPUT, "reason is empty."),
    "a value too short": ([*GRADE, "grade=red", "reason=so"], BAD_INPUT, "reason is too short: at least 3 letters."),
    "a code there is none": ([*GRADE, "grade=puce", "reason=as seen"], BAD_INPUT, "it is red, amber or green."),
    "bytes that are no text": ([*GRADE, "grade=red", "reason=\udcff\udcfe"], BAD_INPUT, "is no text in UTF-8."),
    "an account in a value": (
        ["act", "REF", "ask", "of=nobody", "--as", "tara"],
        BAD_INPUT,
        "no account called 'nobody'",
    ),
    # days and moments
    "a day there is none": ([*MOVE, "at=2026-02-31"], BAD_INPUT, "at is a moment such as"),
    "an hour there is none": ([*MOVE, "at=tomorrow 25:00"], BAD_INPUT, "not 'tomorrow 25:00'."),
    "no moment at all": ([*MOVE, "at=soon"], BAD_INPUT, "not 'soon'."),
    "a moment that is past": ([*MOVE, "at=2020-03-04 10:00"], BAD_INPUT, "is past."),
    "a day of policy there is none": (["policy", "show", "--on", "31/3/2026"], BAD_INPUT, "'31/3/2026' is not a day."),
    # a new referral
    "a child born tomorrow": ([*REFER, "concerns=neglect", "born=tomorrow"], BAD_INPUT, "is still to come."),
    "a child of no age": ([*REFER, "concerns=neglect"], BAD_INPUT, "When was the child born?"),
    "a child of two ages": (
        [*REFER, "concerns=neglect", "born=yesterday", "due=tomorrow"],
        BAD_INPUT,
        "A child is born or unborn.",
    ),
    "a birthday there is none": ([*REFER, "concerns=neglect", "born=2021-02-30"], BAD_INPUT, "not '2021-02-30'."),
    "a concern misspelt": ([*REFER, "concerns=negelct", "born=2021-05-01"], BAD_INPUT, "did you mean neglect."),
    "a concern there is none": ([*REFER, "concerns=zzz", "born=2021-05-01"], BAD_INPUT, "concerns cannot be 'zzz'."),
    "no concern": ([*REFER, "concerns=,", "born=2021-05-01"], BAD_INPUT, "concerns is empty."),
    "a count in letters": (
        [*REFER, "concerns=neglect", "attachments=two"],
        BAD_INPUT,
        "attachments is a whole number,",
    ),
    "a count below nought": ([*REFER, "concerns=neglect", "attachments=-1"], BAD_INPUT, "attachments is at least 0,"),
    "a count too high": (
        [*REFER, "concerns=neglect", "pregnancy_weeks=99"],
        BAD_INPUT,
        "pregnancy_weeks is at most 45,",
    ),
    "perhaps": ([*REFER, "concerns=injury", "explained=perhaps"], BAD_INPUT, "explained is true or false,"),
    "a carer without a name": (
        [*REFER, "concerns=neglect", "born=2021-05-01", "carers=:mother"],
        BAD_INPUT,
        "carers is written NAME:VALUE",
    ),
    "a carer of no relation": (
        [*REFER, "concerns=neglect", "born=2021-05-01", "carers=Ann:boss"],
        BAD_INPUT,
        "boss is not how somebody is related",
    ),
    "nothing at all": (["refer", "--as", "dsl"], BAD_INPUT, "child is missing; concerns is missing; words is missing."),
    # the books
    "a rule there is none": (["rules", "strategy-quorom"], NOT_FOUND, "did you mean strategy-quorum?"),
    "a stage there is none": (["rules", "--stage", "front"], BAD_INPUT, "There is no stage 'front'"),
    "a policy there is none": (["policy", "show", "atlantis"], NOT_FOUND, "There is no policy pack for 'atlantis'."),
    "a pack that is not there": (["policy", "check", "nowhere.yaml"], NOT_FOUND, "'nowhere.yaml' is not there."),
    "a pack that is a folder": (["policy", "check", "."], NOT_FOUND, "'.' is a folder."),
}


def everything(hub: Hub) -> dict[str, object]:
    """Return how many rows there are of everything but looks, and at which version each referral stands."""
    with hub.engine.database.reading() as connection:
        counts: dict[str, object] = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name != "read_log"
        }
        return counts | {"versions": connection.execute(select(ReferralRow.id, ReferralRow.version)).all()}


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_wrongly_is_refused_plainly_and_nothing_is_done(
    typed: str, desk: Hub, mash: Callable[..., Ran]
) -> None:
    words, code, says = TYPED[typed]
    reference = desk.refer()
    desk.act(reference, "call-strategy", "tara", at=(desk.now + timedelta(hours=3)).isoformat(), reason="marks")
    words = [word.replace("REF", reference) if word == "REF" else word for word in words]
    before = everything(desk)

    said = mash(*words)
    named = 2 if words[0] == "policy" else 1
    as_data = mash(*words[:named], "--json", *words[named:])

    assert plain(said)
    assert said.code == code
    assert says.replace("REF", reference) in said.says
    assert len(said.err.splitlines()) >= 2, "it says what is wrong, but not what to do"
    assert as_data.code == code
    assert as_data.err == ""
    assert as_data.data["says"] == said.says
    assert everything(desk) == before
