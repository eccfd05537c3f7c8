"""The site's secret, which all its processes know alike, and keys of the app's own made from it."""

import hashlib

import frappe
from frappe.utils.password import decrypt, get_encryption_key


def key_for(purpose: str) -> bytes:
	"""32 bytes for one purpose: a signature made for another purpose is worth nothing with them."""
	return hashlib.sha256(b"sales_wh_flow " + purpose.encode() + b" " + site_secret()).digest()


def site_secret() -> bytes:
	"""``encryption_key`` of the site's configuration as its file has it; made where there is none yet.

	Frappe makes it when it is first asked for, and Frappe 16 remembers a configuration for a minute:
	a process that has not seen a new secret would make another over it, and what was signed before would be
	worth nothing.
	"""
	if "encryption_key" not in frappe.local.conf:
		written = frappe.get_site_config().get("encryption_key")
		if written:
			frappe.local.conf.encryption_key = written
	return get_encryption_key().encode()


def opened(sealed: str) -> str:
	"""A password as it was entered; "" where it was sealed with a key that the site lost."""
	try:
		return decrypt(sealed)
	except frappe.ValidationError:
		frappe.clear_last_message()
		return ""
