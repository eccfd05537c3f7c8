"""A picker did not find all: whoever counts there gets a task, once a place, until it is counted."""

import frappe
from frappe.utils import flt

from sales_wh_flow.base import reader
from sales_wh_flow.picking import words
from sales_wh_flow.picking.store import count_tasks

_MOST_PEOPLE = 5
"""A task of everybody is nobody's."""


def ask_for_count(item_code: str, warehouse: str, found: float, asked: float, reason: str) -> None:
	"""A ToDo on the Bin for the warehouse's Stock Managers; the picker's own where there are none."""
	place = count_tasks.bin_of(item_code, warehouse)
	if place is None or place[1]:
		return
	picker, tasks = frappe.session.user, {}
	for user in count_tasks.who_counts(warehouse, _MOST_PEOPLE) or [picker]:
		with reader.reading_as(user):
			tasks[user] = words.count_this(item_code, warehouse, picker, flt(found), flt(asked), reason)
	count_tasks.add_tasks(place[0], tasks)


def end_counted(doc) -> None:
	"""A submitted Stock Reconciliation ends the tasks of what it counted."""
	places = [(row.item_code, row.warehouse) for row in doc.items if row.item_code and row.warehouse]
	count_tasks.end_tasks(count_tasks.bins_at(places))


def end_others(todo) -> None:
	"""Who ends a count's task without a Stock Reconciliation (all is there after all) ends it for all."""
	if todo.reference_type == "Bin" and todo.status != "Open":
		count_tasks.end_tasks([todo.reference_name])
