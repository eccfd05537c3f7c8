"""The app's places on the desk, as this version has them, on each site once.

Frappe takes such a file when it is newer than what the site has. Its own update from 15 to 16 writes into all
of them, so that an app that is updated after ERPNext would keep the places of its older version for good.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe.modules.import_file import import_file_by_path

from sales_wh_flow.base.compat import PLACES_ON_DESK

TAKEN = "sales_wh_flow_desk_files"
"""The global default that says which files the site took last: {file: its hash}."""
_APP = Path(__file__).parents[1]


def take_changed() -> None:
	"""Take the files that are others than those taken last; what an admin changed since stays until then."""
	before, now = json.loads(frappe.db.get_global(TAKEN) or "{}"), {}
	for path in _files():
		name = str(path.relative_to(_APP))
		now[name] = hashlib.sha256(path.read_bytes()).hexdigest()
		if before.get(name) != now[name]:
			import_file_by_path(str(path), force=True, ignore_version=True)
	frappe.db.set_global(TAKEN, json.dumps(now))


def forget_taken() -> None:
	"""The app leaves the site."""
	frappe.db.delete("DefaultValue", {"defkey": TAKEN})


def _files() -> Iterator[Path]:
	yield from sorted((_APP / "sales_wh_flow" / "workspace").glob("*/*.json"))
	for kind in PLACES_ON_DESK:
		yield from sorted((_APP / frappe.scrub(kind)).glob("*.json"))
