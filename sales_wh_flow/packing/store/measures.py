"""What boxes weigh and measure, and where they stand: the fields of a box that packing alone writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import now

from sales_wh_flow.base import bulk
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.packing.answers import OpenBox
from sales_wh_flow.packing.rules import states


@dataclass(frozen=True, slots=True)
class Measures:
	"""Of one box; weights in kg. ``goods_kg``: of what lies in it. ``on_it``: the boxes that stand on it and
	what they weigh together. ``unweighed``: items whose weight nobody entered.
	"""

	tare_kg: float
	max_kg: float
	goods_kg: float
	on_it: int
	on_it_kg: float
	unweighed: int
	rows: int

	@property
	def expected_kg(self) -> float:
		return round(self.tare_kg + self.goods_kg + self.on_it_kg, 6)


def measure(box: str, box_type: str | None, weights: Mapping[str, float]) -> Measures:
	"""A box that is held. ``weights``: kg of one stock unit of each item in it. Two statements."""
	tare, limit = (
		frappe.db.get_value("Box Type", box_type, ["tare_kg", "max_weight_kg"]) if box_type else (0, 0)
	) or (0, 0)
	goods = frappe.db.sql(
		"""select content.item_code, content.qty_stock from `tabOrder Box Item` content
		where content.parent = %s and content.parenttype = 'Order Box' lock in share mode""",
		(box,),
	)
	on_it, on_it_kg = frappe.db.sql(
		"""select count(*), sum(if(weighed_kg > 0, weighed_kg, expected_kg)) from `tabOrder Box`
		where parent_box = %s and state <> 'Cancelled'""",
		(box,),
	)[0]
	return Measures(
		tare_kg=tare or 0.0,
		max_kg=limit or 0.0,
		goods_kg=sum(weights.get(item, 0.0) * qty for item, qty in goods),
		on_it=on_it,
		on_it_kg=on_it_kg or 0.0,
		unweighed=sum(not weights.get(item) for item, _qty in goods),
		rows=len(goods),
	)


def sides_of(box_type: str | None) -> dict[str, float]:
	"""The sides of a box of this type in cm, as a box keeps them; 0 where nobody measured it."""
	fields = ("length_cm", "width_cm", "height_cm")
	found = frappe.db.get_value("Box Type", box_type, fields) if box_type else None
	return {field: side or 0.0 for field, side in zip(fields, found or (0, 0, 0), strict=True)}


def weights_of(items: Iterable[str]) -> dict[str, tuple[float, str]]:
	"""{item: (weight of one stock unit, its unit)}; one statement, none for none."""
	wanted = tuple(sorted(set(items)))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"select name, coalesce(weight_per_unit, 0), weight_uom from `tabItem` where name in %s", (wanted,)
	)
	return {name: (weight, uom) for name, weight, uom in rows}


def new_box(values: Mapping[str, object]) -> str:
	"""A new box with these fields; its number. The series is the last lock that is taken."""
	name = Series("Order Box").take(1)[0]
	stamp, user = now(), frappe.session.user
	bulk.insert(
		"Order Box",
		("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", *values),
		[(name, user, stamp, stamp, user, 0, 0, *values.values())],
	)
	return name


def add_expected_kg(box: str, kg: float) -> None:
	"""What lies in a box that is held weighs so much more, or less; one statement."""
	frappe.db.sql(
		"""update `tabOrder Box` set expected_kg = greatest(round(coalesce(expected_kg, 0) + %s, 6), 0),
			modified = %s, modified_by = %s where name = %s""",
		(kg, now(), frappe.session.user, box),
	)
	bulk.forget_cached("Order Box", [box])


def next_number(series: str) -> int:
	"""The next number of a series of its own, locked until the transaction ends."""
	return frappe.db.sql(
		"""insert into `tabSeries` (name, current) values (%s, 1)
		on duplicate key update current = current + 1 returning current""",
		(series,),
	)[0][0]


@dataclass(frozen=True, slots=True)
class ShipTo:
	"""Where the goods of an order go."""

	order: str
	company: str
	customer: str
	customer_name: str
	address: str | None
	text: str
	courier: str | None
	courier_service: str | None


def ship_to_of(order: str) -> ShipTo:
	"""With the address as it is today: it may have been corrected since the order was submitted."""
	row = frappe.db.get_value(
		"Sales Order",
		order,
		[
			*("name", "company", "customer", "customer_name", "shipping_address_name", "address_display"),
			*("swf_courier", "swf_courier_service"),
		],
		as_dict=True,
	)
	text = row.address_display
	if row.shipping_address_name:
		text = frappe.get_cached_doc("Address", row.shipping_address_name).get_display()
	return ShipTo(
		row.name,
		row.company,
		row.customer,
		row.customer_name,
		row.shipping_address_name or None,
		plain_address(text),
		row.swf_courier,
		row.swf_courier_service,
	)


def plain_address(text: str | None) -> str:
	"""An address as forms show it, line by line."""
	return "\n".join(it.strip() for it in (text or "").replace("<br>", "\n").split("\n") if it.strip())


def boxes_here(order: str) -> dict[str, bool]:
	"""{box that has not left and holds goods of the order: whether it holds goods of others, too}; one
	locking read.
	"""
	rows = frappe.db.sql(
		"""select box.name, max(other.sales_order is not null) from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		left join `tabOrder Box Item` other on other.parent = box.name and other.sales_order <> %(order)s
			and other.qty_stock > 0
		where content.sales_order = %(order)s and content.qty_stock > 0 and box.state in ('Open', 'Closed')
		group by box.name order by box.name lock in share mode""",
		{"order": order},
	)
	return {name: bool(is_shared) for name, is_shared in rows}


def boxes_going_to(address: str) -> list[str]:
	"""Boxes that have not left and go to this address; one statement."""
	here = {"ship_to": address, "state": ("in", sorted(states.IN_THE_HOUSE))}
	return frappe.get_all("Order Box", here, pluck="name")


def goes_to(box: str) -> tuple[str, str | None]:
	"""(customer, address) of a box; one statement."""
	customer, address = frappe.db.get_value("Order Box", box, ["customer", "ship_to"])
	return customer, address or None


def boxes_on(pallet: str) -> list[str]:
	"""The boxes that stand on it, by name."""
	rows = frappe.db.sql(
		"select name from `tabOrder Box` where parent_box = %s and state <> 'Cancelled' order by name", pallet
	)
	return [row[0] for row in rows]


SHOWN = (
	*("name", "state", "box_type", "parent_box", "expected_kg", "weighed_kg", "delivery_note", "sscc"),
	*("courier", "tracking_no", "label", "label_made_on", "cod_amount"),
)
"""Of a box, what the page Pack shows: the fields of ``OpenBox``."""


def open_boxes(customer: str, ship_to: str | None, warehouse: str) -> list[OpenBox]:
	"""Boxes of a ship-to that still stand in the warehouse, the oldest first."""
	return frappe.db.sql(
		f"""select {", ".join(SHOWN)}
		from `tabOrder Box` where customer = %s and state in ('Open', 'Closed') and warehouse = %s
			and coalesce(ship_to, '') = %s and delivery_note is null and sales_invoice is null
			and handover is null
		order by name limit 200""",
		(customer, warehouse, ship_to or ""),
		as_dict=True,
	)
