"""What was picked of rows of Pick Lists, and how much of it lies in boxes that have not left.

The count of a row is kept in a row of its own, Packed Quantity, which is locked by its key: two phones that
pack the same pick count one after the other, and lock no gap that others insert into.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import now

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.packing.rules.pick_rows import PickedRow
from sales_wh_flow.packing.rules.weights import in_kg


def rows_of_list(pick_list: str, item_code: str | None = None) -> tuple[PickedRow, ...]:
	"""What a submitted Pick List picked for orders, ``item_code`` alone if given; one statement."""
	return _rows("row.parent = %(of)s", pick_list, item_code)


def rows_of_order(order: str, item_code: str | None = None) -> tuple[PickedRow, ...]:
	"""What submitted Pick Lists picked for an order; one statement."""
	return _rows("row.sales_order = %(of)s", order, item_code)


def rows_of_orders(orders: Iterable[str]) -> tuple[PickedRow, ...]:
	"""What submitted Pick Lists picked for these orders; one statement, none for none."""
	wanted = tuple(sorted(set(orders)))
	return _rows("row.sales_order in %(of)s", wanted, None) if wanted else ()


def rows_named(names: Iterable[str]) -> tuple[PickedRow, ...]:
	"""These rows; one statement, none for none."""
	wanted = tuple(sorted(set(names)))
	return _rows("row.name in %(of)s", wanted, None) if wanted else ()


def _rows(these: str, of: object, item_code: str | None) -> tuple[PickedRow, ...]:
	only = "and row.item_code = %(item)s" if item_code else ""
	found = frappe.db.sql(_ROWS.format(these=these, only=only), {"of": of, "item": item_code}, as_dict=True)
	return tuple(_as_row(row) for row in found)


def _as_row(row: frappe._dict) -> PickedRow:
	return PickedRow(
		name=row.name,
		pick_list=row.pick_list,
		sales_order=row.sales_order,
		sales_order_item=row.sales_order_item,
		packed_item=row.packed_item or None,
		item_code=row.item_code,
		item_name=row.item_name or row.item_code,
		stock_uom=row.stock_uom,
		company=row.company,
		warehouse=row.warehouse,
		customer=row.customer,
		customer_name=row.customer_name,
		ship_to=row.ship_to or None,
		batch_no=row.batch_no or None,
		serial_nos=each_serial(row.serial_no),
		has_batch=bool(row.has_batch_no),
		has_serial=bool(row.has_serial_no),
		picked_stock=row.picked_qty,
		delivered_stock=row.delivered_qty,
		packed_stock=row.packed_qty,
		weight_kg=in_kg(row.weight_per_unit, row.weight_uom),
		sides_cm=tuple(sorted((row.length_cm or 0.0, row.width_cm or 0.0, row.height_cm or 0.0))),
	)


# What left in a note that came from no box is delivered as well: it is not there any more to be packed.
_ROWS = """
select row.name, row.parent pick_list, row.sales_order, row.sales_order_item,
	nullif(row.product_bundle_item, '') packed_item, row.item_code, row.item_name, row.stock_uom,
	list.company, row.warehouse, so.customer, so.customer_name, so.shipping_address_name ship_to,
	row.batch_no, row.serial_no, row.picked_qty, row.delivered_qty, coalesce(packed.packed_qty, 0) packed_qty,
	item.weight_per_unit, item.weight_uom, item.has_batch_no, item.has_serial_no,
	item.swf_length_cm length_cm, item.swf_width_cm width_cm, item.swf_height_cm height_cm
from `tabPick List Item` row
join `tabPick List` list on list.name = row.parent
join `tabSales Order` so on so.name = row.sales_order
join `tabItem` item on item.name = row.item_code
left join `tabPacked Quantity` packed on packed.name = row.name
where {these} {only} and list.docstatus = 1 and list.purpose = 'Delivery' and row.picked_qty > 0
order by row.parent, row.idx"""


@dataclass(frozen=True, slots=True)
class Room:
	"""A row of a Pick List whose count is locked, as last committed."""

	picked_stock: float
	delivered_stock: float
	packed_stock: float

	@property
	def left_stock(self) -> float:
		return rounded(self.picked_stock - self.delivered_stock - self.packed_stock)


def hold_counts(rows: Iterable[PickedRow]) -> dict[str, Room]:
	"""Lock the counts of these rows, by name, and return what can still be packed of each; two statements,
	none for none. The caller holds the orders and the box.
	"""
	wanted = sorted({row.name: row for row in rows}.items())
	if not wanted:
		return {}
	packed = dict(_hold([(name, row.pick_list, row.sales_order) for name, row in wanted]))
	# A locking read by key: a note that was submitted meanwhile has delivered some of it.
	picked = frappe.db.sql(
		"""select name, if(docstatus = 1, picked_qty, 0), delivered_qty from `tabPick List Item`
		force index (primary) where name in %s order by name lock in share mode""",
		(tuple(packed),),
	)
	return {name: Room(qty, gone or 0.0, packed[name]) for name, qty, gone in picked}


def _hold(rows: list[tuple[str, str, str]]) -> tuple[tuple[str, float], ...]:
	stamp, user = now(), frappe.session.user
	marks = ", ".join("(%s, %s, %s, %s, %s, 0, 0, %s, %s, 0)" for _ in rows)
	values = [part for name, of, order in rows for part in (name, user, stamp, stamp, user, of, order)]
	return frappe.db.sql(
		f"""insert into `tabPacked Quantity`
			(name, owner, creation, modified, modified_by, docstatus, idx, pick_list, sales_order, packed_qty)
		values {marks} on duplicate key update packed_qty = packed_qty returning name, packed_qty""",
		values,
	)


def count_packed(more: Mapping[str, float]) -> None:
	"""So much more, or less, of these rows of Pick Lists lies in boxes; one statement, none for none. Their
	counts are held or are taken in the order of their names.
	"""
	if not more:
		return
	names = sorted(more)
	cases = " ".join("when %s then %s" for _ in names)
	frappe.db.sql(
		f"""update `tabPacked Quantity` force index (primary)
		set packed_qty = round(packed_qty + case name {cases} end, 9), modified = %s
		where name in %s order by name""",
		(*(part for name in names for part in (name, more[name])), now(), tuple(names)),
	)


def packed_of_lists(pick_lists: Iterable[str]) -> dict[str, float]:
	"""{row of a Pick List: how much of it lies in boxes}, where something does; a locking read by key."""
	wanted = tuple(sorted(set(pick_lists)))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select packed.name, packed.packed_qty from `tabPick List Item` row
		join `tabPacked Quantity` packed on packed.name = row.name
		where row.parent in %s and packed.packed_qty > 0 lock in share mode""",
		(wanted,),
	)
	return dict(rows)
