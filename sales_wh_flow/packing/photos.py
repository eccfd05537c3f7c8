"""The photo of a full box: a file that somebody of the packing table uploaded, kept with the box."""

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


def file_of(box: str, address: str) -> str:
	"""The name of the File with this address: the box's own, or one that the session's user uploaded and that
	belongs to nothing else.

	Raises: ValidationError where there is none.
	"""
	found = frappe.get_all(
		"File",
		{"file_url": address, "is_folder": 0},
		["name", "owner", "attached_to_doctype", "attached_to_name"],
		order_by="creation desc",
		limit_page_length=20,
	)
	for row in found:
		if (row.attached_to_doctype, row.attached_to_name) == ("Order Box", box):
			return row.name
		if row.owner == frappe.session.user and not row.attached_to_name:
			return row.name
	refuse(RuleViolation("photo_is_no_file", box=box))


def attach(name: str, box: str) -> str:
	"""The address of the file, which is private and the box's own from now on."""
	file = frappe.get_doc("File", name)
	file.update({"is_private": 1, "attached_to_doctype": "Order Box", "attached_to_name": box})
	file.attached_to_field = "photo"
	# Nobody may write on a box by hand; who packs it was checked.
	file.save(ignore_permissions=True)
	return file.file_url
