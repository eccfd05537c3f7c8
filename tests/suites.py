"""The suites, and which file belongs to which: the folder says it, wherever it lies."""

import os
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent

SUITES = {
	"unit": "rules, in Python alone; the one to run all the time",
	"contracts": "promises of the layout and of names, asked of the whole source; script/lint asks them too",
	"properties": "rules under random orders and beside every other answer, in Python alone",
	"script": "the commands in script/, with programs that hang and die",
	"simulation": "whole days of a company in memory",
	"demo": "script/demo as a newcomer runs it",
	"integration": "a site, one transaction a test: until goods are locked, and what spans capabilities",
	"fulfilment": "the same from the shelf to the door and back, and the money",
	"realdata": "a site and the public data sets",
	"concurrency": "real processes at the same moment on one site",
	"stateful": "random days on a site, checked after every step",
	"faults": "processes, database and Redis are killed",
	"browser": "a browser on a running desk",
	"upstream": "ERPNext's own tests",
	"lifecycle": "the app goes off the site and comes back",
	"upgrade": "a site of an older ERPNext after its migration",
}
OF_FOLDER = {"unit": "unit", "site": "integration", "race": "concurrency"}
"""In any capability's folder; the folders that span capabilities are named like their suite."""
OF_FULFILMENT = frozenset(
	{
		*("scanning", "picking", "packing", "couriers", "delivery", "returns"),
		*("stage_clock", "delays", "milestones", "billing", "order_board", "collection", "claims"),
		"door_money",
	}
)
"""Capabilities whose site tests are the suite fulfilment: one suite for all would keep a lane too long."""
NEEDS = {
	"integration": ("SWHF_SITE",),
	"fulfilment": ("SWHF_SITE",),
	"concurrency": ("SWHF_SITE",),
	"stateful": ("SWHF_SITE",),
	"upstream": ("SWHF_SITE",),
	"faults": ("SWHF_SITE", "SWHF_SERVICES"),
	"browser": ("SWHF_SITE", "SWHF_BASE_URL"),
	"upgrade": ("SWHF_SITE", "SWHF_FACTS"),
}
"""Variables without which a suite is left out; the others say themselves what they miss."""


def suite_of(path: Path) -> str | None:
	"""The suite that a file or folder below tests/ belongs to, or None for what all share."""
	if not path.is_relative_to(TESTS) or path == TESTS:
		return None
	parts = path.relative_to(TESTS).parts
	if parts[:2] == ("contracts", "unit"):
		return "contracts"
	if parts[0] in SUITES.keys() - {"contracts", *OF_FOLDER}:
		return parts[0]
	if "unit" in parts and path.stem.endswith("properties"):
		return "properties"
	if "site" in parts and parts[0] in OF_FULFILMENT:
		return "fulfilment"
	return next((OF_FOLDER[part] for part in parts if part in OF_FOLDER), None)


def is_wanted(suite: str, only: frozenset[str] | None) -> bool:
	"""Whether a file of this suite is looked at when nothing but ``only`` is asked for."""
	return only is None or suite in only or (suite == "unit" and "properties" in only)


def suite_of_test(suite: str, test: object) -> str:
	"""A test that Hypothesis repeats with random values is none to run all the time."""
	return "properties" if suite == "unit" and getattr(test, "is_hypothesis_test", False) else suite


def chosen(markers: str) -> frozenset[str] | None:
	"""The suites that `-m` lets through, when each part between `or` begins with one; None for any.

	Nothing but `and` follows a suite: `unit`, `unit or contracts`, `concurrency and (a or not b)`.
	"""
	parts = [markers] if "(" in markers else re.split(r"\sor\s", markers)
	found = [re.match(r"(\w+)(\s+and\s.*)?$", part.strip()) for part in parts]
	names = frozenset(it[1] for it in found if it and it[1] in SUITES)
	return names if all(it and it[1] in names for it in found) else None


def missing(suite: str) -> str | None:
	"""The first variable that the suite needs and the environment lacks."""
	return next((name for name in NEEDS.get(suite, ()) if not os.environ.get(name)), None)
