"""A site that is behind the app on its bench, as it is between an update and ``bench migrate``.

What the code reads and the site has not yet ends in words of the database, which tell nobody what to do; here
they are told. All of it is looked at only where something failed.
"""

import json
import re
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields

from sales_wh_flow.setup.custom_fields import CUSTOM_FIELDS, INDEXES

_DOCTYPES = Path(__file__).parents[1] / "sales_wh_flow" / "doctype"
_FAILED = (403, 404, 500)
"""Later Frappe says of a field that is not there that nobody may read it."""
_OF_SUCH = ("AttributeError", "OperationalError", "ProgrammingError")
"""What Python and the database raise for a field, a table or an index that is not there."""


def sentence() -> str:
	"""What whoever meets such a site is told."""
	return _(
		"The app on this bench is newer than this site. Ask an administrator to run "
		"'bench --site {0} migrate', then try again."
	).format(frappe.local.site)


def what_is_missing(named: Set[str] | None = None) -> set[str]:
	"""The DocTypes and fields that this version of the app works with and the site lacks.

	``named``: those that are looked at; without, all.
	"""
	missing: set[str] = set()
	wanted = {
		doctype: (fields, columns)
		for doctype, (fields, columns) in _wanted().items()
		if named is None or doctype in named or not fields.isdisjoint(named)
	}
	known = _known_fields(wanted)
	for doctype, (fields, columns) in wanted.items():
		missing |= fields - known.get(doctype, set())
		if columns and frappe.db.table_exists(doctype):
			missing |= columns - set(frappe.db.get_table_columns(doctype))
		elif columns:
			missing.add(doctype)
	return missing


def say_in_answer(response=None, request=None) -> None:
	"""Hook after_request: what failed because the site is behind says so, and may be tried again later.

	A wrong filter or a fault of ours is answered as ever; the Error Log has all of them.
	"""
	if response is None or response.status_code not in _FAILED or response.mimetype != "application/json":
		return
	answer = json.loads(response.get_data() or "null")
	errors = answer.get("errors") or [answer] if isinstance(answer, dict) else ()  # API 2, or 1
	error = errors[0] if errors and isinstance(errors, list) else None
	if not isinstance(error, dict) or not _is_for_what_is_missing(error):
		return
	message = {"message": sentence(), "title": _("Update Not Finished"), "indicator": "red"}
	error.update(message if error is not answer else {"_server_messages": json.dumps([json.dumps(message)])})
	response.set_data(json.dumps(answer, separators=(",", ":")))
	response.status_code = 503


def _is_for_what_is_missing(error: dict) -> bool:
	"""By the names in what was raised; by its kind alone where the site shows nobody what was raised."""
	is_such = (error.get("exc_type") or error.get("type")) in _OF_SUCH
	told = _told(error)
	if not told:
		return is_such and bool(what_is_missing())
	words = re.findall(r"\w+" if is_such else r"\.(\w+)", told)  # a refusal is in plain words
	named = _names().intersection(words) | {doctype for doctype in _wanted() if doctype in told}
	return bool(named) and not named.isdisjoint(what_is_missing(named) | _missing_indexes(named))


def _missing_indexes(named: Set[str]) -> set[str]:
	"""Work goes on without them, but for what names one."""
	return {
		name
		for doctype, _columns, name in INDEXES
		if name in named and not frappe.db.has_index(f"tab{doctype}", name)
	}


def _told(error: dict) -> str:
	raised = (error.get("exception") or "").strip().splitlines()
	if raised:
		return raised[-1]
	said = [json.loads(it).get("message") for it in json.loads(error.get("_server_messages") or "[]")]
	return " ".join(map(str, said)) or error.get("message") or ""


@cache
def _wanted() -> dict[str, tuple[set[str], set[str]]]:
	"""{DocType: (its fields, those of them that are columns)}, as this version of the app has them."""
	wanted = {doctype: _fields(fields) for doctype, fields in CUSTOM_FIELDS.items()}
	for path in _DOCTYPES.glob("*/*.json"):
		doc = json.loads(path.read_text())
		fields, columns = _fields(doc["fields"])
		wanted[doc["name"]] = (fields, set() if doc.get("issingle") else columns)
	return wanted


@cache
def _names() -> set[str]:
	"""What a single word may name: fields and indexes."""
	return {name for *_of, name in INDEXES}.union(*(fields for fields, _columns in _wanted().values()))


def _fields(rows: list[dict]) -> tuple[set[str], set[str]]:
	fields = {row["fieldname"] for row in rows if row["fieldtype"] not in no_value_fields}
	return fields | {row["fieldname"] for row in rows if row["fieldtype"] in table_fields}, fields


def _known_fields(doctypes: Iterable[str]) -> dict[str, set[str]]:
	known: dict[str, set[str]] = {}
	for kind, parent in (("DocField", "parent"), ("Custom Field", "dt")):
		wanted = {parent: ("in", list(doctypes) or ("",))}
		for doctype, field in frappe.get_all(kind, wanted, [parent, "fieldname"], as_list=True):
			known.setdefault(doctype, set()).add(field)
	return known
