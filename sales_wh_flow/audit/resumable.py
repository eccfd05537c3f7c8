"""The check of the whole site, part by part; one that was interrupted goes on behind its last part."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.audit.rules.finding import Finding


def look_part_by_part(
	begin: Callable[[], None], *, is_resumed: bool = False
) -> tuple[int, Iterator[tuple[Finding, ...]]]:
	"""(findings of the parts that were looked at before, findings of each part that comes).

	``begin`` begins a transaction: each part has its own, and so is one committed state. Where the check has
	got to is kept in the site's folder.
	"""
	kind, last, found = _kept() if is_resumed else (check.ITEMS, "", 0)
	return found, _parts(begin, kind, last, found)


def _parts(begin: Callable[[], None], kind: str, last: str, found: int) -> Iterator[tuple[Finding, ...]]:
	while True:
		begin()
		part = check.part_after(kind, last)
		if part is None:
			_file().unlink(missing_ok=True)
			return
		findings = check.look_at(part)
		yield findings
		kind, last, found = part.kind, part.last, found + len(findings)
		_keep(kind, last, found)


def _file() -> Path:
	return Path(frappe.get_site_path("private", "swhf-check.json"))


def _kept() -> tuple[str, str, int]:
	"""Where an earlier check has got to; the beginning where there is none."""
	try:
		kind, last, found = json.loads(_file().read_text())
	except (OSError, ValueError, TypeError):
		return check.ITEMS, "", 0
	return str(kind), str(last), int(found)


def _keep(kind: str, last: str, found: int) -> None:
	new = _file().with_suffix(".new")
	new.write_text(json.dumps([kind, last, found]))
	new.replace(_file())
