"""Casebooks in few words: a small cast, and a story told in lines of YAML."""

from pathlib import Path
from typing import Any

import pytest

from workflow.replay.faults import CasebookError
from workflow.replay.interventions import Intervention, Played
from workflow.replay.play import play
from workflow.replay.reader import read

HEAD = """\
casebook: 1
title: A small story
authority: england
source: synthetic
silence: recorded
expect: interventions
people:
  - {id: ada, is: child, born: 2021-05-01, gp: practice}
  - {id: ben, is: child, born: 2024-02-01}
  - {id: mother, is: adult}
  - {id: father, is: adult}
links:
  - [mother, mother, ada]
  - [father, father, ada]
agencies:
  - {id: hub, is: mash}
  - {id: social_care, is: social_care}
  - {id: school, is: school}
  - {id: police, is: police}
  - {id: health, is: health_visiting}
practitioners:
  - {id: triage, agency: hub, is: triage_worker}
  - {id: hub_manager, agency: hub, is: mash_manager}
  - {id: worker, agency: social_care, is: social_worker}
  - {id: manager, agency: social_care, is: team_manager}
  - {id: teacher, agency: school, is: teacher}
  - {id: officer, agency: police, is: police_officer}
  - {id: nurse, agency: health, is: health_visitor}
  - {id: grandfather, is: relative}
"""

FIRST_EVENT = HEAD.count("\n") + 2
"""The line on which the first event of a `tale` stands."""


def tale(*events: str, **head: str) -> str:
    """Write a casebook: each event as the inside of a YAML mapping, `at` and `kind` included."""
    lines = []
    given = dict(head)
    for line in HEAD.splitlines():
        key = line.partition(":")[0]
        lines.append(f"{key}: {given.pop(key)}" if key in given else line)
    lines += [f"{key}: {value}" for key, value in given.items()]
    return "\n".join([*lines, "events:", *(f"  - {{{event}}}" for event in events)]) + "\n"


def told(*events: str, **head: str) -> Played:
    """Play a story."""
    return play(read(tale(*events, **head)))


def said(played: Played, rule: str, **where: Any) -> list[Intervention]:
    """Return what one rule said in a story, narrowed to what its fields are."""
    return [
        each
        for each in played.interventions
        if each.rule == rule and all(getattr(each, key) == value for key, value in where.items())
    ]


def faults(text: str | bytes, tmp_path: Path | None = None) -> list[str]:
    """Return what is wrong with a casebook, as it is printed."""
    source: str | Path
    if isinstance(text, bytes):
        assert tmp_path is not None
        source = tmp_path / "story.yaml"
        source.write_bytes(text)
    else:
        source = text
    with pytest.raises(CasebookError) as error:
        read(source)
    return [str(fault) for fault in error.value.faults]
