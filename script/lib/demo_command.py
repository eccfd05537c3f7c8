"""script/demo [--data FOLDER] [--memory [--orders N] [--from DAY] [--to DAY]] [--day DAY]: days of sample
orders through the flow.

Ends with status 0 when it ran on a real site, 3 when it ran in memory, 2 when the folder's data cannot be
used, 1 when something broke.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import bench_access
import settings
from settings import Settings
from terminal import Unavailable, fail, heading, run_command, say

IN_MEMORY = 3
BAD_DATA = 2
LANE_NAME = re.compile(r"demo(-[a-z0-9-]{1,30})?")


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="script/demo", description=__doc__)
	parser.add_argument(
		"--data", metavar="FOLDER", type=_folder, help="CSV files to load instead of the sample company"
	)
	parser.add_argument("--memory", action="store_true", help="run in memory even where a bench can be had")
	parser.add_argument(
		"--day",
		metavar="YYYY-MM-DD",
		type=_day,
		help="the sample company's first day, on a site today or later; today on a site, else 2026-03-02",
	)
	parser.add_argument(
		"--orders",
		metavar="N",
		type=_count,
		help="with --memory: the first N orders; N of the sample company",
	)
	parser.add_argument(
		"--from", dest="first_day", metavar="DAY", type=_day, help="with --memory: only orders from this day"
	)
	parser.add_argument(
		"--to", dest="last_day", metavar="DAY", type=_day, help="with --memory: only orders up to this day"
	)
	options = parser.parse_args(arguments)
	if options.first_day and options.last_day and options.first_day > options.last_day:
		parser.error(f"--from {options.first_day} lies after --to {options.last_day}")
	part = _part(options)
	if part and not options.memory:
		parser.error(f"{part[0]}: a site takes the orders as they are; add --memory to run a part of them")
	if options.data and not options.data.is_dir():
		parser.error(f"--data: {options.data} is no folder")
	if options.data and options.day:
		parser.error("--day: the orders of a folder have days of their own")
	configured = settings.load()
	if not LANE_NAME.fullmatch(configured["DEMO_LANE"]):
		parser.error(f"DEMO_LANE={configured['DEMO_LANE']} is neither demo nor demo-NAME")
	if options.memory:
		return _in_memory(configured, options, part, "asked for with --memory")
	if options.day and options.day < date.today():
		parser.error(f"--day: {options.day} is over; on a site orders are written today or later")
	try:
		access = bench_access.find(configured)
		heading(f"demo on a real site: {access.describe()}")
		folders = {"data": options.data.resolve()} if options.data else {}
		day = options.day.isoformat() if options.day else None
		answer = bench_access.call(configured, access, "demo", with_browser=False, folders=folders, day=day)
	except Unavailable as reason:
		return _in_memory(configured, options, part, str(reason).splitlines()[0])
	return _on_site(answer)


def _folder(text: str) -> Path:
	if not text.strip():
		raise argparse.ArgumentTypeError("is empty; name a folder, or leave the argument out")
	return Path(text)


def _day(text: str) -> date:
	try:
		return date.fromisoformat(text)
	except ValueError:
		raise argparse.ArgumentTypeError(
			f"{text!r} is no day; write year-month-day, like 2026-03-31"
		) from None


def _count(text: str) -> int:
	if not text.isdecimal() or not int(text):
		raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
	return int(text)


def _part(options: argparse.Namespace) -> list[str]:
	"""The arguments that say which orders to run."""
	asked = {"--orders": options.orders, "--from": options.first_day, "--to": options.last_day}
	return [text for flag, value in asked.items() if value is not None for text in (flag, str(value))]


def _on_site(answer: dict) -> int:
	if answer.get("bad_data"):
		return fail("the data of the folder cannot be used", BAD_DATA)
	page = Path.cwd() / "demo.html"
	page.write_text(answer["page"], encoding="utf-8")
	heading("the desk is running until script/stop")
	say(f"   {answer['address']}, charts in {page}")
	say(f"   {'Administrator':<36}password {answer['administrator']}")
	say(f"   everybody else: password {answer['password']}")
	for login in answer["logins"]:
		say(f"   {login['user']:<36}{login['title']:<28}{', '.join(login['roles'])}")
		if login["pages"]:
			say(f"      /app/  {', '.join(login['pages'])}")
	if answer["drafts"]:
		say("   drafts, and why they are:")
	for line in answer["drafts"]:
		say(f"   {line}")
	say(f"demo: ran on a real site, the desk is at {answer['address']}")
	return 0


def _in_memory(configured: Settings, options: argparse.Namespace, part: list[str], reason: str) -> int:
	say(f"No site, so the same rules run in memory: {reason}")
	page = Path.cwd() / "demo.html"
	command = [sys.executable, str(configured.clone / "demo" / "memory.py"), "--out", str(page), *part]
	if options.data:
		command += ["--data", str(options.data.resolve())]
	if options.day:
		command += ["--day", options.day.isoformat()]
	env = {**os.environ, "PYTHONPATH": str(configured.clone)}
	status = subprocess.run(command, cwd=configured.clone, env=env).returncode
	if status == BAD_DATA and part:
		return fail("nothing was run; what to change stands above", BAD_DATA)
	if status == BAD_DATA:
		return fail("the demo in memory cannot run as asked, see above", BAD_DATA)
	if status:
		return fail("the demo in memory broke off")
	say(f"demo: ran in memory, no site ({reason}); charts in {page}")
	return IN_MEMORY


def _main(arguments: list[str]) -> int:
	"""`main`; where nobody reads on, as behind `| head`, the rest is left unsaid."""
	try:
		return main(arguments)
	except BrokenPipeError:
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		return IN_MEMORY


if __name__ == "__main__":
	run_command(_main)
