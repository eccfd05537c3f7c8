"""The demo on a real site: the story first, then a desk that stays."""

from __future__ import annotations

import json
from pathlib import Path

from lanes import APP_PATH, Lane
from site_suites import start_with_app
from terminal import CommandFailed, heading, run_shown, step

PREFERRED_PORT = 8000
BAD_DATA = 2


def run(lane: Lane, parcel: Path, variables: dict[str, str], day: str | None) -> dict:
	"""Tell the story on a fresh site, start the desk and say where it is and who may log in.

	``day``: the sample company's first, None = today. Shape: {"address", "administrator", "password", "page",
	"logins": [{"user", "roles", "title", "pages"}], "drafts": [a line each]}, or {"bad_data": True} when
	the CSV files cannot be used.
	Raises: CommandFailed when the story breaks off or a service does not start.
	"""
	lane.host = variables["HOST"]
	start_with_app(lane, parcel / "tree", "plain", int(variables["PORT"] or PREFERRED_PORT))
	with step("bundling the app's scripts"):
		lane.build_app_assets()
	heading("the story")
	results = lane.folder / "story"
	results.mkdir()
	status = run_shown(_story_command(lane, parcel, results, day), env=lane.environment(), cwd=lane.sites)
	if status == BAD_DATA:
		lane.discard()
		return {"bad_data": True}
	if status:
		raise CommandFailed(f"the story on the site broke off with status {status}")
	lane.run_frappe("enable-scheduler")
	lane.start_background(with_scheduler=True, with_socketio=True)
	return {
		"address": lane.start_web(with_socketio=True),
		"administrator": lane.secret("administrator"),
		"page": (results / "page.html").read_text(encoding="utf-8"),
		**json.loads((results / "logins.json").read_text()),
	}


def _story_command(lane: Lane, parcel: Path, results: Path, day: str | None) -> list[str]:
	program = lane.root / APP_PATH / "script" / "lib" / "demo_story.py"
	command = [str(lane.python), str(program), str(results), lane.site]
	if (parcel / "data").is_dir():
		command += ["--data", str(parcel / "data")]
	if day:
		command += ["--day", day]
	return command
