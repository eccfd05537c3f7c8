"""Whether orders may be invoiced, each by its Billing Policy."""

from collections.abc import Iterable
from dataclasses import dataclass

from sales_wh_flow.base import trees
from sales_wh_flow.billing.rules.may_invoice import MayInvoice, OrderToBill, may_invoice
from sales_wh_flow.billing.rules.policies import BillingPolicyFacts, billing_policy_of
from sales_wh_flow.billing.store.lines import orders_to_bill
from sales_wh_flow.billing.store.policies import enabled_policies


@dataclass(frozen=True, slots=True)
class Judged:
	"""An order, the policy that speaks of it, and what that says."""

	order: OrderToBill
	policy: BillingPolicyFacts | None
	answer: MayInvoice


def judge_orders(
	orders: Iterable[str], with_drafts: bool = False, are_held: bool = False
) -> dict[str, Judged]:
	"""By order. ``with_drafts``: what stands on drafts of invoices counts as invoiced. ``are_held``: see
	`orders_to_bill`.

	Two statements for any number of orders; one where no policy names a customer group.
	"""
	found = orders_to_bill(orders, are_held)
	policies = enabled_policies()
	groups = {it.customer_group for it in found.values()} if any(it.customer_group for it in policies) else ()
	above = trees.above("Customer Group", groups)
	judged = {}
	for name, order in found.items():
		policy = billing_policy_of(policies, order.company, above.get(order.customer_group, ()))
		judged[name] = Judged(order, policy, may_invoice(order, policy, with_drafts))
	return judged
