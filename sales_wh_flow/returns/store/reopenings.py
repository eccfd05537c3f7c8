"""The record of orders that are opened again."""

from collections.abc import Sequence

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk, hold_rows, records
from sales_wh_flow.returns.rules.reopening import UndoStep

RUNNING, STOPPED, GIVEN_UP, DONE = "Running", "Stopped", "Given Up", "Done"
ENDED = (GIVEN_UP, DONE)


def begin(order: str, back_to: str, reason: str, steps: Sequence[UndoStep]) -> str:
	"""Write down what is going to be undone; the name of the record."""
	record = frappe.new_doc("Order Reopening")
	record.update(
		{
			"sales_order": order,
			"back_to": back_to,
			"reason": reason,
			"state": RUNNING,
			"actor": frappe.session.user,
			"asked_on": now(),
		}
	)
	for step in steps:
		record.append(
			"steps", {"action": step.action, "document_type": step.doctype, "document_name": step.name}
		)
	records.save(record)
	return record.name


def unfinished(order: str) -> str | None:
	"""The record of an order that is not at its end; whoever asks holds the order."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Reopening` where sales_order = %s and state not in %s
		lock in share mode""",
		(order, ENDED),
	)
	return rows[0][0] if rows else None


def orders_of_unfinished(orders: list[str]) -> list[str]:
	"""Those of the orders, which the caller holds, that are being opened again, or stopped on that way."""
	rows = frappe.db.sql(
		"""select distinct sales_order from `tabOrder Reopening`
		where sales_order in %s and state not in %s lock in share mode""",
		(tuple(orders), ENDED),
	)
	return [row[0] for row in rows]


def next_undo_step(name: str) -> tuple[str, UndoStep] | None:
	"""(row, step) that is to be done next; the record stays locked until the transaction ends."""
	hold_rows.hold_document_row("Order Reopening", name)
	rows = frappe.db.sql(
		"""select name, action, document_type, document_name from `tabOrder Reopening Step`
		where parent = %s and done_on is null order by idx limit 1 lock in share mode""",
		name,
	)
	return (rows[0][0], UndoStep(*rows[0][1:])) if rows else None


def steps_left(name: str) -> list[UndoStep]:
	"""What is still to be done; as last committed."""
	rows = frappe.db.sql(
		"""select action, document_type, document_name from `tabOrder Reopening Step`
		where parent = %s and done_on is null order by idx lock in share mode""",
		name,
	)
	return [UndoStep(*row) for row in rows]


def did(row: str) -> None:
	"""A step of a reopening is done, now."""
	frappe.db.sql("update `tabOrder Reopening Step` set done_on = %s where name = %s", (now(), row))


def run_again(name: str) -> None:
	"""It runs again from where it stopped."""
	frappe.db.sql(
		"update `tabOrder Reopening` set state = %s, stopped_by = null, modified = %s where name = %s",
		(RUNNING, now(), name),
	)


def stop(name: str, why: str) -> bool:
	"""Whether it ran until now. ``why``: what the document answered, as ``base.told`` keeps it."""
	frappe.db.sql(
		"""update `tabOrder Reopening` set state = %s, stopped_by = %s, modified = %s
		where name = %s and state = %s""",
		(STOPPED, why, now(), name, RUNNING),
	)
	return bool(bulk.changed_rows())


def end_reopening(name: str) -> None:
	"""A reopening is done."""
	frappe.db.sql(
		"update `tabOrder Reopening` set state = %s, ended_on = %s, modified = %s where name = %s",
		(DONE, now(), now(), name),
	)


def stopped_reopenings() -> list[tuple[str, str]]:
	"""(record, its order) of those that have stopped, by order and name."""
	rows = frappe.db.sql(
		"select name, sales_order from `tabOrder Reopening` where state = %s order by sales_order, name",
		STOPPED,
	)
	return [(name, order) for name, order in rows]


def give_up_stopped(name: str) -> None:
	"""It is given up, unless it goes on meanwhile."""
	frappe.db.sql(
		"""update `tabOrder Reopening` set state = %s, ended_on = %s, modified = %s
		where name = %s and state = %s""",
		(GIVEN_UP, now(), now(), name, STOPPED),
	)


def name_new_order(name: str, order: str) -> None:
	"""The order that took the place of the reopened one is written."""
	frappe.db.sql("update `tabOrder Reopening` set new_order = %s where name = %s", (order, name))


def add_steps(name: str, steps: Sequence[UndoStep]) -> None:
	"""What was made while it ran is undone, too; before the steps that are left."""
	record = frappe.get_doc("Order Reopening", name)
	left = [row for row in record.steps if not row.done_on]
	kept = [row for row in record.steps if row.done_on]
	new = [
		record.append(
			"steps", {"action": step.action, "document_type": step.doctype, "document_name": step.name}
		)
		for step in steps
	]
	record.set("steps", [*kept, *new, *left])
	for idx, row in enumerate(record.steps, 1):
		row.idx = idx
	records.save(record)


def reason_of(name: str) -> str:
	"""Why the order is opened again."""
	return frappe.db.get_value("Order Reopening", name, "reason") or ""
