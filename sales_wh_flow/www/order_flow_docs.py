"""The pages of docs/ that came with the app, for whoever works on the desk."""

import frappe
from frappe import _

from sales_wh_flow.base import docs_pages

no_cache = 1
sitemap = 0


def get_context(context):
	if frappe.session.user == "Guest":
		raise frappe.PermissionError
	context.update({"no_cache": 1, "no_breadcrumbs": 1, "hide_footer_signup": 1})
	context.title = _("How It Works")
	context.docs = docs_pages.page_as_html(str(frappe.form_dict.get("page") or "index"))
