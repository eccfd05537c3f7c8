"""Where is my order: for customers, by a signed link without login, or logged in.

Opening it changes nothing. How often one link or one customer may look is limited, and how often one address
may show a link that is not ours.
"""

import frappe
from frappe import _
from frappe.utils import quoted

from sales_wh_flow.base import settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import text_of
from sales_wh_flow.milestones import customer_page, page_link, page_looks, returned_by_customer, wishes

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
			"back": None,
			"wish": None,
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
	except RuleViolation as violation:
		context.problem = text_of(violation)
		context.http_status_code = 429 if violation.code == page_looks.TOO_OFTEN else 403
	return context


def _fill(context, token: str | None, name: str | None) -> None:
	page_looks.count_look(str(token) if token else None)
	if token or name:
		order = frappe.get_doc(
			"Sales Order",
			returned_by_customer.order_of_customer(
				str(token) if token else None, str(name) if name else None
			),
		)
		context.order = customer_page.order_for_customer(order)
		context.back = returned_by_customer.on_page(order.name)
		context.wish = wishes.wish_on_page(order.name)
		context.shown_by = {"token": token} if token else {"order": order.name}
	else:
		context.orders = customer_page.orders_of_user(frappe.session.user)
