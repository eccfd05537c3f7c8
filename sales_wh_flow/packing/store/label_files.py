"""The files that labels of couriers are kept in."""

import frappe


def content_of(address: str) -> bytes:
	"""What lies in the file at this address, which stands on a box as its label; empty where it is gone.

	Whoever may print the box may print that; it may hang on a Shipment, which not everybody reads.
	"""
	names = frappe.get_all("File", {"file_url": address, "is_folder": 0}, pluck="name", limit_page_length=1)
	if not names:
		return b""
	file = frappe.get_doc("File", names[0])
	try:
		found = file.get_content()
	except OSError:
		return b""
	return found.encode() if isinstance(found, str) else found
