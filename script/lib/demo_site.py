"""The demo on a real site: the story first, then a desk that stays."""

from __future__ import annotations

import json
from pathlib import Path

from lanes import Lane
from site_suites import start_with_app
from terminal import CommandFailed, heading, run_shown, step

STORY = "sales_wh_flow.demo.site.run"
PREFERRED_PORT = 8000


def run(lane: Lane, parcel: Path, variables: dict[str, str]) -> str:
	"""Tell the story on a fresh site, start the desk and return its address.

	Raises: CommandFailed when the story breaks off or a service does not start.
	"""
	lane.host = variables["HOST"]
	start_with_app(lane, parcel / "tree", "company", int(variables["PORT"] or PREFERRED_PORT))
	arguments = []
	if (parcel / "data").is_dir():
		data = lane.folder / "data"
		(parcel / "data").rename(data)
		arguments = ["--kwargs", json.dumps({"data": str(data)})]
	with step("bundling the app's scripts"):
		lane.build_app_assets()
	heading("the story")
	if status := run_shown(lane.frappe("execute", STORY, *arguments), env=lane.environment(), cwd=lane.sites):
		raise CommandFailed(f"the story on the site broke off with status {status}")
	lane.run_frappe("enable-scheduler")
	lane.start_background(with_scheduler=True, with_socketio=True)
	return lane.start_web(with_socketio=True)
