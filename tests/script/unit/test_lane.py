"""What the commands write down of a lane's services, and the faults that rely on it: never anybody else's."""

import json
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))

import processes
import site_suites

from tests.faults.services import NotOurs, Services

LISTEN = "import socket, sys, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"


@pytest.fixture
def service(tmp_path):
	"""(file, process): a program that listens, in a lane of its own."""
	port = processes.free_port()
	where = tmp_path / "lane" / "data"
	where.mkdir(parents=True)
	command = [sys.executable, "-c", LISTEN.format(port=port)]
	process = subprocess.Popen(command, cwd=where)
	deadline = time.monotonic() + 20
	while not processes.answers(port):
		assert time.monotonic() < deadline
		time.sleep(0.05)
	one = {
		"pid": process.pid,
		"command": command,
		"cwd": str(where),
		"port": port,
		"log": str(tmp_path / "log"),
	}
	path = tmp_path / "services.json"
	path.write_text(json.dumps({"folder": str(tmp_path / "lane"), "services": {"database": one}}))
	yield path, process
	process.kill()
	process.wait(10)
	for pid in [json.loads(path.read_text())["services"]["database"]["pid"]]:
		if pid != process.pid:
			subprocess.run(["kill", "-9", str(pid)], check=False)


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_a_service_is_ended_and_started_again_as_it_was(service, how):
	path, process = service
	services = Services(path)
	getattr(services, how)("database")
	assert process.wait(10) and not services.is_up("database")
	services.start("database")
	assert services.is_up("database")
	assert json.loads(path.read_text())["services"]["database"]["pid"] != process.pid
	services.kill("database")


def test_a_process_that_works_elsewhere_is_never_touched(service, tmp_path):
	path, process = service
	written = json.loads(path.read_text())
	written["folder"] = str(tmp_path / "other")
	path.write_text(json.dumps(written))
	with pytest.raises(NotOurs):
		Services(path).kill("database")
	assert process.poll() is None


@pytest.mark.parametrize("fetches", [True, False])
def test_a_lane_gets_what_the_app_needs_and_its_bench_lacks(tmp_path, monkeypatch, capsys, fetches):
	app = tmp_path / site_suites.APP_PATH
	app.mkdir(parents=True)
	(app / "requirements.txt").write_text("# why\npytest>=8\nnobody-has-this>=0.15,<1\n")
	tools = SimpleNamespace(folder=tmp_path / "tools", environment=lambda: None)
	bench = SimpleNamespace(python=sys.executable)
	lane = SimpleNamespace(root=tmp_path, bench=bench, toolbox=tools, python_path=[app])
	asked = []

	def fetch(_bench, _tools, packages, target):
		asked.extend(packages)
		if not fetches:
			raise site_suites.CommandFailed("no network")
		target.mkdir(parents=True)

	monkeypatch.setattr(site_suites, "pip_install", fetch)
	site_suites.provide_what_app_needs(lane)
	assert asked == ["nobody-has-this>=0.15,<1"]
	assert len(lane.python_path) == (2 if fetches else 1)
	assert ("without nobody-has-this" in capsys.readouterr().out) is not fetches
