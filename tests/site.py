"""The site that tests run on: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the
current folder).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()


@contextmanager
def connected(in_test: bool = True) -> Iterator[str]:
	"""Inside, Frappe is connected to the site, which has a company and every switch off. Gives its name."""
	import frappe

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	frappe.flags.in_test = frappe.in_test = in_test  # ERPNext 16 looks at the second
	prepare()
	yield SITE
	frappe.db.rollback()
	frappe.destroy()


def prepare() -> None:
	"""A company, and every capability off, as the committed state that all tests start from."""
	import frappe

	from sales_wh_flow.setup.install import before_tests

	frappe.set_user("Administrator")
	before_tests()
	set_switches()
	frappe.db.commit()
	settings_at_first()


@cache
def settings_at_first() -> dict:
	"""{field: value} of Sales Flow Settings before the first test, which committed tests go back to."""
	import frappe

	doc = frappe.get_doc("Sales Flow Settings")
	return {
		df.fieldname: doc.get(df.fieldname) if df.fieldtype != "Table" else []
		for df in doc.meta.fields
		if df.fieldtype not in frappe.model.no_value_fields or df.fieldtype == "Table"
	}


def set_switches(**values) -> None:
	"""Sales Flow Settings: ``set_switches(approval=True, partial_lock="Full lines only")``.

	Switches that are not named are off. Nothing is committed.
	"""
	import frappe

	from sales_wh_flow.base.settings import BILLING, CAPABILITIES, MESSAGES

	wanted = {capability: "Off" for capability in (*CAPABILITIES, BILLING, MESSAGES)}
	wanted |= {"delay_alerts": "Off", "delay_digest": "Off"}
	wanted |= {"packing": "Off", "packing_companies": [], "unscanned_rows": "Off"}
	wanted["approval_of_machines"] = "Refuse"  # so that a test reads what is missing from the refusal
	on_off = {True: "On", False: "Off"}
	wanted.update({key: on_off[it] if isinstance(it, bool) else it for key, it in values.items()})
	if wanted["stock_lock"] == "On":
		# Not saved as a document: that writes property setters, and every DocType would be read anew.
		frappe.db.set_single_value(
			"Stock Settings",
			{"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1},
		)
	frappe.get_doc("Sales Flow Settings").update(wanted).save()
	frappe.clear_messages()  # a test reads what is said of what it does


def broken_invariants() -> str:
	"""What the check of the stock lock finds now, in words; empty while the lock is off."""
	from sales_wh_flow.audit import check, words
	from sales_wh_flow.base.settings import STOCK_LOCK, is_on

	return words.findings_in_words(check.look()) if is_on(STOCK_LOCK) else ""


def all_is_well() -> None:
	"""Nothing that ERPNext keeps of locks has drifted, and every invariant of the stock lock holds.

	Raises: AssertionError.
	"""
	from sales_wh_flow.audit import check
	from sales_wh_flow.stock_lock import repair

	assert repair.look_for_drift().is_clean
	assert check.look() == ()


def start_afresh() -> None:
	"""Forget what an undone transaction left in memory and in the cache."""
	import frappe

	frappe.set_user("Administrator")
	frappe.db.rollback()
	forget()


def forget() -> None:
	"""Forget what a request keeps in memory and in the cache, as the next request would not know it."""
	import frappe

	frappe.db.value_cache.clear()
	for name in [name for name, _value in frappe.local if name.startswith("swf_")]:
		delattr(frappe.local, name)
	frappe.local.message_log = []
	frappe.cache.delete_keys("document_cache::")
	for key in ("roles", "user_permissions", "user_doc", "defaults", "bootinfo"):
		frappe.cache.delete_value(key)
	frappe.local.cache = {}
