"""How the product fares, as one JSON object for whoever watches it. Numbers only, nobody's name."""

from typing import Any

from fastapi import APIRouter, Request

from config import clock
from workflow.health import health

router = APIRouter()


@router.get("/status")
def status(request: Request) -> dict[str, Any]:
    """Say what is open, late and waiting, and when each part was last seen."""
    product = request.app.state.product
    with product.database.reading() as connection:
        found = health(connection, product.settings.authority, clock.now())
    return {"product": "mash", **found.as_dict()}
