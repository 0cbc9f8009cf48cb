"""Refusals and mistakes, in sentences: what is missing, who can mend it, why, and what to do next."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one rule refuses a decision. The same on page, API and command line.

    `reckoning` says, where a rule counts weeks or visits, since when, how many, and from when it would be enough.
    """

    rule: str
    says: str
    missing: str
    who_can_mend: str
    source: str
    link: str
    reckoning: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the refusal as plain data."""
        return asdict(self)


class MashError(Exception):
    """Something that a person can put right. The message is a sentence; `advice` says what to do."""

    def __init__(self, says: str, advice: str = "") -> None:
        """Keep the sentence and the advice apart, so that each place can show them its own way."""
        super().__init__(says)
        self.says = says
        self.advice = advice


class NotFoundError(MashError):
    """No such thing, or none that this person may know of: both look the same."""


class NotPermittedError(MashError):
    """The person may see the referral, but their role may not do this."""


class OutOfTurnError(MashError):
    """The referral does not stand where this could be done."""


class BadCommandError(MashError):
    """What was asked cannot be understood, or cannot be so."""


class ChangedError(MashError):
    """Somebody else acted while this person was reading."""


class RefusedError(MashError):
    """One or more rules refuse. Every reason is listed, not only the first."""

    def __init__(self, refusals: list[Refusal], *, only_warned: bool = False) -> None:
        """Keep the refusals as data. `only_warned`: one may go on with a recorded reason."""
        count = len(refusals)
        super().__init__(
            "This cannot be done yet: one thing is missing."
            if count == 1
            else f"This cannot be done yet: {count} things are missing."
        )
        self.refusals = refusals
        self.only_warned = only_warned
