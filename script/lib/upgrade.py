"""A site that is upgraded: grown on the oldest version, backed up, restored on another version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from lanes import APP_PATH, Lane
from terminal import run_logged, step

FOLDER, DUMP, FACTS, KEY = "upgrade", "site.sql.gz", "facts.json", "key.json"


def kept(lane: Lane) -> Path:
	"""Where the grown site is kept, beside all lanes of this account."""
	return lane.folder.parents[1] / FOLDER


def is_kept(lane: Lane) -> bool:
	return (kept(lane) / KEY).is_file()


def grow(lane: Lane) -> None:
	"""A month of orders on the lane's fresh site; what it left and a backup of it are kept.

	Raises: CommandFailed
	"""
	target = kept(lane)
	shutil.rmtree(target, ignore_errors=True)
	target.mkdir(parents=True)
	with step("a month of orders"):
		program = lane.root / APP_PATH / "tests" / "upgrade" / "month.py"
		env = {**lane.environment(), **lane.test_environment()}
		command = [str(lane.python), str(program), str(target / FACTS)]
		run_logged(command, lane.logs / "month.log", env=env, cwd=lane.sites)
	with step("a backup of the site"):
		lane.run_frappe("backup", "--backup-path-db", str(target / DUMP))
	configuration = json.loads((lane.sites / lane.site / "site_config.json").read_text())
	(target / KEY).write_text(json.dumps(configuration.get("encryption_key", "")))


def restore(lane: Lane) -> Path:
	"""Put the grown site in the place of the lane's and migrate it; the answer is the file of what it left.

	Raises: CommandFailed
	"""
	source = kept(lane)
	database = lane.database()
	with step("restoring the site of the oldest version"):
		root = ("--db-root-username", "root", "--db-root-password", database.password)
		password = ("--admin-password", lane.secret("administrator"))
		lane.run_frappe("restore", str(source / DUMP), "--force", *root, *password)
		lane.run_frappe("set-config", "encryption_key", json.loads((source / KEY).read_text()))
	with step("migrating it"):
		lane.run_frappe("migrate", "--skip-search-index")
	return source / FACTS
