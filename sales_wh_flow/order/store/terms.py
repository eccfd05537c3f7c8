"""What a Delivery Note or an invoice of several orders says once for all of its goods."""

from collections import defaultdict
from collections.abc import Iterable

import frappe

_FIELDS = """currency, selling_price_list, tax_category, customer_address, payment_terms_template,
	additional_discount_percentage, apply_discount_on"""

_OWN = """if((discount_amount <> 0 and additional_discount_percentage = 0) or exists (
		select 1 from `tabSales Taxes and Charges` fixed where fixed.parent = sales.name
			and fixed.parenttype = 'Sales Order' and fixed.charge_type = 'Actual' and fixed.tax_amount <> 0),
	name, '')"""
"""The order itself where it has a fixed charge or discount, which would count once for all of them."""


def terms_of(orders: Iterable[str], *, adds_up: bool = False) -> dict[str, tuple]:
	"""{order: what it has in common with those that its goods may leave with in one note, or stand with on
	one invoice}; two statements, none for a single order, which agrees with itself. ``adds_up``: what is a
	fixed sum of several orders is added up (`order.bear_once`), so it may differ.
	"""
	named = tuple(sorted(set(orders)))
	if len(named) < 2:
		return {order: () for order in named}
	taxes: dict[str, list] = defaultdict(list)
	for order, *tax in frappe.db.sql(
		"""select parent, charge_type, account_head, rate, row_id, included_in_print_rate
		from `tabSales Taxes and Charges` where parent in %s and parenttype = 'Sales Order'
			and not (%s and charge_type = 'Actual')
		order by parent, idx""",
		(named, int(adds_up)),
	):
		taxes[order].append(tuple(tax))
	own = "''" if adds_up else _OWN
	heads = frappe.db.sql(
		f"select name, {own}, {_FIELDS} from `tabSales Order` sales where name in %s", (named,)
	)
	return {order: (*(value or "" for value in head), *taxes[order]) for order, *head in heads}
