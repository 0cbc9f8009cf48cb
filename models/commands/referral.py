"""One contact about a whole family: what an agency's form, a paper form and another system all come down to."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from models.commands.base import MOST_LETTERS, Command, Concerns, Factors, Language, Name, Words
from models.commands.front_door import AboutAChild, Channel, Consent, Heard

Told = Annotated[str, Field(max_length=MOST_LETTERS)]
Relation = Literal[
    "mother", "father", "parent", "carer", "partner", "grandparent", "relative", "lodger", "other", "not_related"
]
"""What an adult is to a child. `not_related`: to another child of the contact, and not to this one."""


class ToldChild(AboutAChild):
    """One child of a contact. Where no address is told, the child lives where the contact says that the family does."""

    address: str | None = Field(None, max_length=300, description="where the child lives, if elsewhere")
    child_mobile: bool | None = Field(None, description="with an injury: can the child move about")
    explained: bool | None = Field(None, description="with an injury: does the explanation fit")
    pregnancy_weeks: int | None = Field(None, ge=0, le=45)


class ToldAdult(Command):
    """Somebody who cares for the children, or lives with them. `relations` is in the order of the children."""

    name: Name
    relations: tuple[Relation, ...] = Field(min_length=1, description="what they are to each child, in their order")
    lives_here: bool | None = Field(None, description="whether they live with the children; left out: not known")
    born: date | None = Field(None, description="date of birth, if known")
    address: str | None = Field(None, max_length=300, description="where they live, if elsewhere")
    language: Language | None = Field(None, description="their first language, if it is not English")
    interpreter: bool = Field(False, description="they need an interpreter")
    factors: Factors = Field((), description="what is known of them")


class ReferFamily(Heard):
    """A contact about one or several children of a family. Either a referral exists for each of them, or for none."""

    children: tuple[ToldChild, ...] = Field(min_length=1, max_length=20)
    adults: tuple[ToldAdult, ...] = Field((), max_length=40)
    address: str | None = Field(None, max_length=300, description="where the family lives")
    safe_address: bool | None = Field(None, description="false: it is not safe to write to that address")
    concerns: Concerns = Field(min_length=1, description="what you are worried about, by code")
    words: Words = Field(description="what worries you, in your own words")
    seen: Told = Field("", description="what was seen or heard, and when")
    known_to: Told = Field("", description="who else knows of it, or works with the family")
    consent: Consent = "not_sought"
    consent_reason: Told = Field("", description="why the family does not know, or does not agree")
    channel: Channel = "form"
    attachments: int = Field(0, ge=0, le=500)
    by_role: str = Field("", max_length=200, description="what the person who tells it is to the children")
    ring_back: str = Field("", max_length=200, description="the number on which they can be rung back")
    sibling: str | None = Field(None, description="the reference of a referral of the same family")
