"""A box is opened for what a Pick List, or an order, has picked."""

from dataclasses import dataclass

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.hold_rows import hold_order_row
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing import sayings
from sales_wh_flow.packing.permissions import own_places
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.pick_rows import PickedRow
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import measures, packed


@dataclass(frozen=True, slots=True)
class PackedFrom:
	"""What is packed: a Pick List, or what was picked of an order; ``order`` alone of a list of many,
	``warehouse`` alone of several.
	"""

	pick_list: str | None = None
	order: str | None = None
	warehouse: str | None = None

	@property
	def name(self) -> str:
		return self.pick_list or self.order or ""

	def rows(self, item_code: str | None = None) -> tuple[PickedRow, ...]:
		"""What was picked of it in the warehouses of the session's user; one statement."""
		found: tuple[PickedRow, ...] = ()
		if self.pick_list:
			listed = packed.rows_of_list(self.pick_list, item_code)
			found = tuple(row for row in listed if self.order in (None, row.sales_order))
		elif self.order:
			found = packed.rows_of_order(self.order, item_code)
		own = own_places(row.warehouse for row in found)
		return tuple(row for row in found if row.warehouse in own and self.warehouse in (None, row.warehouse))


def open_box(source: PackedFrom, box_type: str | None = None) -> str:
	"""A new box for the ship-to of the first order that has something left to pack. Returns its number.

	Raises: ValidationError when nothing is left to pack, or the type is not one for the company.
	"""
	left = [row for row in source.rows() if is_positive(row.left_stock)]
	if not left:
		refuse(RuleViolation("nothing_to_pack", name=source.name))
	first = left[0]
	hold_order_row(first.sales_order)
	to = measures.ship_to_of(first.sales_order)
	check_box_type(box_type)
	return _new(
		{
			"company": to.company,
			"warehouse": first.warehouse,
			"customer": to.customer,
			"customer_name": to.customer_name,
			"ship_to": to.address,
			"ship_to_text": to.text,
			"courier": to.courier,
			"courier_service": to.courier_service,
		},
		box_type,
	)


def new_box_like(other: str, box_type: str | None) -> str:
	"""A new box for where another one stands and goes; its number."""
	same = ["company", "warehouse", "customer", "customer_name", "ship_to", "ship_to_text", "courier"]
	return _new(frappe.db.get_value("Order Box", other, [*same, "courier_service"], as_dict=True), box_type)


def _new(values: dict, box_type: str | None) -> str:
	tare = frappe.db.get_value("Box Type", box_type, "tare_kg") if box_type else 0
	name = measures.new_box({**values, "state": states.OPEN, "box_type": box_type, "expected_kg": tare or 0})
	store.add_events([_event(name, said.keep(sayings.opened, box_type=box_type or ""))])
	return name


def _event(box: str, note: said.Kept) -> dict:
	stamp = now_datetime()
	return {
		"box": box,
		"state": states.OPEN,
		"happened_on": stamp,
		"recorded_on": stamp,
		"actor": frappe.session.user,
		"note": note,
	}


def check_box_type(box_type: str | None) -> None:
	"""Raises: ValidationError for a type that is not there, or switched off."""
	if box_type and not frappe.db.get_value("Box Type", box_type, "enabled"):
		refuse(RuleViolation("wrong_box_type", box_type=box_type))
