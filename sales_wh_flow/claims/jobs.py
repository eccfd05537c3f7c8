"""What runs in the background for claims; every job may be run twice and killed anywhere."""

from frappe import _

from sales_wh_flow.base.retry_each import each_alone
from sales_wh_flow.claims import open_claims


def open_courier_claims() -> int:
	"""A claim for each parcel that was lost, damaged, or late with a courier that pays for it. Returns how
	many were opened.
	"""
	done = each_alone(
		open_claims.waiting(), open_claims.open_claim, _("The claim for box {0} could not be opened")
	)
	return len([made for _incident, made in done if made])
