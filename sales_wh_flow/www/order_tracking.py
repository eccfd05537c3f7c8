"""Where is my order: for customers, by a signed link without login, or logged in.

Opening it changes nothing. How often one address may look is limited, so that nobody tries tokens or numbers.
"""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import quoted

from sales_wh_flow.base import settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import text_of
from sales_wh_flow.milestones import customer_page, page_link

no_cache = 1
sitemap = 0


def get_context(context):
	context.update(
		{
			"no_cache": 1,
			"no_breadcrumbs": 1,
			"hide_footer_signup": 1,
			"problem": "",
			"order": None,
			"orders": [],
		}
	)
	context.title = _("Where Is My Order?")
	if not settings.flow_settings().get("customer_page"):
		raise frappe.DoesNotExistError
	token, name = frappe.form_dict.get("token"), frappe.form_dict.get("order")
	if not token and frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = f"/login?redirect-to={quoted(f'/{page_link.PAGE}')}"
		raise frappe.Redirect
	try:
		_fill(context, token, name)
	except frappe.RateLimitExceededError:
		frappe.clear_messages()
		context.problem = _("Too many looks at once. Try again in some minutes.")
		context.http_status_code = 429
	except RuleViolation as violation:
		context.problem = text_of(violation)
		context.http_status_code = 403
	return context


@rate_limit(limit=60, seconds=600)
def _fill(context, token: str | None, name: str | None) -> None:
	if token:
		context.order = customer_page.order_for_customer(
			frappe.get_doc("Sales Order", page_link.order_behind(str(token)))
		)
	elif name:
		context.order = customer_page.order_for_customer(_own_order(str(name)))
	else:
		context.orders = customer_page.orders_of_user(frappe.session.user)


def _own_order(name: str):
	"""An order of somebody else reads as one that is not there."""
	if frappe.db.exists("Sales Order", name):
		order = frappe.get_doc("Sales Order", name)
		if customer_page.is_order_of_user(order, frappe.session.user):
			return order
	raise RuleViolation("page_link_is_not_ours")
