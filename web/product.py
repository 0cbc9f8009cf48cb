"""What every page works with: the engine, the settings, and the words of the templates."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from config.settings import Settings
from models.database import Database
from notifications.due import moment, span
from web import drawing, wording
from web.titles import title
from workflow.engine import Engine
from workflow.sealing import Seal

HERE: Final = Path(__file__).parent
ASSETS: Final = HERE / "static" / "govuk"
"""Where the set-up step puts GOV.UK Frontend; without it the pages are plain, and work."""


@dataclass(frozen=True, slots=True)
class Product:
    """The product as one web process has it. Holds nothing that a second process would not have as well."""

    settings: Settings
    engine: Engine
    templates: Environment
    own_forms: frozenset[str]
    """The acts that have a template of their own, as paths."""
    seal: Seal

    @property
    def database(self) -> Database:
        """The database in use."""
        return self.engine.database


def product(settings: Settings, engine: Engine) -> Product:
    """Prepare what the pages need."""
    own = frozenset(f"do/{place.name}" for place in (HERE / "templates" / "do").glob("*.html"))
    return Product(settings, engine, _templates(), own, Seal(settings.key))


def _templates() -> Environment:
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    # The macros ask for parts of what was not given to them, as Nunjucks lets them.
    loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), macros])
    found = Environment(loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True)
    found.filters.update(
        moment=moment,
        span=span,
        day=wording.day,
        words=wording.words,
        capital=wording.capital,
        acts=wording.acts,
        named=wording.named,
        stage_words=wording.stage_words,
        state_words=wording.state_words,
    )
    found.globals.update(grades=wording.GRADES, styled=_is_styled(), title_of=title)
    found.globals.update({one.__name__: one for one in drawing.CALLED})
    return found


def _is_styled() -> bool:
    return (ASSETS / "govuk-frontend.min.css").is_file()
