"""What can be done to a referral: the verbs, the details each takes, and who may use them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.opening import AsJson
from cli.printing import emit, say, table

if TYPE_CHECKING:
    from workflow.actions.act import Verb


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(verbs)


def verbs(
    verb: Annotated[str, typer.Argument(metavar="[VERB]", help="One verb, for its details.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what can be done to a referral, or one verb's details."""
    from workflow.verbs import REFER, VERBS

    if verb:
        _details(named(verb), as_json=as_json)
    elif as_json:
        emit([_card(one) for one in (REFER, *VERBS.values())])
    else:
        rows = [(one.name, one.stage.value.replace("_", " "), one.says) for one in (REFER, *VERBS.values())]
        table(("VERB", "STAGE", "WHAT IT DOES"), rows)
        print()
        say("`mash verbs VERB` lists its details; `mash why REF VERB` says what blocks it.")


def named(name: str) -> "Verb":
    """Return a verb by name, `refer` among them, or say that there is none."""
    from workflow.asking import find_verb
    from workflow.verbs import REFER

    return REFER if name == REFER.name else find_verb(name)


def roles(verb: str) -> list[str]:
    """Return who may use a verb, as people say it."""
    from workflow.permissions import MAY

    return sorted(role.value.replace("_", " ") for role in MAY.get(verb, ()))


def either(words: list[str]) -> str:
    """Join words as a choice: a, b or c."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nobody"


def command_line(verb: "Verb", reference: str, account: str = "") -> str:
    """Return how a verb is typed, with the details it cannot do without."""
    needs = [f"{key}=..." for key, field in verb.command.model_fields.items() if field.is_required()]
    return " ".join(["mash", "act", reference, verb.name, *needs, *(["--as", account] if account else [])])


def _card(verb: "Verb") -> dict[str, Any]:
    from cli.given import fields
    from workflow.permissions import MAY

    may = sorted(MAY.get(verb.name, ()))
    return {"verb": verb.name, "stage": verb.stage, "says": verb.says, "roles": may, "takes": fields(verb)}


def _details(verb: "Verb", *, as_json: bool) -> None:
    from workflow.verbs import REFER

    card = _card(verb)
    if as_json:
        emit(card)
        return
    say(f"{verb.name}: {verb.says}")
    say(f"It may be done by: {either(roles(verb.name))}.")
    print()
    # What cannot be left out first; the way past a rule that only warns last.
    ordered = sorted(card["takes"], key=lambda one: (not one["needed"], one["key"] == "anyway"))
    rows = [
        (one["key"], "yes" if one["needed"] else "", "; ".join(filter(None, (one["says"], _choice(one["choices"])))))
        for one in ordered
    ]
    table(("KEY", "NEEDED", "WHAT TO WRITE"), rows)
    print()
    typed = command_line(verb, "REF") if verb is not REFER else "mash refer child=... born=... concerns=... words=..."
    say(f"For example: {typed}")


def _choice(choices: list[str]) -> str:
    return f"one of: {', '.join(choices)}" if choices else ""
