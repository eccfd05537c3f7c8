"""Stock Lock Policies, and the orders whose locks they may end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import frappe

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES
from sales_wh_flow.base.plain_text import without_markup
from sales_wh_flow.stock_lock.rules.expiry import LockedOrder, LockPolicyFacts

_PERIODS = ("expire_after", "unpaid_after", "unpicked_after", "on_hold_after", "warn_before", "extend_by")


@dataclass(frozen=True, slots=True)
class OrderLife:
	"""An order with open locks: its facts, when each lock was taken, and what its owner was told."""

	facts: LockedOrder
	locked_on: dict[str, datetime]
	warned_for: datetime | None
	has_been_extended: bool
	owner: str


def enabled_lock_policies() -> list[LockPolicyFacts]:
	"""The enabled policies: one statement."""
	rows = frappe.db.sql(
		f"""select name, coalesce(company, ''), coalesce(customer_group, ''), value_from, value_to, priority,
			{", ".join(_PERIODS)}, rest_for, afterwards, warn_by
		from `tabStock Lock Policy` where enabled = 1 order by name"""
	)
	return [
		LockPolicyFacts(
			*(
				*scope,
				*(timedelta(seconds=period) if period else None for period in periods),
				timedelta(seconds=rest or 0),
				afterwards,
				warn_by,
			)
		)
		for *row, rest, afterwards, warn_by in rows
		for scope, periods in [(row[:6], row[6:])]
	]


def lives(groups: dict[str, tuple[str, ...]], orders: Iterable[str] | None = None) -> list[OrderLife]:
	"""Every order with open locks, or those of the named ones, oldest lock first: one statement."""
	names = None if orders is None else tuple(orders)
	if names == ():
		return []
	rows = frappe.db.sql(
		_LIVES.format(these="" if names is None else "and so.name in %(orders)s"),
		{"open": OPEN_LOCK_STATUSES, "orders": names},
		as_dict=True,
	)
	locks: dict[str, dict[str, datetime]] = defaultdict(dict)
	heads = {}
	for row in rows:
		locks[row.name][row.entry] = row.locked_on
		heads[row.name] = row
	return [_life(row, locks[name], groups) for name, row in heads.items()]


def _life(row: Any, locked_on: dict[str, datetime], groups: dict[str, tuple[str, ...]]) -> OrderLife:
	return OrderLife(
		facts=LockedOrder(
			name=row.name,
			company=row.company,
			groups=groups.get(row.customer_group) or (row.customer_group or "",),
			value_base=row.base_grand_total,
			is_paid=bool(row.advance_paid or row.is_invoice_paid),
			is_fully_locked=row.swf_flow_status == "Locked",
			on_hold_since=(row.swf_on_hold_since or row.modified) if row.status == "On Hold" else None,
			extended_until=row.swf_lock_extended_until,
		),
		locked_on=locked_on,
		warned_for=row.swf_lock_warned_for,
		has_been_extended=bool(row.swf_lock_extended_until),
		owner=row.owner,
	)


_LIVES = """
select sre.name entry, sre.creation locked_on, so.name, so.company, customer.customer_group,
	so.base_grand_total, so.advance_paid, so.status, so.swf_flow_status, so.swf_on_hold_since, so.modified,
	so.swf_lock_extended_until, so.swf_lock_warned_for, so.owner,
	exists (
		select 1 from `tabSales Invoice Item` sii join `tabSales Invoice` invoice on invoice.name = sii.parent
		where sii.sales_order = so.name and invoice.docstatus = 1
			and invoice.outstanding_amount < if(invoice.party_account_currency = invoice.currency,
				coalesce(nullif(invoice.rounded_total, 0), invoice.grand_total),
				coalesce(nullif(invoice.base_rounded_total, 0), invoice.base_grand_total))
	) is_invoice_paid
from `tabStock Reservation Entry` sre
join `tabSales Order` so on so.name = sre.voucher_no
left join `tabCustomer` customer on customer.name = so.customer
where sre.docstatus = 1 and sre.voucher_type = 'Sales Order' and sre.status in %(open)s {these}
order by sre.creation, sre.name"""


def write_own_fields(order: str, values: dict[str, Any]) -> None:
	"""Store the app's own fields of an order; its time stamp stays, so that open forms stay valid."""
	clean = {field: without_markup(it) if isinstance(it, str) else it for field, it in values.items()}
	frappe.db.set_value("Sales Order", order, clean, update_modified=False)
