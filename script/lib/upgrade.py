"""A site that is upgraded: grown on the oldest version, kept, then migrated on a lane of another version."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from lanes import APP_PATH, Lane
from terminal import run_logged, step

FOLDER, FACTS = "upgrade", "facts.json"
FORMER = "acf5829b6e82e191e353005df216c31a991900b7"
"""The last commit before the code was laid out by capability."""


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


def take_former_app(clone: Path, folder: Path) -> bool:
	"""Put the app of the former layout into the folder; False where the clone's history does not reach it."""
	command = ["git", "-c", f"safe.directory={clone}", "-C", str(clone), "archive", FORMER, "sales_wh_flow"]
	try:
		archive = subprocess.run(command, capture_output=True, check=True).stdout
	except (OSError, subprocess.CalledProcessError):
		return False
	with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
		tar.extractall(folder)
	return True
