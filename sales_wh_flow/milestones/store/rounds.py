"""In which round of its life an order is: what comes in rounds is told once in each.

An order may be ready, and may be invoiced, several times, as it leaves in parts; and short again after it was
served. What merely stops and goes on (on hold, a box that is opened again) is no new round.
"""

from collections.abc import Iterable

import frappe

from sales_wh_flow.milestones.rules.milestones import MAY_BE_INVOICED, READY, SHORT

_LEFT_WITH = """(select note.name from `tabDelivery Note Item` row join `tabDelivery Note` note
	on note.name = row.parent
	where row.against_sales_order = so.name and note.docstatus = 1 and note.is_return = 0
	order by note.creation desc, note.name desc limit 1)"""
_INVOICED_BY = """(select bill.name from `tabSales Invoice Item` row join `tabSales Invoice` bill
	on bill.name = row.parent
	where row.sales_order = so.name and bill.docstatus > 0 and bill.is_return = 0 and {which}
	order by bill.creation desc, bill.name desc limit 1)"""

_ROUND = {
	MAY_BE_INVOICED: f"concat_ws(' ', {_LEFT_WITH}, {_INVOICED_BY.format(which='1 = 1')})",
	READY: f"concat_ws(' ', {_LEFT_WITH}, {_INVOICED_BY.format(which='bill.update_stock = 1')})",
	SHORT: """(select log.name from `tabOrder Stage Log` log where log.sales_order = so.name
		and log.stage in ('To Pick', 'Picking', 'Packing', 'Ready')
		order by log.entered_on desc, log.creation desc limit 1)""",
}


def rounds_of(milestone: str, orders: Iterable[str]) -> dict[str, str]:
	"""{order: the round that it is in}, "" in the first; one statement, none for what comes once."""
	if milestone not in _ROUND:
		return {}
	rows = frappe.db.sql(
		f"select so.name, coalesce({_ROUND[milestone]}, '') from `tabSales Order` so where so.name in %s",
		(tuple(orders),),
	)
	return dict(rows)
