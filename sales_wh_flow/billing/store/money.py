"""What is invoiced, paid and overdue of orders, and where that is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import frappe
from frappe.utils import flt, now, nowdate

from sales_wh_flow.base import said
from sales_wh_flow.base.quantities import HALF_CENT
from sales_wh_flow.billing.rules.money import SETTLED, STATES, MoneyFigures
from sales_wh_flow.order.store.paid_ahead import AHEAD_HERE, OWED_HERE, TOTAL_HERE
from sales_wh_flow.order.store.returned import PER_BILLED

DOCTYPE = "Order Money"


@dataclass(frozen=True, slots=True)
class MoneyOfOrder:
	"""An order's figures, and whether it was known to be ready for an invoice."""

	order: str
	company: str
	customer: str
	docstatus: int
	figures: MoneyFigures
	could_be_invoiced: bool


def money_of_orders(orders: Iterable[str]) -> dict[str, MoneyOfOrder]:
	"""By order; one statement, none for none."""
	names = tuple(sorted(set(orders)))
	if not names:
		return {}
	rows = frappe.db.sql(_FIGURES, {"orders": names, "today": nowdate()}, as_dict=True)
	return {row.name: _money(row) for row in rows}


def _money(row: frappe._dict) -> MoneyOfOrder:
	figures = MoneyFigures(
		ordered=flt(row.ordered, 2),
		invoiced=flt(row.invoiced, 2),
		paid=flt(flt(row.invoiced) - flt(row.unpaid) + flt(row.advance), 2),
		overdue=flt(row.overdue, 2),
		is_billed_in_full=flt(row.per_billed) >= 100,
		due_on=row.due_on,
		promised_until=row.promised_until,
		last_paid_on=row.last_paid_on,
		ordered_on=row.transaction_date,
	)
	return MoneyOfOrder(row.name, row.company, row.customer, row.docstatus, figures, bool(row.was_ready))


# Of an invoice that is paid in instalments, the day of the first that is not paid.
_NEXT_TERM = f"""(select min(term.due_date) from `tabPayment Schedule` term
		where term.parent = part.invoice and part.total - part.outstanding < (
			select sum(till.base_payment_amount) from `tabPayment Schedule` till
			where till.parent = term.parent and till.due_date <= term.due_date) - {HALF_CENT})"""

# An invoice of several orders counts for each by the share of its rows.
_FIGURES = f"""
select so.name, so.company, so.customer, so.docstatus, so.transaction_date, {PER_BILLED} per_billed,
	{TOTAL_HERE} ordered, {AHEAD_HERE} advance,
	billed.invoiced, billed.unpaid, billed.overdue, billed.due_on, billed.last_paid_on,
	money.may_be_invoiced was_ready,
	(select max(promise.promised_on) from `tabPayment Promise` promise
		where promise.sales_order = so.name and promise.withdrawn = 0) promised_until
from `tabSales Order` so
join `tabCompany` company on company.name = so.company
left join `tabOrder Money` money on money.name = so.name
left join (
	select part.sales_order, sum(part.share * part.total) invoiced, sum(part.share * part.outstanding) unpaid,
		sum(part.share * greatest(0, part.outstanding - part.later)) overdue,
		min(if(part.outstanding > {HALF_CENT}, coalesce({_NEXT_TERM}, part.due_date), null)) due_on,
		max(part.paid_on) last_paid_on
	from (
		select sii.sales_order, si.name invoice, si.due_date,
			sum(sii.base_net_amount) / nullif(si.base_net_total, 0) share,
			coalesce(nullif(si.base_rounded_total, 0), si.base_grand_total) total,
			{OWED_HERE.format("si")} outstanding,
			coalesce((select sum(term.base_payment_amount) from `tabPayment Schedule` term
				where term.parent = si.name and term.due_date >= %(today)s),
				if(si.due_date >= %(today)s, abs(si.base_grand_total), 0)) later,
			(select max(paid.posting_date) from `tabPayment Ledger Entry` paid
				where paid.against_voucher_no = si.name and paid.against_voucher_type = 'Sales Invoice'
					and paid.delinked = 0 and paid.amount < 0) paid_on
		from `tabSales Invoice Item` sii join `tabSales Invoice` si on si.name = sii.parent
		where sii.sales_order in %(orders)s and si.docstatus = 1
		group by sii.sales_order, si.name
	) part group by part.sales_order
) billed on billed.sales_order = so.name
where so.name in %(orders)s"""

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("sales_order", "company", "customer", "state", "may_be_invoiced"),
	*("ordered", "invoiced", "paid", "overdue", "due_on", "promised_until", "paid_on", "days_to_cash"),
)


def keep_money(orders: Mapping[str, tuple[MoneyOfOrder, str, bool]]) -> None:
	"""``orders``: (figures, state, whether it may be invoiced) of each; one statement, none for none."""
	if not orders:
		return
	stamp, user = now(), frappe.session.user
	rows = [
		(
			*(name, user, stamp, stamp, user, 0, 0),
			*(name, it.company, it.customer, state, int(is_ready)),
			*(it.figures.ordered, it.figures.invoiced, it.figures.paid, it.figures.overdue),
			*(it.figures.due_on, it.figures.promised_until, it.figures.paid_on),
			it.figures.days_to_cash or 0,
		)
		for name, (it, state, is_ready) in sorted(orders.items())
	]
	marks = ", ".join("%s" for _ in rows)
	changes = ", ".join(
		f"`{field}` = values(`{field}`)" for field in ("modified", "modified_by", *_FIELDS[8:])
	)
	columns = ", ".join(f"`{field}`" for field in _FIELDS)
	frappe.db.sql(
		f"""insert into `tab{DOCTYPE}` ({columns}) values {marks} on duplicate key update {changes},
			not_drafted = if(values(may_be_invoiced), not_drafted, null)""",
		rows,
	)


def keep_why_not_drafted(orders: Iterable[str], why: str | None) -> None:
	"""Why the job could not draft an invoice of the orders, kept; None where it did. One statement."""
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary) set not_drafted = %(why)s
		where name in %(orders)s and not not_drafted <=> %(why)s""",
		{"orders": tuple(sorted(orders)), "why": said.checked_code(why)},
	)


def forget_money(order: str) -> None:
	"""The order is deleted or cancelled."""
	frappe.db.sql("delete from `tabOrder Money` where name = %s", order)


def rename_money(old: str, new: str) -> None:
	"""A row goes by the name of its order; Frappe has renamed the link to it already."""
	frappe.db.sql("update `tabOrder Money` set name = %s where name = %s", (new, old))


def kept_money(order: str) -> dict | None:
	"""What is kept of an order; None before its first look."""
	rows = frappe.db.sql(f"select * from `tab{DOCTYPE}` where name = %s", order, as_dict=True)
	return rows[0] if rows else None


def orders_with_open_money() -> list[str]:
	"""Orders that are known and not paid yet, and paid ones of which an invoice is open again, by name."""
	rows = frappe.db.sql(
		f"""select name from `tabOrder Money` where state in %(open)s
		union
		select distinct sii.sales_order from `tabSales Invoice` si
		join `tabSales Invoice Item` sii on sii.parent = si.name
		join `tabOrder Money` money on money.name = sii.sales_order and money.state in %(settled)s
		where si.docstatus = 1 and si.outstanding_amount > {HALF_CENT}
		order by 1""",
		{"open": tuple(state for state in STATES if state not in SETTLED), "settled": SETTLED},
	)
	return [row[0] for row in rows]


def orders_without_money() -> list[str]:
	"""Orders that were there before Billing was switched on, and are not invoiced or not paid, by name."""
	rows = frappe.db.sql(
		f"""select so.name from `tabSales Order` so left join `tabOrder Money` money on money.name = so.name
		where money.name is null and so.docstatus = 1 and so.per_billed < 100
		union
		select distinct sii.sales_order from `tabSales Invoice` si
		join `tabSales Invoice Item` sii on sii.parent = si.name
		left join `tabOrder Money` money on money.name = sii.sales_order
		where si.docstatus = 1 and si.outstanding_amount > {HALF_CENT} and coalesce(sii.sales_order, '') <> ''
			and money.name is null
		order by 1"""
	)
	return [row[0] for row in rows]
