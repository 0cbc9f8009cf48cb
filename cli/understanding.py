"""Turning a library's complaint that a person can put right into a sentence: what, where, and what to do."""

import errno
from typing import Any, Final

from cli.failure import NotSetUpError
from workflow.errors import MashError

ADDRESS: Final = "Write it as sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME, or unset it for the default."
OTHER_VERSION: Final = "The database was made by a version of mash that this one does not know"
OTHER_VERSION_ADVICE: Final = "Use the version that made it, or name another database; nothing was changed."
_TROUBLE: Final = {
    errno.ENOENT: "is not there",
    errno.EACCES: "may not be read or written by this user",
    errno.EPERM: "may not be read or written by this user",
    errno.EROFS: "lies on a disk that cannot be written",
    errno.ENOSPC: "cannot be written, because the disk is full",
    errno.EEXIST: "is a file where a folder is wanted",
    errno.ENOTDIR: "lies below a file where a folder is wanted",
    errno.EISDIR: "is a folder where a file is wanted",
}


def understood(error: Exception) -> MashError | None:
    """Return the sentence for a complaint that a person can put right, or None where it is no such thing."""
    family = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if "config.policy_values.PolicyError" in family:
        return _faulty(
            "A policy pack cannot be used", error, "Mend it; `mash policy check FILE` says when it is sound."
        )
    if "notifications.channel_settings.ChannelsError" in family:
        return _faulty("The channels cannot be used", error, "Mend the file that MASH_CHANNELS names, or unset it.")
    if "pydantic_core._pydantic_core.ValidationError" in family and getattr(error, "title", "") == "Settings":
        return _bad_setting(error)
    if "sqlalchemy.exc.DBAPIError" in family:
        return _database(error, family)
    if "alembic.util.exc.CommandError" in family:
        return NotSetUpError(f"{OTHER_VERSION}.", OTHER_VERSION_ADVICE)
    return _file(error) if isinstance(error, OSError) else None


def _faulty(says: str, error: Exception, advice: str) -> MashError:
    lines = [line.rstrip(".") for line in str(error).splitlines()]
    return NotSetUpError(f"{says}: {'; '.join(lines)}.".replace("?.", "?"), advice)


def _bad_setting(error: Any) -> MashError:
    from workflow.misread import faults

    wrong = [{**fault, "loc": (f"MASH_{'_'.join(map(str, fault['loc'])).upper()}",)} for fault in error.errors()]
    return NotSetUpError(
        f"A setting cannot be used: {'; '.join(faults(wrong))}.", "Set it anew, or unset it for the default."
    )


def _database(error: Any, family: set[str]) -> MashError | None:
    where = _place()
    said = str(error.orig).lower()
    if "locked" in said:
        return NotSetUpError(f"The database is busy: somebody else is writing ({where}).", "Try again in a moment.")
    if "readonly" in said or "read-only" in said:
        return NotSetUpError(
            f"The database may not be written ({where}).", "Check who may write the file and its folder."
        )
    if "not a database" in said or "malformed" in said:
        return NotSetUpError(
            f"This is no database, or a damaged one ({where}).",
            "Put a sound copy there, or name another with MASH_DATABASE_URL or MASH_HOME.",
        )
    if "no such table" in said or "no such column" in said or _missing(family, said):
        return NotSetUpError(
            f"The database is not as mash made it: a part is missing ({where}).", "Put a sound copy in its place."
        )
    if {"sqlalchemy.exc.OperationalError", "sqlalchemy.exc.InterfaceError"} & family:
        return NotSetUpError(
            f"The database cannot be reached ({where}).", "Check MASH_DATABASE_URL and MASH_HOME, then try again."
        )
    return None


def _missing(family: set[str], said: str) -> bool:
    return "sqlalchemy.exc.ProgrammingError" in family and "does not exist" in said


def _place() -> str:
    """Name the database without its password."""
    from sqlalchemy.engine import make_url

    from config import settings

    url = make_url(settings.load().database)
    return str(url.database) if url.drivername.startswith("sqlite") else f"{url.host or 'this machine'}/{url.database}"


def _file(error: OSError) -> MashError:
    trouble = _TROUBLE.get(error.errno or 0, (error.strerror or "cannot be used").lower())
    if error.filename is None:
        return NotSetUpError(f"The output {trouble}.", "Write it elsewhere; what was asked may have been done already.")
    return NotSetUpError(f"{error.filename} {trouble}.", "Check MASH_HOME, and who may write there.")


def check_address(written: str) -> None:
    """Refuse what is no address of a database, without repeating it: it may hold a password."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        known = make_url(written).get_backend_name() in {"sqlite", "postgresql"}
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise NotSetUpError("MASH_DATABASE_URL is not the address of a database that mash can use.", ADDRESS)
