"""The company's Billing Policies as facts."""

import frappe

from sales_wh_flow.base import forget
from sales_wh_flow.billing.rules.policies import BillingPolicyFacts

_KEY = "sales_wh_flow:billing_policies"


def enabled_policies() -> tuple[BillingPolicyFacts, ...]:
	"""The enabled policies, by name; from the cache, so that no event pays a statement for them."""
	return tuple(BillingPolicyFacts(*row) for row in frappe.cache.get_value(_KEY, _read))


def forget_policies() -> None:
	"""Throw the policies out of the cache, now and when the transaction has ended."""
	forget.forget_keys(_KEY)


def _read() -> list[list]:
	rows = frappe.db.sql(
		"""select name, coalesce(company, ''), coalesce(customer_group, ''), moment, invoice_per, period,
			draft_by_itself
		from `tabBilling Policy` where enabled = 1 order by name"""
	)
	return [[*row[:6], bool(row[6])] for row in rows]
