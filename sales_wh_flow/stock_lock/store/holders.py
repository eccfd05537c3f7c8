"""Who has the stock: locks with the orders and customers behind them."""

from typing import Any

import frappe

from sales_wh_flow.base import there, trees
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.stock_lock.answers import StockPlaceHeld

_HOLDERS = """
select sre.name reservation, sre.item_code, sre.warehouse, sre.voucher_no sales_order,
	so.customer, so.customer_name,
	so.company, so.swf_flow_status flow_status, {qty} qty_stock, sre.stock_uom, sre.creation locked_on,
	line.name row, line.delivery_date, line.idx, bundled.parent_item bundle,
	datediff(%(today)s, date(sre.creation)) age_days
from `tabStock Reservation Entry` sre
join `tabSales Order` so on so.name = sre.voucher_no
left join `tabPacked Item` bundled on bundled.name = sre.voucher_detail_no
left join `tabSales Order Item` line
	on line.name = coalesce(bundled.parent_detail_docname, sre.voucher_detail_no)
where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' and sre.status in %(open)s {condition}
order by sre.creation, sre.name {page}"""

_FILTERS = {
	"company": "and so.company = %(company)s",
	"item_code": "and sre.item_code = %(item_code)s",
	"warehouse": f"and sre.warehouse in {trees.below_sql('Warehouse', '%(warehouse)s')}",
	"customer": "and so.customer = %(customer)s",
	"older_than_days": "and date(sre.creation) <= date_sub(%(today)s, interval %(older_than_days)s day)",
}


def open_locks(visible: str = "", page: tuple[int, int] | None = None, **filters: Any) -> list[frappe._dict]:
	"""Open locks, oldest first. Filters: company, item_code, warehouse, customer, older_than_days; None =
	any.

	``visible``: an SQL condition on `tabSales Order` that says whose locks are wanted, "" = all.
	``page``: how many to pass over, and how many to read at most; None = all.
	"""
	given = {name: value for name, value in filters.items() if value}
	conditions = [_FILTERS[name] for name in given]
	if visible:
		condition = visible.replace("%", "%%")  # the driver formats the text once more
		conditions.append(
			f"and so.name in (select `tabSales Order`.name from `tabSales Order` where {condition})"
		)
	query = _HOLDERS.format(
		qty=open_qty_sql("sre"),
		condition=" ".join(conditions),
		page="limit %(skip)s, %(most)s" if page else "",
	)
	values = {"open": OPEN_LOCK_STATUSES, "today": frappe.utils.today(), **given}
	if page:
		values["skip"], values["most"] = page
	return frappe.db.sql(query, values, as_dict=True)


def on_hand(item_code: str, warehouse: str) -> float:
	"""What the warehouse has of the item, locked or not, in stock UOM."""
	rows = frappe.db.sql(
		f"""select {there.now_sql("bin")} from `tabBin` bin
		where bin.item_code = %s and bin.warehouse = %s""",
		(item_code, warehouse),
	)
	return rows[0][0] if rows else 0.0


def unit_of(item_code: str) -> str:
	"""The item's stock UOM."""
	rows = frappe.db.sql("select stock_uom from `tabItem` where name = %s", item_code)
	return rows[0][0] if rows else ""


def holding_bins(item_code: str | None = None, warehouse: str | None = None) -> list[StockPlaceHeld]:
	"""The Bins of an item, or of a warehouse, that hold or lock something, the most locked first; at most
	50.
	"""
	return frappe.db.sql(
		f"""select item_code, warehouse, {there.now_sql("bin")} on_hand, reserved_stock locked
		from `tabBin` bin
		where (%(item)s is null or item_code = %(item)s)
			and (%(warehouse)s is null or warehouse = %(warehouse)s)
			and (actual_qty <> 0 or reserved_stock <> 0 or reserved_qty <> 0)
		order by reserved_stock desc, reserved_qty desc, actual_qty desc, item_code, warehouse limit 50""",
		{"item": item_code or None, "warehouse": warehouse or None},
		as_dict=True,
	)
