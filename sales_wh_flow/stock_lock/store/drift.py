"""Where Bins, order lines and Stock Reservation Entries disagree."""

from dataclasses import dataclass

import frappe

from sales_wh_flow.base import there
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, line_reserved_sql, open_qty_sql
from sales_wh_flow.base.quantities import SQL_NOISE
from sales_wh_flow.order.store import in_work as order_in_work
from sales_wh_flow.stock_lock.store import open_demand


@dataclass(frozen=True, slots=True)
class BinDrift:
	"""A Bin whose reserved_stock is not what its entries hold."""

	item_code: str
	warehouse: str
	written: float
	held: float

	@property
	def key(self) -> BinKey:
		return (self.item_code, self.warehouse)


@dataclass(frozen=True, slots=True)
class LineDrift:
	"""An order line whose stock_reserved_qty is not what its entries say."""

	order: str
	row: str
	written: float
	held: float


def bins() -> list[BinDrift]:
	"""Every Bin that disagrees with its entries, entries without a Bin among them."""
	rows = frappe.db.sql(
		f"""select item_code, warehouse, sum(written), sum(held) from (
			select item_code, warehouse, reserved_stock written, 0 held
			from `tabBin` where reserved_stock <> 0
			union all
			select sre.item_code, sre.warehouse, 0, {open_qty_sql("sre")}
			from `tabStock Reservation Entry` sre
			where sre.docstatus = 1 and sre.status in %s
		) both_sides group by item_code, warehouse
		having abs(sum(written) - sum(held)) > {SQL_NOISE} order by item_code, warehouse""",
		(OPEN_LOCK_STATUSES,),
	)
	return [BinDrift(*row) for row in rows]


def demands() -> list[BinDrift]:
	"""Every Bin whose open demand is not what order lines ask for; ``held`` is what they ask for."""
	return [BinDrift(*row) for row in open_demand.wrong_bins()]


def drifted_lines(*, of_all: bool = False) -> list[LineDrift]:
	"""Order lines that disagree with their entries: those of orders in work, or of all."""
	in_work = order_in_work.statuses()
	orders = f"join {order_in_work.FROM} on so.name = line.parent and so.status in {in_work}"
	rows = frappe.db.sql(
		f"""select line.parent, line.name, line.stock_reserved_qty, coalesce(held.qty, 0)
		from `tabSales Order Item` line {"" if of_all else orders}
		left join (
			select sre.voucher_detail_no, sum({line_reserved_sql("sre")}) qty
			from `tabStock Reservation Entry` sre
			where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' group by sre.voucher_detail_no
		) held on held.voucher_detail_no = line.name
		where abs(line.stock_reserved_qty - coalesce(held.qty, 0)) > {SQL_NOISE}
		order by line.parent, line.idx"""
	)
	return [LineDrift(*row) for row in rows]


def over_locked() -> list[tuple[str, str, float, float]]:
	"""(item, warehouse, on hand, locked) of every Bin that holds less than is locked: must never happen."""
	return frappe.db.sql(
		f"""select sre.item_code, sre.warehouse, coalesce(max({there.now_sql("bin")}), 0) there,
			sum({open_qty_sql("sre")})
		from `tabStock Reservation Entry` sre
		left join `tabBin` bin on bin.item_code = sre.item_code and bin.warehouse = sre.warehouse
		where sre.docstatus = 1 and sre.status in %s
		group by sre.item_code, sre.warehouse
		having sum({open_qty_sql("sre")}) - there > {SQL_NOISE}""",
		(OPEN_LOCK_STATUSES,),
	)
