"""Writing the generated documents: `python -m cli.docs` writes them, `python -m cli.docs --check` says which are old."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cli.markdown import page, table
from cli.review_page import review
from cli.rules_page import rules
from models.vocabulary import Role, State
from workflow import picture
from workflow.permissions import MAY
from workflow.verbs import REFER, VERBS

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs"


def states() -> str:
    """Write the states and moves: the picture, and the table that decides."""
    rows = [
        (
            State(one.start).label,
            one.move.replace("_", " "),
            State(one.end).label + (" (if it came from there)" if one.back else ""),
        )
        for one in picture.moves()
    ]
    return page("States", f"```mermaid\n{picture.mermaid()}\n```", table(("From", "Move", "To"), rows))


def permissions() -> str:
    """Write who may do what. What is not in the table is not allowed."""
    roles = list(Role)
    head = ("Verb", "What it does", *(role.value.replace("_", " ") for role in roles))
    verbs = [REFER, *VERBS.values()]
    rows = [
        (f"`{verb.name}`", verb.says, *("yes" if role in MAY[verb.name] else "" for role in roles)) for verb in verbs
    ]
    return page("Permissions", "Who may do what. Whatever is not marked is not allowed.", table(head, rows))


PAGES: Final[dict[str, Callable[[], str]]] = {
    "states.md": states,
    "permissions.md": permissions,
    "rules.md": rules,
    "review.md": review,
}


def old() -> list[str]:
    """Return the names of the documents that are not what the code says now."""
    return [
        name
        for name, write in PAGES.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != write()
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the documents, or with `--check` only compare them."""
    stale = old()
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is old: run `python -m cli.docs`.")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
