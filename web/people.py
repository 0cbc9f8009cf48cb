"""The people of a referral: the family drawn and told, who is at work with it, who was heard, where the child has lived."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from models.about_a_child import Ethnicity
from web.family_graph import Graph, graph
from web.page import Looking
from web.tab import Whole, by_year, draw, lines, open_tab
from web.wording import capital, words
from workflow import siblings
from workflow.household_read import Couple, Household, Member, changes, engaged, heard, household, moves
from workflow.seen import Folk
from workflow.siblings import Episode

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Told:
    """One person of the family in words, with everything the picture shows and more."""

    member: Member
    name: str
    relation: str
    lives: str
    folk: Folk | None
    couples: tuple[str, ...]
    episodes: tuple[Episode, ...]
    about: tuple[tuple[str, str], ...] = ()


@router.get("/referrals/{reference}/people")
def people(page: Looking, reference: str) -> Response:
    """Show the family and everybody at work with it."""
    whole = open_tab(page, reference, "people")
    home = household(whole.case, page.now)
    with page.product.database.reading() as connection:
        episodes = siblings.referrals(connection, whole.file.seen.reference, page.actor.authority)
    names = {one.id: one.name for one in whole.file.folk}
    drawing: Graph = graph(home, names)
    return draw(
        page,
        whole,
        "people",
        graph=drawing,
        family=[told(whole, home, one, episodes) for one in home.members],
        engaged=engaged(whole.case),
        heard=heard(whole.case),
        moves=lines(whole.file, moves(whole.case)),
        changes=by_year(lines(whole.file, changes(whole.case))),
    )


def told(whole: Whole, home: Household, member: Member, episodes: tuple[Episode, ...]) -> Told:
    """Put one person of the family into words."""
    person = whole.file.names.person
    relation = words(member.relation) + (f" of {person(member.of)}" if member.of else "")
    return Told(
        member=member,
        name=person(member.id),
        relation=capital(relation),
        lives=lives(member),
        folk=next((one for one in whole.file.folk if one.id == member.id), None),
        couples=tuple(_couple(whole, one, member.id) for one in home.couples if member.id in {one.one, one.other}),
        episodes=tuple(one for one in episodes if one.child == member.id),
        about=tuple(about(next((one for one in whole.file.folk if one.id == member.id), None))),
    )


def about(folk: Folk | None) -> Iterator[tuple[str, str]]:
    """Yield what else was told of somebody, each under its name. What nobody has told is not there."""
    if folk is None:
        return
    told = {
        "Sex": capital(folk.sex or ""),
        "First language": folk.language or "",
        "Ethnicity": Ethnicity(folk.ethnicity).label if folk.ethnicity else "",
        "Disability": capital(words(folk.disability)) if folk.disability else "",
        "School or nursery": folk.school or "",
    }
    yield from ((says, said) for says, said in told.items() if said)


def lives(member: Member) -> str:
    """Say where somebody lives, as far as the record tells."""
    if member.died:
        return "died"
    if member.relation == "the child":
        return "lives at home" if member.here else "lives away from home"
    if member.child and member.born is None and member.due:
        return "not born yet"
    return {True: "lives with the child", False: "lives elsewhere", None: "where they live is not recorded"}[
        member.here
    ]


def _couple(whole: Whole, couple: Couple, who: str) -> str:
    other = couple.other if couple.one == who else couple.one
    apart = ", who lives apart" if couple.apart else ""
    return f"{whole.file.names.person(other)}{apart}"
