"""The command `mash`: its groups of commands, and what becomes of everything that goes wrong."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

import typer

from cli import (
    asking,
    chronology,
    failure,
    opening,
    packs,
    post,
    reading,
    referring,
    replaying,
    rules,
    running,
    signing_in,
    verbs,
)
from cli.understanding import understood
from workflow.errors import BadCommandError, MashError

CODES: Final = (
    "Exit codes: 0 done; 1 blocked or not sound; 2 not understood, or a faulty file; 3 not found; "
    "4 changed meanwhile; 5 not set up."
)

app: Final = typer.Typer(
    name="mash",
    help="A safeguarding hub's referrals, from a worried call to a signed-off closure.",
    epilog=CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # boxes would cost each `--help` three times its time, and survive no pipe
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for group in (running, signing_in, reading, chronology, referring, asking, verbs, post, rules, packs, replaying):
    group.register(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Whatever happens, people read a sentence and never a trace."""
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    out, err = sys.stdout, sys.stderr
    for stream in (out, err):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that this terminal cannot write is no reason to fail
    try:
        code = app(args=words or ["--help"], prog_name="mash", standalone_mode=False)
        if out is not None:  # it is None where somebody closed it: mash states >&-
            out.flush()
        if code == failure.STOPPED:  # Typer has caught a Ctrl-C
            raise KeyboardInterrupt
        return code if isinstance(code, int) else failure.DONE
    except MashError as error:
        return failure.tell(error, as_json=as_json)
    except typer.TyperException as error:
        return _misread(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        print("\nStopped.", file=sys.stderr)
        return failure.STOPPED
    except (BrokenPipeError, SystemExit):
        # Whoever read has gone (Typer makes the second of the first). Python would complain again at its last flush.
        sys.stdout, sys.stderr = out, err
        _let_go(out)
        return failure.PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 (the last line of defence between a trace and a person)
        known = understood(error)
        if isinstance(error, OSError) and error.filename is None:  # the output itself cannot be written
            _let_go(out)
            as_json = False
        return failure.tell(known, as_json=as_json) if known else failure.tell_unexpected(error, as_json=as_json)
    finally:
        opening.close()


def _let_go(out: TextIO) -> None:
    """Send what is still to be printed nowhere."""
    with contextlib.suppress(OSError):  # it may be no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _misread(error: Any, *, as_json: bool) -> int:
    says = str(error.format_message()).strip()
    if not says:  # `mash` alone has shown its help already.
        return failure.BAD_INPUT
    for pattern, words in _PLAINER:
        says = re.sub(pattern, words, says)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "mash"
    advice = "`mash --help` lists the commands." if command == "mash" else f"`{command} --help` says how it is used."
    return failure.tell(BadCommandError(says if says[-1] in ".?" else f"{says}.", advice), as_json=as_json)


# Click's words for what people mistype most, and ours.
_PLAINER: Final = (
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", r"\1 is a whole number."),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", r"Too many words: \1."),
    (r"Option '(.+?)' requires an argument", r"\1 needs a value"),
    (r"No such option: (\S+)", r"There is no option \1"),
    (r"No such command '(.*?)'", r"There is no command '\1'"),
    (r"Missing argument '(.+?)'", r"\1 is missing"),
)


if __name__ == "__main__":
    sys.exit(main())
