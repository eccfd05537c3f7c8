"""A box in hand: its orders locked, then its row, as last committed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base.hold_rows import hold_order_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store.boxes import BoxRow

BUSY_FOR = timedelta(seconds=90)
"""Longer than any courier is waited for: after that somebody may ask for a label anew."""


def hold_box(name: str, orders: Iterable[str] = ()) -> BoxRow:
	"""Lock the orders, then the box. Raises: ValidationError for a box that is not there."""
	hold_order_rows(orders)
	row = store.hold_boxes([name]).get(name)
	if row is None:
		refuse(RuleViolation("no_such_box", box=name))
	return row


def hold_open_box(name: str, orders: Iterable[str] = ()) -> BoxRow:
	"""Lock the orders, then the box, which must be open. Raises: ValidationError saying what it is."""
	row = hold_box(name, orders)
	if row.state != states.OPEN:
		refuse(RuleViolation("box_not_open", box=row.name, state=_(row.state)))
	return row


def check_still_here(row: BoxRow) -> None:
	"""Raises: ValidationError for a box that a note, an invoice or a hand-over names: it is on its way."""
	if not (row.document or row.handover):
		return
	kind = "Delivery Note" if row.delivery_note else "Sales Invoice"
	if row.document and frappe.db.get_value(kind, row.document, "docstatus") == 1:
		refuse(RuleViolation("box_has_gone", box=row.name, kind=_(kind), document=row.document))
	refuse(RuleViolation("box_on_its_way", box=row.name, document=row.document or row.handover))


def check_unlabelled(row: BoxRow) -> None:
	"""Raises: ValidationError for a box whose courier made a label: it is paid for, and says what lies in
	the box and who carries it.
	"""
	if row.label_made_on:
		refuse(RuleViolation("box_is_labelled", box=row.name, number=row.tracking_no or "-"))


def is_label_moving(asked_on: datetime | None, made_on: datetime | None) -> bool:
	"""Whether a courier is being asked for a box's label, or to take it back: until that is answered nobody
	knows under which number the box would leave.
	"""
	return bool(asked_on and (made_on or now_datetime() - asked_on < BUSY_FOR))


def check_label_stays(rows: Iterable[BoxRow]) -> None:
	"""Raises: ValidationError for boxes that would leave while their label is asked for or given back."""
	refuse(
		RuleViolation("label_is_moving", box=row.name)
		for row in rows
		if is_label_moving(row.label_asked_on, row.label_made_on)
	)


def orders_in_box(box: str) -> tuple[str, ...]:
	"""The orders whose goods a box holds, as this transaction sees it."""
	filters = {"parent": box, "parenttype": "Order Box"}
	return tuple(sorted(frappe.get_all("Order Box Item", filters, pluck="sales_order", distinct=True)))
