"""Tell sellers what became of their orders' stock: one notification for each seller and run."""

from collections import defaultdict
from collections.abc import Mapping

import frappe

from sales_wh_flow.base import reader, said, users
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.stock_lock import timeline


def what_their_orders_got(got: Mapping[str, float], lost: Mapping[str, float]) -> None:
	"""{order: locked} and {order: taken away} of one run, in stock UOM.

	One message for each seller, about those of the orders they wrote that they may still read.
	"""
	if not flow_settings().get("tell_sellers"):
		return
	by_seller: dict[str, list[str]] = defaultdict(list)
	for order, seller in users.authors_of_orders({*got, *lost}).items():
		by_seller[seller].append(order)
	for seller, names in by_seller.items():
		mine = sorted(readable_orders(names, seller))
		if not mine:
			continue
		own = {
			"got": {it: got[it] for it in mine if it in got},
			"lost": {it: lost[it] for it in mine if it in lost},
		}
		subject = said.keep(timeline.served_subject, **{name: list(orders) for name, orders in own.items()})
		notify([seller], mine[0], subject, said.keep(timeline.served_text, orders=mine, **own))


def about_life(seller: str, order: str, subject: str, text: str = "") -> bool:
	"""That an order's locks ended or end soon. Returns whether the seller was told: nobody is told of an
	order they may not read.
	"""
	may_know = order in readable_orders([order], seller)
	if may_know:
		notify([seller], order, subject, text)
	return may_know


def mail(user: str, order: str, subject: str, text: str) -> None:
	"""An e-mail in addition; a site that sends none logs that, and goes on."""
	try:
		with reader.reading_as(user):
			frappe.sendmail(
				recipients=users.emails_of([user]),
				subject=frappe.utils.strip_html(said.worded(subject)),
				message=said.worded(text),
				reference_doctype="Sales Order",
				reference_name=order,
			)
	except frappe.OutgoingEmailError:
		frappe.log_error(f"No e-mail account to warn {user} about {order}")
