"""The page behind the link of an e-mail: shows the order's facts; deciding is a POST of its own.

Opening it changes nothing, so that a mail scanner that follows the link does no harm.
"""

import frappe
from frappe import _

from sales_wh_flow.approval import mail
from sales_wh_flow.approval.desk.along import brought_by_approving
from sales_wh_flow.base.compat import DESK
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on

no_cache = 1
sitemap = 0


def get_context(context):
	context.update(
		{
			"no_cache": 1,
			"no_breadcrumbs": 1,
			"hide_footer_signup": 1,
			"problem": "",
			"facts": None,
			"desk": DESK,
		}
	)
	token = frappe.form_dict.get("token") or ""
	if frappe.session.user == "Guest" and not flow_settings().approval_link_without_login:
		here = f"/{mail.PAGE}?token={token}"
		frappe.local.flags.redirect_location = f"/login?redirect-to={frappe.utils.quoted(here)}"
		raise frappe.Redirect
	try:
		link = mail.read_link(token)
		mail.check_bearer(link)
		context.facts = mail.facts(link)
		with mail.acting_as_bearer(link):
			context.brings = brought_by_approving([link.approval])
		context.locks = is_on(STOCK_LOCK)
		context.token = token
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.local.message_log = []
		context.problem = str(error) or _("This link can't be used.")
	context.title = _("Decide About an Order")
	return context
