"""Photographs and papers over HTTP: sent with a form, shown to whoever may see them, noted, and refused in words."""

import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.tables.evidence import AttachmentRow
from models.tables.reads import ReadRow
from models.tables.referral import RecordRow, ReferralRow
from models.vocabulary import Kind
from tests.support.hub import Hub
from tests.support.pictures import JPEG, PAGE, PDF, PROGRAM, WEBP, png
from tests.web.desk import Answer, Desk, Sit
from tests.web.queries import asked

CONCERN = {"concerns": "neglect", "words": "two bruises on the arm", "channel": "email"}
MEGABYTE = 1024 * 1024
MOST_QUERIES = 36


def send(desk: Desk, path: str, typed: dict[str, str], *files: tuple[str, bytes]) -> Answer:
    """Send a form with files, as a browser does."""
    seen = desk.look(path)
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf|version)" value="([^"]*)"', seen.page))
    parts = [f'form-data; name="{name}"\r\n\r\n{said}'.encode() for name, said in {**hidden, **typed}.items()]
    for name, content in files:
        said = f'form-data; name="_file"; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(said.encode() + content)
    body = b"".join(b"--edge\r\nContent-Disposition: " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    more = {"Content-Type": "multipart/form-data; boundary=edge", "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(desk.address + path, body, more)
    try:
        with desk.opener.open(request) as answer:
            return Answer(answer.url.removeprefix(desk.address), answer.status, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(path, error.code, error.read().decode())


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed out, or refused."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes


def fetch(desk: Desk, reference: str, file: int | str) -> Handed:
    """Ask for one file."""
    try:
        with desk.opener.open(f"{desk.address}/referrals/{reference}/evidence/{file}") as answer:
            return Handed(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Handed(error.code, error.headers, error.read())


def add(desk: Desk, reference: str, *files: tuple[str, bytes], **typed: str) -> Answer:
    """Add a concern with files."""
    return send(desk, f"/referrals/{reference}/do/add-concern", {**CONCERN, **typed}, *files)


def contacts(hub: Hub) -> list[dict[str, object]]:
    """Return what is on record of each contact."""
    return [row["data"] for row in hub.rows(RecordRow, kind=Kind.CONTACT.value)]


def test_what_is_sent_with_a_concern_is_counted_and_shown_beside_it(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    done = add(sit("dsl"), reference, ("arm.png", png()), ("letter.pdf", PDF))

    assert done.path == f"/referrals/{reference}?done=add-concern"
    assert contacts(hub)[-1]["attachments"] == 2
    said = sit("tara").look(f"/referrals/{reference}/concerns")
    assert "2 files came with it: not opened yet" in said.text
    assert "arm.png" in said.text
    assert said.text.count("Nobody has opened it yet.") == 2
    assert "<img" not in said.page


@pytest.mark.parametrize(
    ("content", "type_"),
    [(png(), "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp"), (PDF, "application/pdf")],
    ids=["png", "jpeg", "webp", "pdf"],
)
def test_each_sort_is_handed_out_as_what_it_is_and_kept_nowhere_on_the_way(
    hub: Hub, sit: Sit, content: bytes, type_: str
) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("Kezia Okafor.exe", content))

    handed = fetch(sit("tara"), reference, 1)
    assert (handed.status, handed.content) == (200, content)
    assert handed.headers["Content-Type"] == type_
    assert re.fullmatch(r'inline; filename="evidence-1\.[a-z]+"', handed.headers["Content-Disposition"])
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert handed.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in handed.headers["Content-Security-Policy"]


REFUSED = [
    ("a program named .jpg", [("bruise.jpg", PROGRAM)], "“bruise.jpg” is not a photograph"),
    ("a page named .png", [("bruise.png", PAGE)], "“bruise.png” is not a photograph"),
    ("an empty file", [("bruise.jpg", b"")], "“bruise.jpg” is empty."),
    ("too large", [("bruise.jpg", JPEG + bytes(10 * MEGABYTE))], "“bruise.jpg” is larger than 10 MB."),
    ("too many", [("bruise.jpg", JPEG)] * 21, "At most 20 files at once: these are 21."),
    ("one of two", [("one.jpg", JPEG), ("two.jpg", PROGRAM)], "“two.jpg” is not a photograph"),
]


@pytest.mark.parametrize(("files", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_not_taken_is_named_and_nothing_is_half_written(
    hub: Hub, sit: Sit, files: list[tuple[str, bytes]], says: str
) -> None:
    reference = hub.refer()
    before = hub.row(reference)
    refused = add(sit("dsl"), reference, *files)

    assert refused.status == 400
    assert says in refused.text
    assert "None of the files was taken." in refused.text
    assert "Choose them again" in refused.text
    assert "two bruises on the arm" in refused.page
    assert (hub.row(reference), hub.rows(AttachmentRow)) == (before, [])


def test_the_largest_file_and_twenty_of_them_are_taken(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    largest = JPEG + bytes(10 * MEGABYTE - len(JPEG))
    add(sit("dsl"), reference, ("large.jpg", largest), *[("small.jpg", JPEG)] * 19)

    assert len(hub.rows(AttachmentRow)) == 20
    assert fetch(sit("tara"), reference, 1).content == largest


def test_far_too_much_is_refused_before_it_is_read(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    refused = add(sit("dsl"), reference, *[("large.jpg", bytes(10 * MEGABYTE + 1))] * 25)

    assert refused.status == 400
    assert "more than can be sent at once" in refused.text
    assert hub.rows(AttachmentRow) == []


def test_what_a_rule_or_a_field_refuses_keeps_no_file(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    refused = add(sit("dsl"), reference, ("arm.png", png()), words="x")

    assert refused.status == 400
    assert "Choose them again" in refused.text
    assert hub.rows(AttachmentRow) == []
    assert len(contacts(hub)) == 1


def test_more_may_have_come_than_were_sent(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("arm.png", png()), attachments="11")
    add(sit("dsl"), reference, attachments="3")

    assert [one.get("attachments") for one in contacts(hub)] == [None, 11, 3]


def test_an_outsider_learns_of_no_file_and_an_agency_has_what_it_sent_itself(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    add(sit("tara"), reference, ("from tara.png", png()))
    add(sit("dsl"), reference, ("from dsl.png", png(9, 9)))

    assert [fetch(sit("dsl"), reference, file).status for file in (1, 2)] == [404, 200]
    refused, nowhere = (fetch(sit("kit"), one, 2) for one in (reference, "M000999"))
    assert (refused.status, nowhere.status) == (404, 404)
    assert [fetch(sit("tara"), reference, file).status for file in (1, 2, 3, "x", "9" * 30)] == [
        200,
        200,
        404,
        404,
        404,
    ]
    page = sit("dsl").look(f"/referrals/{reference}").text
    assert "from dsl.png" in page
    assert "from tara.png" not in page


def test_a_file_is_found_under_its_own_referral_alone(hub: Hub, sit: Sit) -> None:
    reference, other = hub.refer(), hub.refer(child="Another Child")
    add(sit("dsl"), reference, ("arm.png", png()))

    assert fetch(sit("tara"), other, 1).status == 404


def test_each_look_is_logged_and_says_nothing_of_what_is_seen(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("Kezia Okafor.png", png()))
    fetch(sit("tara"), reference, 1)
    fetch(sit("kit"), reference, 1)

    looks = [(row["account_id"], row["what"], row["shown"]) for row in hub.rows(ReadRow) if "file" in row["what"]]
    assert looks == [("tara", "file 1", True), ("kit", "file 1", False)]


def test_what_came_is_said_to_be_opened_only_by_who_opened_it(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("one.png", png()), ("two.png", png()))
    desk, form = sit("tara"), f"/referrals/{reference}/do/review-evidence"
    fetch(desk, reference, 1)
    fetch(sit("mona"), reference, 2)

    typed = {"notes.1": "a bruise on the left arm", "words": "two bruises"}
    refused = send(desk, form, typed)
    assert refused.status == 400
    assert "One file has not been opened by you yet." in refused.text
    assert "a bruise on the left arm" in refused.page
    assert hub.rows(RecordRow, kind=Kind.REVIEWED_EVIDENCE.value) == []
    fetch(desk, reference, 2)
    assert send(desk, form, typed).path == f"/referrals/{reference}?done=review-evidence"
    (noted,) = hub.rows(RecordRow, kind=Kind.REVIEWED_EVIDENCE.value)
    assert noted["data"]["notes"] == {"1": "a bruise on the left arm"}
    said = sit("mona").look(f"/referrals/{reference}/concerns").text
    assert "Opened by tara example on" in said
    assert re.search(r"a bruise on the left arm tara example, 10 March 2026", said)
    assert "2 files came with it: opened by tara example" in said


def test_a_note_may_be_added_later_by_somebody_else(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("one.png", png()))
    fetch(sit("tara"), reference, 1)
    form = f"/referrals/{reference}/do/review-evidence"
    send(sit("tara"), form, {"notes.1": "a bruise"})
    send(sit("mona"), form, {"notes.1": "an old one"})

    said = sit("sam").look(f"/referrals/{reference}/concerns").text
    assert said.index("a bruise tara example") < said.index("an old one mona example")


def test_without_the_key_pages_work_and_files_stay_sealed(hub: Hub, sit: Sit, tmp_path: Path) -> None:
    reference = hub.refer()
    add(sit("dsl"), reference, ("arm.png", png()))
    key = (tmp_path / "key").read_bytes()
    (tmp_path / "key").unlink()

    sealed = fetch(sit("tara"), reference, 1)
    assert sealed.status == 400
    assert b"stays sealed" in sealed.content
    assert "It stays sealed:" in sit("tara").look(f"/referrals/{reference}/concerns").text
    refused = add(sit("dsl"), reference, ("arm.png", png()))
    assert "The key with which files are sealed is missing" in refused.text
    assert len(contacts(hub)) == 2
    assert not (tmp_path / "key").exists()
    (tmp_path / "key").write_bytes(key)
    assert fetch(sit("tara"), reference, 1).content == png()


def test_the_pages_ask_as_often_for_twenty_files_as_for_one(hub: Hub, sit: Sit) -> None:
    reference = hub.refer()
    desk = sit("tara")
    counts = []
    for files in (1, 20):
        add(sit("dsl"), reference, *[("arm.png", png())] * files)
        with asked(hub.engine.database) as said:
            desk.look(f"/referrals/{reference}/concerns")
        counts.append(len(said))
    assert counts[0] == counts[1] <= MOST_QUERIES


CHILD = {"child": "Kezia Okafor", "born": "2023-01-01", **CONCERN}


def test_files_come_with_the_first_call_as_well(hub: Hub, sit: Sit) -> None:
    receipt = send(sit("dsl"), "/refer", CHILD, ("arm.png", png()))

    assert receipt.path == "/refer/received/M000001"
    assert [one.get("attachments") for one in contacts(hub)] == [1]
    assert fetch(sit("tara"), "M000001", 1).content == png()
    assert send(sit("dsl"), "/refer", CHILD, ("again.png", png())).path == "/refer/received/M000001"
    assert [row["record_id"] for row in hub.rows(AttachmentRow)] == [1, 2]


def test_a_first_call_whose_file_is_refused_refers_nobody_and_keeps_what_was_typed(hub: Hub, sit: Sit) -> None:
    refused = send(sit("dsl"), "/refer", CHILD, ("arm.jpg", PROGRAM))

    assert refused.status == 400
    assert "“arm.jpg” is not a photograph" in refused.text
    assert 'value="Kezia Okafor"' in refused.page
    assert hub.rows(ReferralRow) == hub.rows(AttachmentRow) == []
