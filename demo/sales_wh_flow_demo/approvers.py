"""How the sample company's people decide: the same facts always get the same answer."""

from collections.abc import Iterable

from sales_wh_flow.approval.rules.needs import APPROVED, CREDIT_EXPOSURE, REJECTED
from sales_wh_flow_demo.dataset import Person

CREDIT_TOLERANCE = 1.2
"""Exposure up to this share of what a rule allows is accepted."""
DISCOUNT_CEILING = 32.0
"""Per cent. Nobody sells further below list than this."""
REVISED_DISCOUNT = 15.0
"""Per cent. What an author offers after a discount was refused."""


def verdict(criterion: str, measured: float, allowed: float) -> tuple[str, str]:
	"""(state, comment): what an approver answers."""
	if criterion == CREDIT_EXPOSURE:
		share = measured / allowed if allowed else 0.0
		if share <= CREDIT_TOLERANCE:
			return APPROVED, f"Pays on time, {share * 100:.0f} % of the limit accepted"
		return REJECTED, f"{share * 100:.0f} % of the limit: open invoices first"
	if measured <= DISCOUNT_CEILING:
		return APPROVED, "Fine for this volume"
	return REJECTED, f"Not below list by more than {DISCOUNT_CEILING:g} %, offer {REVISED_DISCOUNT:g} %"


def holders(people: Iterable[Person], role: str) -> tuple[Person, ...]:
	"""Who has the role, in the order in which they are asked."""
	return tuple(person for person in people if role in person.roles)
