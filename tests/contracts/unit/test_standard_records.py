"""Frappe takes a changed record of the app at an update only if it is dated later than the one it has.

``python -m tests.contracts.unit.test_standard_records`` records what was changed and dated anew.
"""

import hashlib
import json
from pathlib import Path

from tests.contracts.app_source import APP, ROOT

RECORDED = Path(__file__).parent.parent / "standard_records.json"
BY_HASH = "DocType"
"""What Frappe compares by its content."""


def dated() -> dict[str, tuple[str, str]]:
	"""{path: (date, digest of the rest)} of each record that Frappe takes by its date: no fixture."""
	found = {}
	for path in sorted(APP.rglob("*.json")):
		read = json.loads(path.read_text())
		if path.parent.name == "fixtures" or read.get("doctype", BY_HASH) == BY_HASH:
			continue
		date = read.pop("modified", None)
		rest = json.dumps(read, sort_keys=True).encode()
		found[str(path.relative_to(ROOT))] = (date, hashlib.sha256(rest).hexdigest()[:16])
	return found


def stale(now: dict, recorded: dict) -> list[str]:
	"""What is changed and bears no later date: sites that have it already would keep the former one."""
	return [
		path
		for path, (date, digest) in now.items()
		if not date or (path in recorded and digest != recorded[path][1] and date <= recorded[path][0])
	]


def test_a_changed_record_bears_a_later_date():
	assert not stale(dated(), json.loads(RECORDED.read_text())), "give these a later 'modified'"


def test_what_is_recorded_is_what_the_app_brings():
	recorded = {path: tuple(it) for path, it in json.loads(RECORDED.read_text()).items()}
	assert dated() == recorded, f"run: python -m {__name__}"


def test_a_change_without_a_later_date_is_found():
	former = {"a.json": ("2026-11-01 12:00:00", "1")}
	assert stale({"a.json": ("2026-11-01 12:00:00", "2")}, former) == ["a.json"]
	assert stale({"a.json": (None, "1")}, former) == ["a.json"]
	assert not stale({"a.json": ("2026-11-02 12:00:00", "2"), "b.json": ("2020-01-01", "3")}, former)


if __name__ == "__main__":
	now = dated()
	if RECORDED.exists() and (found := stale(now, json.loads(RECORDED.read_text()))):
		raise SystemExit("give these a later 'modified': " + ", ".join(found))
	RECORDED.write_text(json.dumps(now, indent="\t", sort_keys=True) + "\n")
