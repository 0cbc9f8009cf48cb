"""The packet of evidence beside the forms that close a case or step it down, and the names it is read with."""

import re
from dataclasses import dataclass
from typing import Any, Final

from web.fields import fields
from web.page import Page
from web.titles import title
from web.wording import acts, words
from workflow import drafts
from workflow.held_to import Held, Missing
from workflow.packet import packet
from workflow.seen import CaseFile
from workflow.verbs import VERBS

_NOT_FOR_OTHERS: Final = frozenset(
    {"give-view", "challenge", "withdraw-challenge", "accept", "decline", "sign-off", "return-closure"}
)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a packet is read aloud: accounts by name and work, and what may be done about it by whoever reads."""

    file: CaseFile
    doing: str

    def person(self, who: str | None) -> str:
        """Return somebody's name."""
        return self.file.names.person(who) if who else "somebody who is not named"

    def at_work(self, who: str) -> str:
        """Return somebody's name with their work and agency, where they are still here."""
        found = next((one for one in self.file.at_work if one.account == who), None)
        return f"{found.name}, {words(found.kind)}, {found.agency}" if found else self.person(who)

    def missing(self, one: Missing) -> str:
        """Say what is missing, with people by name."""
        said = acts(one.says)
        for who in one.of:
            # The sentence has the id as the record spells it, or with its underscores taken out.
            spelt = "|".join(re.escape(form) for form in {who, who.replace("_", " ")})
            said = self.person(who).join(re.split(rf"(?<!\w)(?:{spelt})(?!\w)", said))
        return said

    def mend(self, rule: Held) -> str:
        """Say who can mend it."""
        return acts(rule.who_can_mend) or ", ".join(f"“{title(verb)}”" for verb in rule.mended_by)

    def mends(self, rule: Held) -> list[str]:
        """Return the acts that would mend it and that this person may do now: nobody gives a view for somebody else."""
        not_here = _NOT_FOR_OTHERS | {self.doing}
        return [verb for verb in rule.mended_by if verb not in not_here and self.may(verb)]

    def may(self, verb: str) -> bool:
        """Tell whether this person may do something now."""
        return any(option.verb == verb for option in self.file.seen.options)


def signing(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what stands beside signing a closure off, or sending it back: both are done from the one page."""
    place = f"/referrals/{file.seen.reference}/do/return-closure"
    with page.product.database.reading() as connection:
        kept = drafts.kept(connection, page.actor.id, place)
    return {
        **_packet(page, file, "sign-off"),
        "returning": fields("return-closure", VERBS["return-closure"].command, {}),
        "begun": kept.values if kept else {},
    }


def proposing(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what stands beside putting a case forward for closing: the packet, as it fills."""
    return _packet(page, file, "propose-closure")


def stepping_down(page: Page, file: CaseFile) -> dict[str, Any]:
    """Return what stands beside offering a case to early help."""
    return _packet(page, file, "offer-step-down")


def _packet(page: Page, file: CaseFile, verb: str) -> dict[str, Any]:
    assert file.case is not None, "only the council's own may close a case"
    terms = page.product.engine.terms(page.now)
    return {
        "packet": packet(file.case, verb, page.actor, file.seen.worker.account, page.now, terms),
        "read": Reader(file, verb),
    }
