"""`mash up` as it is: real processes, a real Prefect, and what becomes of it when parts of it are killed."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import ROOT
from tests.support.postgres import free_port
from tests.support.product import Product, children_of, environment, lives, product, until

pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product, started once for this file."""
    with product(tmp_path_factory.mktemp("up") / "var") as running:
        until(running.status, "the status page answers")
        yield running


def prefect(up: Product, path: str, **question: Any) -> Any:
    """Ask the embedded Prefect, with its password."""
    password = (up.home / "prefect" / "password").read_text()
    request = urllib.request.Request(
        f"http://127.0.0.1:{up.prefect_port}/api/{path}",
        data=json.dumps(question).encode(),
        headers={
            "Authorization": f"Basic {base64.b64encode(password.encode()).decode()}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def answered(up: Product) -> bool:
    status = up.status()
    return bool(status and status["parts"]["prefect"]["answers"] and status["parts"]["pages"]["answers"])


def runs(up: Product, state: str) -> set[str]:
    """Return the names of the flows with a run in this state."""
    found = prefect(up, "flow_runs/filter", flow_runs={"state": {"type": {"any_": [state]}}}, limit=200)
    flows = {one["id"]: one["name"] for one in prefect(up, "flows/filter")}
    return {flows[run["flow_id"]] for run in found}


def test_it_says_what_runs_where_to_click_and_how_to_stop(up: Product) -> None:
    said = up.said()

    assert f"http://127.0.0.1:{up.status_port}/status" in said
    assert f"http://127.0.0.1:{up.prefect_port}" in said
    assert "Ctrl-C" in said


def test_the_command_line_answers_while_prefect_still_starts(up: Product) -> None:
    assert "M000002" in up.mash("worklist", "--as", "asha").stdout


def test_letters_are_in_the_mailbox_whether_prefect_answers_or_not(up: Product) -> None:
    until(lambda: (up.status() or {}).get("letters") == 0, "every letter is sent")

    assert "we have your referral" in up.mash("mail").stdout


def test_a_referral_leads_to_a_receipt(up: Product) -> None:
    made = up.mash(
        "refer", "child=A New Child", "born=2021-05-01", "concerns=neglect", "words=hungry", "--as", "wyn", "--json"
    )
    reference = json.loads(made.stdout)["reference"]

    until(lambda: f"{reference}: we have your referral" in up.mash("mail", "wyn").stdout, "the receipt has come")


def test_flows_are_recorded_once_prefect_answers(up: Product) -> None:
    until(lambda: answered(up), "Prefect answers")
    up.mash("refer", "child=Another Child", "born=2022-05-01", "concerns=neglect", "words=cold", "--as", "wyn")

    until(lambda: {"front-door", "delivery"} <= runs(up, "COMPLETED"), "the runs are recorded")


def test_prefect_wants_its_password(up: Product) -> None:
    until(lambda: answered(up), "Prefect answers")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://127.0.0.1:{up.prefect_port}/api/flows/count", data=b"{}", timeout=30)


def test_the_same_flows_run_as_deployments_on_a_prefect_worker(up: Product, tmp_path: Path) -> None:
    until(lambda: answered(up), "Prefect answers")
    own = up.environment | {
        "PREFECT_API_URL": f"http://127.0.0.1:{up.prefect_port}/api",
        "PREFECT_API_AUTH_STRING": (up.home / "prefect" / "password").read_text(),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "DO_NOT_TRACK": "1",
    }
    tool = [sys.executable, "-m", "prefect", "--no-prompt"]
    for words in (["work-pool", "create", "mash", "--type", "process"], ["deploy", "--all"]):
        made = subprocess.run([*tool, *words], env=own, cwd=ROOT, check=False, capture_output=True, text=True)
        assert made.returncode == 0, made.stdout + made.stderr
    assert len(prefect(up, "deployments/filter")) == 10
    until(lambda: runs(up, "SCHEDULED"), "Prefect makes runs of the schedule")

    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [*tool, "worker", "start", "--pool", "mash", "--limit", "1", "--run-once"],
            env=own, cwd=tmp_path, stdout=log, stderr=log,
        )  # fmt: skip
        asked = subprocess.run([*tool, "deployment", "run", "heartbeat/heartbeat"], env=own, check=False)
        assert asked.returncode == 0
        try:
            until(lambda: _by_deployment(up, "COMPLETED"), f"a deployed run completes; {tmp_path}")
        finally:
            worker.kill()
            worker.wait()


def _by_deployment(up: Product, state: str) -> bool:
    found = prefect(up, "flow_runs/filter", flow_runs={"state": {"type": {"any_": [state]}}}, limit=200)
    return any(run["deployment_id"] for run in found)


@pytest.mark.parametrize("part", ["flows", "pages", "prefect"])
def test_a_part_that_is_killed_is_started_again(up: Product, part: str) -> None:
    before = children_of(up.number)[part]
    os.kill(before, signal.SIGKILL)

    until(lambda: children_of(up.number).get(part) not in {None, before}, f"{part} is started again")
    assert f"{part} ended by itself and is started again" in up.said()


def test_a_second_start_in_the_same_place_is_refused_in_a_sentence(up: Product) -> None:
    again = up.mash("up")

    assert again.returncode == 1
    assert "mash runs here already" in again.stderr
    assert "Traceback" not in again.stderr


def test_ctrl_c_stops_everything_and_a_second_start_goes_on_with_the_same_data(up: Product) -> None:
    parts = children_of(up.number)

    assert up.stop() == 0
    assert set(parts) == {"flows", "pages", "prefect"}
    assert not any(lives(one) for one in parts.values())
    before = up.mash("worklist", "--as", "asha", "--json").stdout

    up.start()
    until(up.status, "the status page answers again")
    assert up.mash("worklist", "--as", "asha", "--json").stdout == before

    up.process.kill()  # type: ignore[union-attr]
    parts = children_of(up.number)
    until(lambda: not any(lives(one) for one in parts.values()), "nothing outlives a keeper that was killed")


@pytest.mark.parametrize("setting", ["MASH_PORT", "MASH_STATUS_PORT", "MASH_PREFECT_PORT"])
def test_a_busy_port_is_named_with_what_to_do(tmp_path: Path, setting: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        names = ("MASH_PORT", "MASH_STATUS_PORT", "MASH_PREFECT_PORT")
        ports = {name: str(free_port()) for name in names} | {setting: str(port)}
        tried = subprocess.run(
            [sys.executable, "-m", "cli.main", "up"],
            env=environment(tmp_path, **ports), check=False, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    assert tried.returncode == 1
    assert f"Port {port}" in tried.stderr
    assert f"{setting}=" in tried.stderr
    assert not (tmp_path / "mash.db").exists()
