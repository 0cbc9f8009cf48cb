"""The web application: every place of it, one module each."""

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from config.settings import Settings
from web import (
    agency,
    cases,
    cover,
    decisions,
    doing,
    evidence,
    guard,
    guide,
    helping,
    home,
    letters,
    messages,
    offers,
    paper,
    referral,
    referring,
    rules,
    search,
    sign_in,
    status,
    tabs,
    team,
)
from web.navigation import is_here, places
from web.product import HERE, product
from workflow.engine import Engine

PLACES = (
    sign_in,
    home,
    cases,
    agency,
    decisions,
    team,
    cover,
    referral,
    referring,
    search,
    *tabs.PLACES,
    letters,
    evidence,
    doing,
    offers,
    messages,
    rules,
    helping,
    guide,
    paper,
    status,
)
"""The modules that answer, in the order in which their paths are tried."""


def create(settings: Settings, engine: Engine) -> FastAPI:
    """Make the application over one engine."""
    app = FastAPI(title="mash", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.product = product(settings, engine)
    app.state.product.templates.globals.update(places=places, is_here=is_here)
    guard.guard(app)
    for place in PLACES:
        app.include_router(place.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
