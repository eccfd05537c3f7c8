"""The company's Serving Policies as facts."""

from collections import defaultdict
from typing import Any

import frappe

from sales_wh_flow.base.forget import forget_keys
from sales_wh_flow.stock_lock.rules.serving_policy import ServingClassFacts, ServingPolicyFacts

_KEY = "sales_wh_flow:serving_policies"


def enabled_serving_policies() -> tuple[ServingPolicyFacts, ...]:
	"""The enabled policies, by name; from the cache, so that a submit pays no statement for them."""
	rows = frappe.cache.get_value(_KEY, _read)
	found: dict[tuple[Any, ...], list[ServingClassFacts]] = defaultdict(list)
	for *policy, group, serving_class, priority, take in rows:
		classes = found[tuple(policy)]
		if serving_class:
			classes.append(ServingClassFacts(group or "", serving_class, priority or 0, take or ""))
	return tuple(ServingPolicyFacts(*(*policy, tuple(classes))) for policy, classes in found.items())


def forget() -> None:
	"""Throw the policies out of the cache, now and when the transaction has ended."""
	forget_keys(_KEY)


def _read() -> list[list[Any]]:
	rows = frappe.db.sql(
		"""select policy.name, coalesce(policy.company, ''), policy.order_by, policy.ageing_days,
			policy.must_takes_from, class.customer_group, class.serving_class, class.priority, class.take
		from `tabServing Policy` policy
		left join `tabServing Class` class on class.parent = policy.name
			and class.parenttype = 'Serving Policy'
		where policy.enabled = 1 order by policy.name, class.idx"""
	)
	return [list(row) for row in rows]
