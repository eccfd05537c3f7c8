"""Who wrote the Quotations that an order is made from.

They wrote its prices, and decide about it no more than its author.
"""

from sales_wh_flow.approval import sayings
from sales_wh_flow.approval.store import quotations
from sales_wh_flow.approval.store.gate import Hand
from sales_wh_flow.base import said

ANY_RULE = ""


def quoted_by(order) -> tuple[Hand, ...]:
	"""Who had a hand in the order by its Quotations; one statement where it is made from any, else none."""
	names = {row.get("prevdoc_docname") for row in order.items} - {None, ""}
	return tuple(
		Hand(ANY_RULE, author, said.keep(sayings.quoted_in, quotation=name))
		for name, author in (quotations.authors_of(names) if names else ())
		if author != order.owner
	)
