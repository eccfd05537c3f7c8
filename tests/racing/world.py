"""Committed data for races, and what is looked at after them."""

import random
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import frappe
from frappe.utils.background_jobs import get_queue

from sales_wh_flow.audit import check, words
from sales_wh_flow.base import said
from sales_wh_flow.base.compat import open_qty_sql
from sales_wh_flow.order import jobs as order_jobs
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.serving import jobs
from sales_wh_flow.stock_lock.store import events, waiting_lines
from tests import factories, site


def set_switches(**values) -> None:
	"""Set Sales Flow Settings and commit; capabilities that are not named are off."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	site.set_switches(**values)
	frappe.db.commit()


@cache
def warehouse() -> str:
	name = factories.make_warehouse("Race")
	frappe.db.commit()
	return name


def company() -> str:
	return factories.company().name


@cache
def customer() -> str:
	name = factories.make_customer()
	frappe.db.commit()
	return name


def stocked_items(count: int, qty: float, **values) -> list[str]:
	"""New items with ``qty`` of each in the race's warehouse; without stock, and without a Bin, for 0."""
	items = factories.make_items(count, **values)
	if qty:
		receive(items, qty)
	frappe.db.commit()
	return items


def stocked_serial_item(qty: int) -> str:
	code = factories.unique("SN").replace(" ", "-")
	(item,) = stocked_items(1, qty, item_code=code, has_serial_no=1, serial_no_series=f"{code}-.####")
	return item


def stocked_batch_item(qty: float) -> str:
	code = factories.unique("BN").replace(" ", "-")
	(item,) = stocked_items(
		1, qty, item_code=code, has_batch_no=1, create_new_batch=1, batch_number_series=f"{code}-.###"
	)
	return item


def shuffled(items: list[str]) -> list[str]:
	return random.sample(items, len(items))


def receive(items: list[str], qty: float) -> str:
	"""``qty`` of each item comes in, with one submitted Stock Entry; its name."""
	name = draft_receipt(items, qty)
	frappe.get_doc("Stock Entry", name).submit()
	frappe.db.commit()
	return name


def draft_receipt(items: list[str], qty: float) -> str:
	rows = [{"item_code": item, "qty": qty, "t_warehouse": warehouse(), "basic_rate": 10} for item in items]
	return insert_committed(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": "Material Receipt",
			"purpose": "Material Receipt",
			"company": factories.company().name,
			"items": rows,
		}
	)


def draft_order(quantities: dict[str, float], lock: int = 1, at: str | None = None, **values) -> str:
	"""The name of a draft with a line for each item and quantity, in that order, from the race's warehouse
	or the one given.

	``lock`` 0: its lines are not to be locked.
	"""
	lines = [factories.line(item, qty=qty, reserve_stock=lock) for item, qty in quantities.items()]
	values.setdefault("customer", customer())
	order = factories.make_order(*lines, warehouse=at or warehouse(), **values)
	frappe.db.commit()
	return order.name


def other_warehouse() -> str:
	"""A new warehouse beside the race's own."""
	name = factories.make_warehouse("Other")
	frappe.db.commit()
	return name


def receive_at(item: str, qty: float, where: str) -> None:
	factories.receive(item, qty, where)
	frappe.db.commit()


def locked_at(item: str, where: str) -> dict[str, float]:
	"""What each order holds of an item in one warehouse."""
	frappe.db.rollback()
	rows = frappe.db.sql(
		f"""select voucher_no, sum({open_qty_sql("sre")}) from `tabStock Reservation Entry` sre
		where item_code = %s and warehouse = %s and docstatus = 1 and status not in ('Delivered', 'Cancelled')
		group by voucher_no""",
		(item, where),
	)
	return dict(rows)


def submit(order: str) -> None:
	frappe.db.rollback()
	frappe.get_doc("Sales Order", order).submit()
	frappe.db.commit()


def grow_old(order: str, days: int) -> None:
	"""The order's locks were made that long ago."""
	frappe.db.rollback()
	frappe.db.sql(
		"""update `tabStock Reservation Entry` set creation = date_sub(creation, interval %s day)
		where voucher_no = %s""",
		(days, order),
	)
	frappe.db.commit()


def serve_all() -> None:
	"""What the scheduler would do when the race is over."""
	frappe.db.rollback()
	jobs.serve_waiting_demand()


@dataclass(frozen=True, slots=True)
class Stock:
	"""One Bin's figures, in stock UOM: ``locked`` from the open entries, ``written`` what the Bin says of
	them.

	``demand`` is the Bin's figure of open demand (reserved_qty), ``on_hand`` its actual_qty, ``ledger`` the
	balance of the last movement.
	"""

	on_hand: float
	ledger: float
	locked: float
	written: float
	demand: float


def stock_of(item: str) -> Stock:
	frappe.db.rollback()
	row = frappe.db.get_value(
		"Bin",
		{"item_code": item, "warehouse": warehouse()},
		["actual_qty", "reserved_stock", "reserved_qty"],
		order_by="name",
	) or (0.0, 0.0, 0.0)
	balance = frappe.db.sql(
		"""select qty_after_transaction from `tabStock Ledger Entry`
		where item_code = %s and warehouse = %s and is_cancelled = 0
		order by posting_datetime desc, creation desc limit 1""",
		(item, warehouse()),
	)
	return Stock(
		on_hand=row[0],
		ledger=balance[0][0] if balance else 0.0,
		locked=sum(locked_by(item).values()),
		written=row[1],
		demand=row[2],
	)


def locked_by(item: str) -> dict[str, float]:
	"""What each order holds of an item."""
	frappe.db.rollback()
	rows = frappe.db.sql(
		f"""select voucher_no, sum({open_qty_sql("sre")}) from `tabStock Reservation Entry` sre
		where item_code = %s and docstatus = 1 and status not in ('Delivered', 'Cancelled')
		group by voucher_no""",
		item,
	)
	return dict(rows)


def waiting_for(order: str) -> float:
	"""What an order still waits for, over all lines."""
	frappe.db.rollback()
	return sum(line.qty_stock for line in waiting_lines.lines_of(order))


def batches(item: str) -> list[str]:
	"""The batches of an item, oldest first."""
	return frappe.get_all("Batch", {"item": item}, order_by="creation, name", pluck="name")


def serials(item: str) -> list[str]:
	"""The serial numbers of an item, oldest first."""
	return frappe.get_all("Serial No", {"item_code": item}, order_by="creation, name", pluck="name")


def entries_held(item: str) -> list[str]:
	"""The serial numbers that locks of an item hold, each as often as it is held."""
	return [serial for serial, _batch, _qty in _entries(item)]


def batches_held(item: str) -> list[tuple[str, float]]:
	"""(batch, quantity) of each entry that locks of an item hold."""
	return [(batch, qty) for _serial, batch, qty in _entries(item)]


def on_pick_lists(order: str) -> dict[str, float]:
	"""What open Pick Lists hold of an order, by item."""
	frappe.db.rollback()
	rows = frappe.db.sql(
		"""select item_code, sum(stock_qty) from `tabPick List Item`
		where sales_order = %s and docstatus < 2 group by item_code""",
		order,
	)
	return dict(rows)


def count_bins(item: str) -> int:
	frappe.db.rollback()
	return frappe.db.count("Bin", {"item_code": item, "warehouse": warehouse()})


def all_done(outcomes) -> None:
	"""Nobody failed, not even on a deadlock."""
	failed = [
		f"{outcome.call.target} {outcome.call.args}: {outcome.text}" for outcome in outcomes if outcome.error
	]
	assert not failed, "\n".join(failed)


def waiting_looks(order: str) -> list:
	"""The jobs that wait to look once more at an order's status: no worker takes them here."""
	waiting = [job for queue in ("short", "default", "long") for job in get_queue(queue).jobs]
	mine = [job for job in waiting if job.kwargs["method"] == "sales_wh_flow.order.jobs.follow_statuses"]
	return [job for job in mine if order in job.kwargs["kwargs"]["orders"]]


def look_once_more(order: str) -> None:
	"""What a worker does with these jobs."""
	for job in waiting_looks(order):
		order_jobs.follow_statuses(**job.kwargs["kwargs"])
		job.delete()


def is_refusal(outcome) -> bool:
	"""Whether a user was told no, in words, rather than that something broke."""
	return outcome.error in ("StockIsLocked", "NegativeStockError", "ValidationError")


@contextmanager
def somebody_else():
	"""Inside, another connection is at work, and commits: this one goes on with what it has read before."""
	mine = frappe.local.db
	frappe.connect()
	try:
		yield
		frappe.db.commit()
	finally:
		frappe.db.close()
		frappe.local.db = mine


@contextmanager
def approval_rule(*args, **values):
	"""Inside, a rule made as in ``factories.make_rule`` asks about orders; afterwards it is disabled."""
	rule = factories.make_rule(*args, **values)
	frappe.db.commit()
	try:
		yield rule
	finally:
		frappe.db.rollback()
		rule.reload().update({"enabled": 0}).save()
		frappe.db.commit()


@contextmanager
def new_lock_series():
	"""Inside, locks are named by a series that was never used."""
	series = f"RACE-{frappe.generate_hash(length=6)}-.#####"
	doctype = "Stock Reservation Entry"
	values = {"doc_type": doctype, "doctype_or_field": "DocType", "property": "autoname", "value": series}
	setter = insert_committed({"doctype": "Property Setter", "property_type": "Data", **values})
	frappe.clear_cache(doctype=doctype)
	try:
		yield
	finally:
		frappe.db.rollback()
		frappe.delete_doc("Property Setter", setter)
		frappe.db.commit()
		frappe.clear_cache(doctype=doctype)


def broken_since(started: str | None) -> str:
	"""What the check finds on items made since then, or on the whole site, in words.

	Afterwards the site is clean for the next test: locks of what is not there are gone, drift is mended.
	"""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	made = started and frappe.get_all("Item", {"creation": (">=", started)}, pluck="name")
	findings = check.look(items=made)
	if findings:
		_mend(findings)
	return words.findings_in_words(findings)


def _mend(findings) -> None:
	if any(it.code.startswith("over_locked") for it in findings):
		frappe.db.sql(
			"""update `tabStock Reservation Entry` set docstatus = 2, status = 'Cancelled'
			where item_code in %s and docstatus = 1""",
			({it.item_code for it in findings if it.item_code},),
		)
	repair.mend(repair.look_for_drift())
	events.take_in(said.typed("made clean for the next test"))
	refresh_status.of_all(it.order for it in findings)
	frappe.db.commit()


def _entries(item: str) -> list[tuple[str, str, float]]:
	frappe.db.rollback()
	return frappe.db.sql(
		"""select sbe.serial_no, sbe.batch_no, sbe.qty from `tabSerial and Batch Entry` sbe
		join `tabStock Reservation Entry` sre on sre.name = sbe.parent
		where sre.item_code = %s and sre.docstatus = 1""",
		item,
	)


def insert_committed(values: dict) -> str:
	name = frappe.get_doc(values).insert().name
	frappe.db.commit()
	return name
