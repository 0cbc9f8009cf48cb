"""The command `mash`: its groups of commands, and what becomes of everything that goes wrong."""

import os
import sys
from collections.abc import Sequence
from typing import Final

import typer

from cli import failure, packs, post, reading, referring, replaying, rules, running
from workflow.errors import BadCommandError, MashError

app: Final = typer.Typer(
    name="mash",
    help="A safeguarding hub's referrals, from a worried call to a signed-off closure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for group in (running, referring, reading, post, rules, packs, replaying):
    group.register(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Whatever happens, people read a sentence and never a trace."""
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    try:
        code = app(args=words, prog_name="mash", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else failure.DONE
    except MashError as error:
        return failure.tell(error, as_json=as_json)
    except typer.TyperException as error:
        return _misread(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        print("\nStopped.", file=sys.stderr)
        return failure.STOPPED
    except BrokenPipeError:
        # Whoever read has gone. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return failure.PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 (the last line of defence between a trace and a person)
        known = failure.understood(error)
        return failure.tell(known, as_json=as_json) if known else failure.tell_unexpected(error, as_json=as_json)


def _misread(error: typer.TyperException, *, as_json: bool) -> int:
    says = error.format_message()
    if not says:  # `mash` alone has shown its help already.
        return failure.BAD_INPUT
    return failure.tell(BadCommandError(says, "`mash --help` lists the commands."), as_json=as_json)


if __name__ == "__main__":
    sys.exit(main())
