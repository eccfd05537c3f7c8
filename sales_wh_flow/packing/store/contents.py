"""What lies in boxes. The caller holds the box, see store/boxes.py."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import now

from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.packing.rules.pick_rows import Part


@dataclass(frozen=True, slots=True)
class Content:
	"""One row of a box."""

	name: str
	box: str
	sales_order: str
	sales_order_item: str
	packed_item: str | None
	pick_list: str
	pick_list_item: str
	item_code: str
	item_name: str
	qty_stock: float
	stock_uom: str
	batch_no: str | None
	serial_nos: tuple[str, ...]


_COLUMNS = """name, parent, sales_order, sales_order_item, packed_item, pick_list, pick_list_item, item_code,
	item_name, qty_stock, stock_uom, batch_no, serial_nos"""


def contents_of(boxes: Iterable[str], *, for_update: bool = False) -> tuple[Content, ...]:
	"""The rows of these boxes, the first put in first; one statement, none for none.

	``for_update``: as last committed.
	"""
	wanted = tuple(sorted(set(boxes)))
	if not wanted:
		return ()
	rows = frappe.db.sql(
		f"""select {_COLUMNS} from `tabOrder Box Item` where parent in %s and parenttype = 'Order Box'
		order by parent, idx, name {"lock in share mode" if for_update else ""}""",
		(wanted,),
	)
	return tuple(_content(row) for row in rows)


def refused_of(boxes: Iterable[str]) -> dict[str, float]:
	"""{row of these boxes: how much of it the customer did not take}; one statement, as last committed."""
	rows = frappe.db.sql(
		"""select name, refused_qty from `tabOrder Box Item` where parent in %s and parenttype = 'Order Box'
			and refused_qty > 0 lock in share mode""",
		(tuple(sorted(set(boxes))),),
	)
	return dict(rows)


def hold_content(box: str, name: str) -> Content | None:
	"""One row of a box that is held, locked by its key; None when the box has no such row."""
	rows = frappe.db.sql(
		f"select {_COLUMNS} from `tabOrder Box Item` force index (primary) where name = %s for update",
		(name,),
	)
	found = [_content(row) for row in rows]
	return found[0] if found and found[0].box == box else None


def _content(row: tuple) -> Content:
	*plain, batch_no, serial_nos = row
	return Content(*(*plain, batch_no or None, each_serial(serial_nos)))


def put_contents(box: str, parts: Sequence[Part], count: int) -> None:
	"""Put these into the box, onto the row of the same pick and batch where there is one; one statement.

	``count``: how many rows the box has.
	"""
	stamp, user = now(), frappe.session.user
	values: list[object] = []
	for idx, part in enumerate(parts, count + 1):
		row = part.row
		values += [
			*(_name(box, part), user, stamp, stamp, user, 0, idx, box, "Order Box", "contents"),
			*(row.sales_order, row.sales_order_item, row.packed_item, row.pick_list, row.name),
			*(row.item_code, row.item_name, part.qty_stock, row.stock_uom, part.batch_no, part.serial_no),
		]
	marks = ", ".join(f"({', '.join(['%s'] * 21)})" for _ in parts)
	frappe.db.sql(
		f"""insert into `tabOrder Box Item`
			(name, owner, creation, modified, modified_by, docstatus, idx, parent, parenttype, parentfield,
			sales_order, sales_order_item, packed_item, pick_list, pick_list_item, item_code, item_name,
			qty_stock, stock_uom, batch_no, serial_nos)
		values {marks} on duplicate key update qty_stock = round(qty_stock + values(qty_stock), 9),
			serial_nos = nullif(concat_ws('\\n', nullif(serial_nos, ''), values(serial_nos)), ''),
			modified = values(modified), modified_by = values(modified_by)""",
		values,
	)


def _name(box: str, part: Part) -> str:
	"""One row a pick and batch: two scans of the same thing find each other by the key."""
	of = f"{part.row.name}|{part.batch_no or ''}"
	return f"{box}-{hashlib.sha1(of.encode()).hexdigest()[:10]}"


def take_content(content: Content, qty_stock: float, serial_no: str | None) -> None:
	"""Less of a row, or no row when nothing is left; one statement."""
	left = round(content.qty_stock - qty_stock, 9)
	if left <= 0:
		frappe.db.sql("delete from `tabOrder Box Item` where name = %s", (content.name,))
		return
	serials = "\n".join(it for it in content.serial_nos if it != serial_no) or None
	frappe.db.sql(
		"""update `tabOrder Box Item` set qty_stock = %s, serial_nos = %s, modified = %s, modified_by = %s
		where name = %s""",
		(left, serials, now(), frappe.session.user, content.name),
	)


def boxes_with_serial(rows: Iterable[str], serial_no: str) -> list[str]:
	"""Boxes, not cancelled, that hold this serial number of one of these picks; a locking read."""
	found = frappe.db.sql(
		"""select content.parent, content.serial_nos from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where content.pick_list_item in %s and box.state <> 'Cancelled' and content.serial_nos like %s
		lock in share mode""",
		(tuple(rows), f"%{_for_like(serial_no)}%"),
	)
	return [box for box, serials in found if serial_no in each_serial(serials)]


def _for_like(text: str) -> str:
	return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def components_of(line: str) -> tuple[dict[str, float], float]:
	"""({component of an order's line: how much the whole line needs}, bundles of the line)."""
	rows = frappe.db.sql(
		"""select packed.name, packed.qty, line.qty from `tabPacked Item` packed
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname
		join `tabItem` item on item.name = packed.item_code
		where packed.parent_detail_docname = %s and packed.parenttype = 'Sales Order'
			and item.is_stock_item = 1""",
		line,
	)
	return {name: qty for name, qty, _ordered in rows}, rows[0][2] if rows else 0.0
