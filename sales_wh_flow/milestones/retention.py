"""What was told of orders that are over is kept for so long as the company says: it names customers."""

from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.base import records
from sales_wh_flow.milestones.store import page_links, queue

_AT_ONCE = 1000


def forget_some(days: int) -> int:
	"""Delete some of the messages and links that are older than that. Returns how many."""
	before = add_to_date(now_datetime(), days=-days)
	old = {
		"Order Message": queue.forgettable(before, _AT_ONCE),
		"Customer Page Link": page_links.ended_links(before, _AT_ONCE),
	}
	if any(old.values()):
		with records.removal(f"kept for {days} days, as Sales Flow Settings say"):
			for doctype, names in old.items():
				if names:
					records.delete_all(doctype, names)
	return sum(map(len, old.values()))
