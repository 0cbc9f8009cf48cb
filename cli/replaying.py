"""Replaying a casebook: a family's story played through the engine, event by event."""

import typer


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
