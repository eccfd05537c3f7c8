"""What committed transactions still owe: written down with them, struck out with the work itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import add_to_date, now, now_datetime

from sales_wh_flow.base import bulk

MOST_ATTEMPTS = 5
_LEFT_AFTER_MIN = 2
"""What no job has begun by then is done by the sweep."""


@dataclass(frozen=True, slots=True)
class WrittenDown:
	"""Work for ``method``, in the name of ``user``; ``stamp``: when it was last asked for."""

	name: str
	method: str
	values: dict
	user: str
	stamp: datetime


def write_down(name: str, method: str, values: Mapping[str, object]) -> None:
	"""As part of this transaction; the same work asked for again is owed once, from now."""
	stamp, user = now(), frappe.session.user
	frappe.db.sql(
		"""insert into `tabOwed Work`
			(name, owner, creation, modified, modified_by, docstatus, idx, method, arguments, attempts)
		values (%s, %s, %s, %s, %s, 0, 0, %s, %s, 0)
		on duplicate key update modified = values(modified), arguments = values(arguments), attempts = 0""",
		(name, user, stamp, stamp, user, method, frappe.as_json(values, indent=0)),
	)


def take_owed(name: str) -> WrittenDown | None:
	"""Locked until the transaction ends; None when it is done."""
	rows = frappe.db.sql(
		"select name, method, arguments, owner, modified from `tabOwed Work` where name = %s for update", name
	)
	for found, method, arguments, user, stamp in rows:
		return WrittenDown(found, method, json.loads(arguments, object_hook=frappe._dict), user, stamp)
	return None


def strike_out(owed: WrittenDown) -> bool:
	"""It is done; False where it was asked for again meanwhile, and so is still owed."""
	frappe.db.sql("delete from `tabOwed Work` where name = %s and modified = %s", (owed.name, owed.stamp))
	return bool(bulk.changed_rows())


def left_over() -> list[str]:
	"""What no job has done in time, the oldest first."""
	rows = frappe.db.sql(
		"""select name from `tabOwed Work` where modified < %s and attempts < %s order by modified, name""",
		(add_to_date(now_datetime(), minutes=-_LEFT_AFTER_MIN), MOST_ATTEMPTS),
	)
	return [row[0] for row in rows]


def tried(names: Iterable[str]) -> None:
	"""The sweep goes through these now."""
	wanted = tuple(names)
	if wanted:
		frappe.db.sql(
			"update `tabOwed Work` force index (primary) set attempts = attempts + 1 where name in %s",
			(wanted,),
		)
