"""Sharing gives nobody a right over the app's documents: roles do.

Frappe lets whoever reads a document and may share it give write to anybody, himself included. A rule or a
policy changed so would let through what nobody with the right ever decided.
"""

import frappe
from frappe import _

from sales_wh_flow.base.records import EVIDENCE
from sales_wh_flow.setup.custom_fields import MODULE


def check_share(share) -> None:
	"""Raises: PermissionError when it shares a record, or more than reading of another document of ours."""
	if share.share_doctype in EVIDENCE:
		_refuse(_("{0} can't be shared: whoever reads its order reads it."), share)
	if frappe.get_meta(share.share_doctype).module == MODULE and (share.write or share.submit or share.share):
		_refuse(_("{0} can be shared for reading alone: its roles say who changes it."), share)


def _refuse(text: str, share) -> None:
	name = frappe.bold(f"{_(share.share_doctype)} {frappe.utils.escape_html(str(share.share_name))}")
	frappe.throw(text.format(name), frappe.PermissionError, title=_("Not Shared"))
