"""Words to search by"""

import re
import unicodedata
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# By which words somebody was found when this was written: see workflow.search_words, which keeps them since.
COMMON = frozenset(
    {"unborn", "baby", "flat", "the", "road", "street", "lane", "avenue", "close", "drive", "court", "crescent", "way"}
)
ALIKE = (("ph", "f"), ("gh", "g"), ("wr", "r"), ("kn", "n"), ("ck", "k"), ("ce", "se"), ("ci", "si"))
SOUNDS = {
    letter: sound
    for sound, letters in {"1": "bfpv", "2": "cgjkqx", "3": "dt", "4": "l", "5": "mn", "6": "r", "7": "sz"}.items()
    for letter in letters
}
AT_ONCE = 5000


def upgrade() -> None:
    """Apply. Nobody had an address before this, so names are all there is."""
    connection = op.get_bind()
    person = sa.table("person", sa.column("id"), sa.column("name"))
    words = sa.table("search_word", sa.column("word"), sa.column("sound"), sa.column("person_id"))
    last = ""
    while True:
        query = sa.select(person.c.id, person.c.name).where(person.c.id > last).order_by(person.c.id).limit(AT_ONCE)
        people = connection.execute(query).all()
        if not people:
            return
        last = people[-1].id
        rows = [
            {"word": word, "sound": _sound(word), "person_id": one.id} for one in people for word in _words(one.name)
        ]
        if rows:
            connection.execute(sa.insert(words), rows)


def _words(name: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter) and letter not in "'’`´")
    return sorted({word[:60] for word in re.findall(r"\w+", kept)} - COMMON)


def _sound(word: str) -> str:
    if not word.isalpha():
        return ""
    for written, said in ALIKE:
        word = word.replace(written, said)
    first = "" if word[0] in SOUNDS else "0"
    heard = [one for one, _ in groupby(SOUNDS.get(letter, "") for letter in word if letter not in "hw")]
    return (first + "".join(heard))[:6] or "0"
