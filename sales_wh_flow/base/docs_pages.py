"""Where the pages of docs/ are read from the desk; one place for whoever publishes them elsewhere."""

import frappe

ADDRESS = "https://github.com/your-company/sales_wh_flow/blob/main/docs/"


def address() -> str:
	"""With a slash at its end. ``sales_wh_flow_docs`` of a site's configuration names a site that
	`script/docs` has built.
	"""
	own = str(frappe.conf.get("sales_wh_flow_docs") or "").strip()
	return f"{own.rstrip('/')}/" if own else ADDRESS
