"""Ready databases to start a site from in seconds: ERPNext installed, with and without a company.

`plain` is a site right after ERPNext was installed; `company` has the setup wizard done as ERPNext's own
tests expect it. Each is a MariaDB data folder and a site folder, made once per bench.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benches import Bench
from lanes import Lane
from terminal import step
from toolbox import Toolbox

# Raise when the steps below change, so that templates are made anew on a bench that is kept.
RECIPE = 1
NAMES = ("plain", "company")


def provide(cache: Path, bench: Bench, toolbox: Toolbox) -> None:
	"""Make the templates of this bench unless they are there and whole."""
	mark = bench.folder / "templates" / f"made-{RECIPE}"
	if mark.is_file():
		return
	shutil.rmtree(bench.folder / "templates", ignore_errors=True)
	mark.parent.mkdir(parents=True)
	lane = Lane(cache, "template", bench, toolbox)
	lane.lay_out(("frappe", "erpnext"))
	try:
		_make(lane, mark.parent)
	finally:
		lane.discard()
	mark.touch()


def path(bench: Bench, name: str) -> Path:
	return bench.folder / "templates" / name


def _make(lane: Lane, folder: Path) -> None:
	database = lane.database()
	database.create(lane.logs / "mariadb.log")
	lane.start()
	database.secure()
	with step("new site"):
		lane.run_frappe(
			*("new-site", lane.site, "--db-root-username", "root", "--db-root-password", database.password),
			*("--admin-password", lane.secret("administrator"), "--mariadb-user-host-login-scope=127.0.0.1"),
			site=False,
		)
	with step("installing ERPNext on it"):
		lane.run_frappe("install-app", "erpnext")
		lane.run_frappe("set-config", "allow_tests", "1", "--parse")
	_keep(lane, folder / "plain")
	lane.start()
	with step("setting up a company"):
		lane.run_frappe("execute", "erpnext.setup.utils.before_tests")
	_keep(lane, folder / "company")


def _keep(lane: Lane, target: Path) -> None:
	"""Copy the database and site away; the server is down meanwhile, so the copy is whole."""
	lane.stop()
	target.mkdir()
	shutil.copytree(lane.database().data, target / "data")
	shutil.copytree(lane.sites / lane.site, target / "site", ignore=shutil.ignore_patterns("*.lock", "*.log"))
