"""What the invariants of order lines are judged on, and of what part of the site.

Which orders ask for goods, and the noise that sums may differ by, are stated here independently of the flow:
an audit that took them from the flow would share its mistakes.
"""

from dataclasses import dataclass
from typing import Any

import frappe

from sales_wh_flow.audit.rules.evidence import LineEvidence
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, line_reserved_sql
from sales_wh_flow.order.store import gone
from sales_wh_flow.stock_lock.store import waiting_lines


@dataclass(frozen=True, slots=True)
class AuditScope:
	"""What is looked at: orders, and the items of their lines; None = the whole site.

	``is_part``: the orders are a part of the whole site; of their status only those in work are judged.
	"""

	orders: tuple[str, ...] | None = None
	items: tuple[str, ...] | None = None
	is_part: bool = False

	def only(self, column: str, names: str) -> str:
		"""SQL that keeps ``column`` to the scope's "orders" or "items"; true for the whole site."""
		return f"{column} in %({names})s" if getattr(self, names) is not None else "1 = 1"

	def of_locks(self, alias: str) -> str:
		"""SQL that keeps reservations to the scope: by item, and those of orders alone by order."""
		if self.items == () and self.orders:
			return self.only(f"{alias}.voucher_no", "orders")
		return self.only(f"{alias}.item_code", "items")

	@property
	def values(self) -> dict[str, Any]:
		# An empty list is no SQL; nothing is called "".
		return {
			"orders": self.orders or ("",),
			"items": self.items or ("",),
			"open": OPEN_LOCK_STATUSES,
		}


def read_line_evidence(scope: AuditScope) -> tuple[LineEvidence, ...]:
	"""Lines of open orders, every line that holds stock, and every line that does not say what its
	reservations say.

	A component of a bundle is a line of its own; what it holds stands on its locks alone.
	"""
	rows = frappe.db.sql(
		f"""select line.parent, line.name, line.idx, line.item_code, coalesce(line.warehouse, ''),
			line.stock_qty, {gone.gone_sql("line")} * line.conversion_factor,
			line.stock_reserved_qty, coalesce(held.qty, 0), {_WAITS}, {_IS_OURS}
		from `tabSales Order Item` line
		join `tabSales Order` so on so.name = line.parent
		join `tabItem` item on item.name = line.item_code
		left join (
			select sre.voucher_detail_no, sum({line_reserved_sql("sre")}) qty,
				max(sre.status in %(open)s) is_open
			from `tabStock Reservation Entry` sre
			where sre.docstatus = 1 and sre.voucher_type = 'Sales Order'
				and {scope.only("sre.voucher_no", "orders")} group by sre.voucher_detail_no
		) held on held.voucher_detail_no = line.name
		where {scope.only("line.parent", "orders")} and (
			so.docstatus = 1 and so.status not in ('Closed', 'Completed')
			or held.is_open or abs(line.stock_reserved_qty - coalesce(held.qty, 0)) > 0.0000005)
		union all
		select packed.parent, packed.name, packed.idx, packed.item_code, coalesce(packed.warehouse, ''),
			packed.qty, packed.qty * least({gone.gone_sql("line")} / line.qty, 1), 0, 0, {_PART_WAITS},
			{_IS_OURS}
		from `tabPacked Item` packed
		join `tabItem` item on item.name = packed.item_code
		join `tabSales Order Item` line on line.name = packed.parent_detail_docname and line.qty > 0
		join `tabSales Order` so on so.name = packed.parent
		where packed.parenttype = 'Sales Order' and {scope.only("packed.parent", "orders")}
			and so.docstatus = 1 and (so.status not in ('Closed', 'Completed') or exists (
				select 1 from `tabStock Reservation Entry` sre where sre.voucher_detail_no = packed.name
					and sre.voucher_no = so.name and sre.docstatus = 1 and sre.status in %(open)s))""",
		scope.values,
	)
	waits = (
		waiting_lines.waiting_lines_in()
		if scope.orders is None
		else waiting_lines.lines_of_orders(scope.orders)
	)
	missing = {line.row: line.qty_stock for line in waits}
	return tuple(
		LineEvidence(*(*row[:9], missing.get(row[1], 0.0), bool(row[9]), bool(row[10]))) for row in rows
	)


# Which lines ask for stock, said once more on purpose: the flow says it in ``order.store.open_orders`` and
# ``stock_lock.store.waiting_lines``. Whoever checks a condition by the condition itself finds nothing.
_IS_OURS = "(so.skip_delivery_note = 0 and line.delivered_by_supplier = 0)"

_ASKS = f"""so.docstatus = 1 and so.status not in ('Closed', 'On Hold', 'Completed')
	and coalesce(so.swf_flow_status, '') not in ('Pending Approval', 'Rejected')
	and {_IS_OURS} and item.is_stock_item = 1"""

_WAITS = f"({_ASKS} and line.reserve_stock = 1)"

_PART_WAITS = f"({_ASKS} and packed.swf_not_locked = 0)"
