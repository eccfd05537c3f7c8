"""Which warehouse sends how many order lines to which address."""

import frappe
from frappe.utils import flt

from sales_wh_flow.figures.rules.order_map import Sent

_MOST_PAIRS = 20_000


def lines_by_address(visible: str, since: str, company: str | None) -> list[Sent]:
	"""Lines of submitted orders since then, of those the reader may see; one statement.

	``visible``: a finished SQL condition on ``tabSales Order``.
	"""
	more = f"and ({visible.replace('%', '%%')})" if visible else ""
	rows = frappe.db.sql(
		f"""select soi.warehouse, coalesce(nullif(`tabSales Order`.shipping_address_name, ''),
				nullif(`tabSales Order`.customer_address, ''), '') address, count(*), sum(soi.stock_qty)
		from `tabSales Order` join `tabSales Order Item` soi on soi.parent = `tabSales Order`.name
		where `tabSales Order`.docstatus = 1 and `tabSales Order`.transaction_date >= %(since)s
			and coalesce(soi.warehouse, '') <> '' and soi.delivered_by_supplier = 0
			and (%(company)s is null or `tabSales Order`.company = %(company)s) {more}
		group by soi.warehouse, address order by 3 desc limit {_MOST_PAIRS}""",
		{"since": since, "company": company or None},
	)
	return [Sent(warehouse, address, int(lines), flt(units)) for warehouse, address, lines, units in rows]
