"""What of orders is on no note yet."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.order.store import gone


@dataclass(frozen=True, slots=True)
class LeftLine:
	"""An order line and what of it has neither left nor is on a draft note, in its own UOM; ``is_service``:
	nothing of it lies on a shelf.
	"""

	order: str
	row: str
	left: float
	is_service: bool


def left_lines(orders: Iterable[str]) -> list[LeftLine]:
	"""The lines of these orders that we send, complete ones too, by order and place; one statement."""
	rows = frappe.db.sql(
		f"""select line.parent, line.name, line.qty - {gone.gone_sql("line")} - coalesce((
				select sum(note.qty) from `tabDelivery Note Item` note
				where note.so_detail = line.name and note.docstatus = 0), 0),
			item.is_stock_item = 0 and not exists (select 1 from `tabPacked Item` part
				where part.parent_detail_docname = line.name and part.parent = line.parent)
		from `tabSales Order Item` line join `tabItem` item on item.name = line.item_code
		where line.parent in %s and line.delivered_by_supplier = 0 and line.docstatus = 1
		order by line.parent, line.idx""",
		(tuple(orders),),
	)
	return [LeftLine(order, row, flt(left), bool(is_service)) for order, row, left, is_service in rows]
