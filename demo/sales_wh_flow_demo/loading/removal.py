"""Takes a loaded company away again: cancels and deletes its documents, then what the load made for it."""

import re
from contextlib import contextmanager, nullcontext

import frappe

from sales_wh_flow.base import records as evidence
from sales_wh_flow.base import retry
from sales_wh_flow_demo.loading import switches
from sales_wh_flow_demo.loading.links import needed_elsewhere
from sales_wh_flow_demo.loading.records import price_list_of, tag_of, with_bar

RECORDS = (
	"Delivery Proof",
	"Return Case",
	"Delivery Trip",
	"Courier Handover",
	"Order Box",
)
"""What the goods did since they were picked: with it gone, notes and lists are cancelled like any other."""

OF_OTHERS = {
	"Order Message": ("sales_order", "Sales Order"),
	"Order Reopening": ("sales_order", "Sales Order"),
	"Payment Promise": ("sales_order", "Sales Order"),
	"Customer Page Link": ("sales_order", "Sales Order"),
	"Order Gate": ("sales_order", "Sales Order"),
	"Packed Quantity": ("sales_order", "Sales Order"),
	"Box Event": ("box", "Order Box"),
	"Courier Event": ("box", "Order Box"),
	"Courier Label": ("box", "Order Box"),
}
"""What names no company: the field by which it is about something that does."""

VOUCHERS = (
	"Payment Entry",
	"Journal Entry",
	"Sales Invoice",
	"Delivery Note",
	"Pick List",
	"Sales Order",
	"Purchase Invoice",
	"Purchase Receipt",
	"Purchase Order",
	"Material Request",
	"Stock Reconciliation",
	"Stock Entry",
)
"""What is cancelled before it is deleted: what leads to others comes before what it was made from."""

LEFTOVERS = (
	"Order Approval",
	"Order Stage Log",
	"Order Money",
	"Delay Alert",
	"Gate Finding",
	"Put Away",
	"Courier Invoice",
	"Courier Claim",
	"Stage Duration",
	"Stock Reservation Entry",
	"Repost Item Valuation",
)
"""What the vouchers leave behind, with the company's name on it."""

WORKED_ON = ("Order Approval", "Order Message", "Order Reopening", "Delay Alert")
"""Records that people are assigned to or write comments on, which go with them one by one."""

ROWS = ("Stock Ledger Entry", "GL Entry", "Payment Ledger Entry", "Serial No", "Serial and Batch Bundle")
"""The same, without anything that happens when one is deleted: all at once."""

BY_WAREHOUSE = ("Stock Lock Event", "Shortage Action")
"""What they leave behind with the name of one of its warehouses."""

MOST_KEPT = 20
"""More of what is kept is counted but not listed."""


_MOST_JOBS = 1_000_000
"""Frappe asks for a job for each document that is deleted, and refuses at some hundreds; in this process it
does not.
"""


def remove(company: str) -> dict[str, int]:
	"""How many documents of each kind were deleted. What other documents still need is kept, and named."""
	gone: dict[str, int] = {}
	kept: list[str] = []
	frappe.conf.max_queued_jobs = _MOST_JOBS
	if frappe.db.exists("Company", company):
		with _settings_for_removal(), evidence.removal(f"sample company {company} removed"):
			about = {
				whole: frappe.get_all(whole, {"company": company}, pluck="name")
				for whole in ("Sales Order", "Order Box")
			}
			_delete_of_others(about, gone)
			for doctype in RECORDS:
				_delete_rest(doctype, {"company": company}, gone)
			for doctype in VOUCHERS:
				_delete_vouchers(doctype, company, gone)
			_delete_of_others(about, gone)  # what was told while they were cancelled
			for doctype in LEFTOVERS:
				_delete_rest(doctype, {"company": company}, gone)
			for doctype in ROWS:
				_delete_many(doctype, {"company": company}, gone)
			warehouses = frappe.get_all("Warehouse", {"company": company}, pluck="name")
			for doctype in BY_WAREHOUSE:
				_delete_rest(doctype, {"warehouse": ("in", warehouses)}, gone)
			_delete_many("Bin", {"warehouse": ("in", warehouses)}, gone)
	switches.turn_flow_back(company)
	_delete_many("Item Price", {"price_list": price_list_of(company)}, gone)
	_delete_masters(company, gone, kept)
	switches.turn_stock_back(company)
	frappe.db.commit()
	counted = ", ".join(f"{count} {doctype}" for doctype, count in sorted(gone.items())) or "nothing"
	print(f"\nDeleted: {counted}.")
	for line in kept[:MOST_KEPT]:
		print(f"Kept: {line}")
	if len(kept) > MOST_KEPT:
		print(f"Kept: and {len(kept) - MOST_KEPT} more")
	return gone


_FOR_REMOVAL = (
	("Accounts Settings", "delete_linked_ledger_entries", 1),  # a voucher's ledger entries go with it
	("Stock Reposting Settings", "item_based_reposting", 0),  # one repost a voucher, not one a row
)


@contextmanager
def _settings_for_removal():
	"""ERPNext's own settings as a removal needs them; put back whatever happens."""
	before = [(*where, frappe.db.get_single_value(*where) or 0) for *where, _value in _FOR_REMOVAL]
	for setting in _FOR_REMOVAL:
		frappe.db.set_single_value(*setting)
	frappe.db.commit()
	try:
		yield
	finally:
		frappe.db.rollback()  # of the one voucher that failed, if one did
		for setting in before:
			frappe.db.set_single_value(*setting)
		frappe.db.commit()


def _delete_vouchers(doctype: str, company: str, gone: dict[str, int]) -> None:
	rows = frappe.get_all(
		doctype, {"company": company}, ["name", "docstatus"], order_by="creation desc, name desc"
	)
	for row in with_bar(f"{doctype}s", rows, every=1):
		# The desk's own jobs go on meanwhile, and the database may refuse one of the two.
		retry.again_if_refused(lambda row=row: _cancel_and_delete(doctype, row.name, gone))


def _cancel_and_delete(doctype: str, name: str, gone: dict[str, int]) -> None:
	if frappe.db.get_value(doctype, name, "docstatus") == 1:
		doc = frappe.get_doc(doctype, name)
		if doctype == "Repost Item Valuation":
			doc.set_status("Skipped")  # there is no voucher left to value
		doc.cancel()
	# Later ERPNext deletes with a voucher the batches that came with it, which others still name.
	came_with_it = {"reference_doctype": doctype, "reference_name": name}
	frappe.db.set_value("Batch", came_with_it, "reference_name", None, update_modified=False)
	_delete(doctype, name, gone)


def _delete_rest(doctype: str, filters: dict, gone: dict[str, int]) -> None:
	names = frappe.get_all(doctype, filters, pluck="name")
	if names and doctype in evidence.EVIDENCE and doctype not in (*RECORDS, *WORKED_ON):
		evidence.delete_all(doctype, names)
		gone[doctype] = gone.get(doctype, 0) + len(names)
		return
	is_submittable = frappe.get_meta(doctype).is_submittable
	for name in with_bar(f"{doctype}s", names, every=100):
		if is_submittable:
			retry.again_if_refused(lambda name=name: _cancel_and_delete(doctype, name, gone))
		else:
			_delete(doctype, name, gone)


def _delete_of_others(about: dict[str, list[str]], gone: dict[str, int]) -> None:
	for doctype, (field, whole) in OF_OTHERS.items():
		_delete_rest(doctype, {field: ("in", about[whole])}, gone)


def _delete_many(doctype: str, filters: dict, gone: dict[str, int]) -> None:
	names = frappe.get_all(doctype, filters, pluck="name")
	if names:
		for table in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})
		frappe.db.delete(doctype, filters)
		gone[doctype] = gone.get(doctype, 0) + len(names)
		frappe.db.commit()


def _delete_masters(company: str, gone: dict[str, int], kept: list[str]) -> None:
	"""What carries the company's tag, the youngest first, but for what other documents still need."""
	tag = tag_of(company)
	fields = ["document_type", "document_name"]
	rows = frappe.get_all("Tag Link", {"tag": tag}, fields, order_by="creation desc, name desc", as_list=True)
	masters = [(doctype, name) for doctype, name in dict.fromkeys(rows)]
	needed = needed_elsewhere(masters)
	for doctype, name in with_bar("Masters", masters, every=50):
		if (doctype, name) in needed or doctype == "Company":
			_delete_or_keep(doctype, name, gone, kept)
		else:
			_delete(doctype, name, gone)
	if not frappe.db.exists("Tag Link", {"tag": tag}):
		frappe.delete_doc("Tag", tag, ignore_missing=True)


def _delete_or_keep(doctype: str, name: str, gone: dict[str, int], kept: list[str]) -> None:
	"""As Frappe itself would, which says what points at it."""
	frappe.db.savepoint("sample_master")
	try:
		with _company_can_be_deleted() if doctype == "Company" else nullcontext():
			_delete(doctype, name, gone, force=False)
	except Exception as error:
		if retry.is_worth_retrying(error):  # the savepoint is gone with the transaction
			raise
		frappe.db.rollback(save_point="sample_master")
		kept.append(f"{doctype} {name}: {frappe.utils.strip_html(str(error))[:160]}")


@contextmanager
def _company_can_be_deleted():
	"""ERPNext 15.71 quotes the names of the tables it clears with a company: there is none of that name."""
	run = frappe.db.sql

	def run_unquoted(query, *args, **kwargs):
		if isinstance(query, str):
			query = re.sub(r"^delete from `tab'([\w ]+)'`", r"delete from `tab\1`", query)
		return run(query, *args, **kwargs)

	frappe.db.sql = run_unquoted
	try:
		yield
	finally:
		del frappe.db.sql  # the connection's own method again


def _delete(doctype: str, name: str, gone: dict[str, int], force: bool = True) -> None:
	frappe.delete_doc(doctype, name, force=force, ignore_missing=True, delete_permanently=True)
	gone[doctype] = gone.get(doctype, 0) + 1
