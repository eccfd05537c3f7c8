"""A site that is upgraded: grown on the oldest version, kept, then migrated on a lane of another version."""

from __future__ import annotations

import shutil
from pathlib import Path

from lanes import APP_PATH, Lane
from terminal import run_logged, step

FOLDER, FACTS = "upgrade", "facts.json"


def kept(lane: Lane) -> Path:
	"""Where the grown site is kept, beside all lanes of this account."""
	return lane.folder.parents[1] / FOLDER


def is_kept(lane: Lane) -> bool:
	return (kept(lane) / "site").is_dir()


def grow(lane: Lane) -> None:
	"""A month of orders on the lane's fresh site; what it left and the site itself are kept.

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
	lane.keep(target)


def restore(lane: Lane) -> Path:
	"""Put the grown site in the place of the lane's and migrate it; the answer is the file of what it left.

	Raises: CommandFailed
	"""
	with step("starting the site of the oldest version"):
		lane.begin_again(kept(lane))
	with step("migrating it"):
		lane.run_frappe("migrate", "--skip-search-index")
	return kept(lane) / FACTS
