"""The links beside a Sales Order: the app's own documents about it, where they are in use."""

from frappe import _

from sales_wh_flow.base import settings


def add_own_papers(data: dict) -> dict:
	"""Hook override_doctype_dashboards of Sales Order; what is switched off is not counted."""
	items = []
	if settings.is_used(settings.MESSAGES):
		items.append("Order Message")
	if settings.is_used(settings.BILLING):
		items.append("Payment Promise")
	if items:
		data["transactions"].append({"label": _("Order Flow"), "items": items})
	return data
