"""What came with a contact: taken in with the act itself, sealed, opened only through the door, and noted.

Who opened what is read off the log of looks, which is written before anything is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, or_, select

from models.commands.base import Command
from models.commands.front_door import Refer
from models.commands.referral import ReferFamily
from models.tables.evidence import AttachmentRow
from models.tables.people import AccountRow
from models.tables.reads import ReadRow
from models.tables.referral import RecordRow
from models.vocabulary import Kind
from workflow import store
from workflow.access import let_in
from workflow.actions.act import Actor
from workflow.engine import SEES_EVERYTHING, Done, Engine
from workflow.errors import BadCommandError
from workflow.evidence_files import ENDINGS, Sent, plain_name, sort_of
from workflow.intake import refer_within
from workflow.referral_form import refer_family_within
from workflow.sealing import Seal, fingerprint
from workflow.sharing import own

_OPENED: Final = "file "
_TRIED: Final = "sealed file "
_LARGEST_ID: Final = 2**63 - 1
_of_a_file = or_(ReadRow.what.like(f"{_OPENED}%"), ReadRow.what.like(f"{_TRIED}%"))


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who opened a file, and when they first did."""

    account: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """One file as the record knows it, without what is in it. `tried` are those who could not open it."""

    id: int
    record: int
    name: str
    type: str
    size: int
    added_by: str
    added_at: datetime
    looks: tuple[Look, ...] = ()
    tried: frozenset[str] = frozenset()

    @property
    def is_picture(self) -> bool:
        """Tell whether it can be shown in its place."""
        return self.type.startswith("image/")

    @property
    def sealed(self) -> bool:
        """Tell whether the only ones who tried found it sealed."""
        return bool(self.tried) and not self.looks

    def was_opened_by(self, account: str) -> bool:
        """Tell whether this person opened it, or found that it cannot be opened."""
        return account in self.tried or any(one.account == account for one in self.looks)


def take_in(
    engine: Engine, actor: Actor, now: datetime, files: Sequence[Sent], seal: Seal, act: Callable[[Connection], Done]
) -> Done:
    """Do an act that brings a contact, and keep what came with it: in one transaction, all of it or nothing."""
    with engine.database.unit_of_work() as connection:
        done = act(connection)
        if files:
            _keep(connection, store.number(done.reference), actor, now, files, seal)
        return done


def add_concern(
    engine: Engine,
    reference: str,
    actor: Actor,
    now: datetime,
    command: Command,
    seen_version: int | None,
    files: Sequence[Sent],
    seal: Seal,
) -> Done:
    """Add a concern to a referral, with what came with it."""
    number = store.number(reference)

    def act(connection: Connection) -> Done:
        return engine.act_within(connection, number, "add-concern", actor, now, command, seen_version)

    return take_in(engine, actor, now, files, seal, act)


def refer_with(engine: Engine, actor: Actor, now: datetime, command: Refer, files: Sequence[Sent], seal: Seal) -> Done:
    """Tell the hub about a child, with what came with it."""
    return take_in(engine, actor, now, files, seal, lambda opened: refer_within(engine, opened, actor, now, command))


def tell_of_family(
    engine: Engine, actor: Actor, now: datetime, told: ReferFamily, files: Sequence[Sent], seal: Seal
) -> tuple[Done, ...]:
    """Tell the hub about the children of a family, with what came with it: all of it for each of them, or nothing."""
    with engine.database.unit_of_work() as connection:
        done = refer_family_within(engine, connection, actor, now, told)
        if files:
            first, *others = (store.number(one.reference) for one in done)
            kept = _keep(connection, first, actor, now, files, seal)
            for number in others:
                _keep_again(connection, number, kept)
        return done


def _keep(
    connection: Connection, number: int, actor: Actor, now: datetime, files: Sequence[Sent], seal: Seal
) -> list[dict[str, Any]]:
    others = connection.execute(select(AttachmentRow.id).limit(1)).first()
    sealing = seal.ready(may_make=others is None)
    record = _brought(connection, number)
    kept = []
    for file in files:
        sort = sort_of(file.content)
        if sort is None:
            raise BadCommandError("One of the files is neither a photograph nor a PDF.")
        values: dict[str, Any] = {
            "referral_id": number,
            "record_id": record,
            "name": plain_name(file.name),
            "type": sort,
            "size": len(file.content),
            "digest": fingerprint(file.content),
            "sealed": sealing.encrypt(file.content),
            "added_by": actor.id,
            "added_at": now,
        }
        made = connection.execute(insert(AttachmentRow).values(**values).returning(AttachmentRow.id)).scalar_one()
        kept.append({**values, "sealed": None, "same_as": made})
    return kept


def _keep_again(connection: Connection, number: int, kept: Sequence[Mapping[str, Any]]) -> None:
    """Keep with a brother's or sister's referral what came for all of them, without its bytes."""
    record = _brought(connection, number)
    connection.execute(insert(AttachmentRow), [{**one, "referral_id": number, "record_id": record} for one in kept])


def _brought(connection: Connection, number: int) -> int:
    """Return the contact that was just told: the referral is held until the commit, so it is the newest."""
    newest = select(func.max(RecordRow.id)).where(RecordRow.referral_id == number, RecordRow.kind == Kind.CONTACT.value)
    return int(connection.execute(newest).scalar_one())


def attached(connection: Connection, reference: str) -> tuple[Attached, ...]:
    """Return the files of a referral in the order in which they came. For those who may see all of it."""
    number = store.number(reference)
    rows = _files(connection, number)
    if not rows:
        return ()
    looks, tried = _looks(connection, rows)
    held = [(row, row.same_as or row.id) for row in rows]
    return tuple(_attached(row, tuple(looks.get(at, ())), frozenset(tried.get(at, ()))) for row, at in held)


def own_files(connection: Connection, reference: str, actor: Actor) -> tuple[Attached, ...]:
    """Return what an agency sent itself. Who else opened it is not its own part."""
    number = store.number(reference)
    by = {
        row.id: row.by
        for row in connection.execute(select(RecordRow.id, RecordRow.by).where(RecordRow.referral_id == number))
    }
    return tuple(_attached(row) for row in _files(connection, number) if by.get(row.record_id) == actor.id)


def _files(connection: Connection, number: int) -> Sequence[Any]:
    columns = [column for column in AttachmentRow.__table__.columns if column.name != "sealed"]
    query = select(*columns).where(AttachmentRow.referral_id == number).order_by(AttachmentRow.id)
    return connection.execute(query).all()


def _attached(row: Any, looks: tuple[Look, ...] = (), tried: frozenset[str] = frozenset()) -> Attached:
    return Attached(row.id, row.record_id, row.name, row.type, row.size, row.added_by, row.added_at, looks, tried)


def _looks(connection: Connection, rows: Sequence[Any]) -> tuple[dict[int, list[Look]], dict[int, list[str]]]:
    """Return who opened each file, and who tried. Opened for a brother or sister, the same file has been opened."""
    kept = {row.same_as or row.id for row in rows}
    same = select(AttachmentRow.id, AttachmentRow.same_as, AttachmentRow.referral_id).where(
        or_(AttachmentRow.id.in_(kept), AttachmentRow.same_as.in_(kept))
    )
    of = {row.id: row for row in connection.execute(same)}
    first = func.min(ReadRow.at)
    query = (
        select(ReadRow.what, ReadRow.account_id, AccountRow.name, first.label("at"))
        .join(AccountRow, AccountRow.id == ReadRow.account_id)
        .where(ReadRow.referral_id.in_({row.referral_id for row in of.values()}), ReadRow.shown.is_(True), _of_a_file)
        .group_by(ReadRow.what, ReadRow.account_id, AccountRow.name)
        .order_by(first)
    )
    looks: dict[int, dict[str, Look]] = {}
    tried: dict[int, list[str]] = {}
    for row in connection.execute(query):
        sort, _, file = row.what.rpartition(" ")
        if not file.isdigit() or int(file) not in of:
            continue
        held = of[int(file)].same_as or int(file)
        if f"{sort} " == _OPENED:
            looks.setdefault(held, {}).setdefault(row.account_id, Look(row.account_id, row.name, row.at))
        elif f"{sort} " == _TRIED:
            tried.setdefault(held, []).append(row.account_id)
    return {held: list(by.values()) for held, by in looks.items()}, tried


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it is handed out. `content` is nothing where it stays sealed."""

    type: str
    ending: str
    content: bytes | None


def open_one(engine: Engine, reference: str, file: int, actor: Actor, now: datetime, seal: Seal) -> Opened:
    """Return one file to whoever may see the whole record, or sent it themselves; log the look first.

    To anybody else there is no such file, nor any such referral. Raises `NotFoundError`.
    """
    number = store.number(reference)
    query = select(AttachmentRow.__table__).where(AttachmentRow.id == file, AttachmentRow.referral_id == number)
    with engine.database.reading() as connection:
        row = connection.execute(query).first() if file <= _LARGEST_ID else None
        sealed = _bytes_of(connection, row)
    content = seal.opened(sealed, row.digest) if row is not None and sealed is not None else None

    def allowed(loaded: Any) -> bool:
        if row is None:
            return False
        if actor.role in SEES_EVERYTHING:
            return True
        return any(event.index == row.record_id and own(event, actor, {actor.id}) for event in loaded.case.record)

    let_in(engine, reference, actor, now, f"{_OPENED if content is not None else _TRIED}{file}"[:40], allowed)
    assert row is not None
    return Opened(row.type, ENDINGS[row.type], content)


def _bytes_of(connection: Connection, row: Any) -> bytes | None:
    """Return a file's sealed bytes: its own, or those of the brother's or sister's file that holds them."""
    if row is None or row.same_as is None:
        return row.sealed if row is not None else None
    return connection.execute(select(AttachmentRow.sealed).where(AttachmentRow.id == row.same_as)).scalar()


def review(
    engine: Engine, reference: str, actor: Actor, now: datetime, command: Command, seen_version: int | None
) -> Done:
    """Record that what came was opened, of somebody who has opened it: each file of which nothing was said before."""
    with engine.database.reading() as connection:
        files = attached(connection, reference)
        loaded = engine.load(connection, store.number(reference), now)
    left = unopened(files, loaded.case.record, actor.id)
    if left:
        raise BadCommandError(
            f"{'One file has' if len(left) == 1 else f'{len(left)} files have'} not been opened by you yet.",
            "Open each of them below, then record it.",
        )
    return engine.act(reference, "review-evidence", actor, now, command, seen_version=seen_version)


def unopened(files: Sequence[Attached], record: Sequence[Any], account: str) -> tuple[Attached, ...]:
    """Return the files that somebody has yet to open before they say so: those that nobody has noted yet. Pure."""
    noted = {code for event in record if event.kind is Kind.REVIEWED_EVIDENCE for code in event.codes("for")}
    marks = {event.index: event.id for event in record}
    return tuple(one for one in files if marks.get(one.record) not in noted and not one.was_opened_by(account))
