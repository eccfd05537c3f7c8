"""Who buys: groups, customers with their credit, where they want it sent, what they owe already."""

import frappe
from frappe.utils import add_days
from frappe.utils.nestedset import get_root_of

from sales_wh_flow.base import native_checks
from sales_wh_flow_demo.dataset import Customer, Invoice
from sales_wh_flow_demo.loading.records import Records, price_list_of, with_bar

MOST_TOLD = 40
"""The customers of so many orders have an address for mails: ERPNext makes a contact for each."""


def make(records: Records) -> None:
	_make_groups(records)
	leaf = frappe.db.get_value("Territory", {"is_group": 0}) or get_root_of("Territory")
	told = {order.customer for order in records.data.orders[:MOST_TOLD]} if records.is_sample else set()
	for customer in with_bar("Customers", records.data.customers):
		_make_customer(records, customer, leaf, _mail(customer) if customer.name in told else None)


def make_invoices(records: Records) -> None:
	"""Opening invoices: what is still to be paid, against the account for openings."""
	account = records.opening_account()
	for invoice in with_bar("Open invoices", records.data.invoices):
		_make_invoice(records, invoice, account)


def _make_groups(records: Records) -> None:
	root = get_root_of("Customer Group")
	groups = records.data.customer_groups
	parents = {group.parent for group in groups}
	named = {customer.group for customer in records.data.customers} - {group.name for group in groups} - {""}
	left = [(group.name, group.parent) for group in groups] + [(name, "") for name in sorted(named)]
	done: set[str] = {""}
	while left:
		for name, parent in [row for row in left if row[1] in done]:
			values = {
				"customer_group_name": name,
				"parent_customer_group": parent or root,
				"is_group": int(name in parents),
			}
			records.make("Customer Group", values, name)
			done.add(name)
			left.remove((name, parent))


def _mail(customer: Customer) -> str:
	"""Nobody's: the domain is reserved for examples."""
	name = "".join(it if it.isascii() and it.isalnum() else "-" for it in customer.name.lower())
	return f"orders@{name.strip('-')}.example"


def _make_customer(records: Records, customer: Customer, territory: str, mail: str | None) -> None:
	limit = {"company": records.company, "credit_limit": customer.credit_limit}
	currency = records.data.company.currency
	name = records.make(
		"Customer",
		{
			"customer_name": customer.name,
			"customer_type": "Company",
			"customer_group": customer.group or get_root_of("Customer Group"),
			"territory": territory,
			"default_currency": customer.currency if customer.currency != currency else None,
			"default_price_list": price_list_of(records.company),
			"email_id": mail,
			"credit_limits": [limit] if customer.credit_limit else [],
		},
		{"customer_name": customer.name},
	)
	records.make(
		"Address",
		{
			"address_title": customer.name,
			"address_type": "Shipping",
			"address_line1": customer.street or "-",
			"pincode": customer.postcode or None,
			"city": customer.city or "-",
			"country": records.country(customer.country),
			"swf_latitude": customer.latitude or 0,
			"swf_longitude": customer.longitude or 0,
			"is_primary_address": 1,
			"is_shipping_address": 1,
			"links": [{"link_doctype": "Customer", "link_name": name}],
		},
		{"address_title": customer.name, "address_type": "Shipping"},
	)


def _make_invoice(records: Records, invoice: Invoice, account: str) -> None:
	key = {"company": records.company, "po_no": invoice.name}
	if frappe.db.exists("Sales Invoice", key):
		return
	company = frappe.get_cached_doc("Company", records.company)
	doc = frappe.get_doc(
		{
			"doctype": "Sales Invoice",
			"company": records.company,
			"customer": records.customer(invoice.customer),
			"currency": company.default_currency,
			"conversion_rate": 1,
			"selling_price_list": price_list_of(records.company),
			"is_opening": "Yes",
			"is_return": int(invoice.amount < 0),
			"set_posting_time": 1,
			"posting_date": invoice.date,
			"due_date": add_days(invoice.date, 30),
			"po_no": invoice.name,
			"debit_to": company.default_receivable_account,
			"items": [
				{
					"item_name": "Opening balance",
					"description": f"Invoice {invoice.name}",
					"uom": "Nos",
					"conversion_factor": 1,
					"qty": -1 if invoice.amount < 0 else 1,
					"rate": abs(invoice.amount),
					"income_account": account,
					"cost_center": company.cost_center,
				}
			],
		}
	)
	# The debt is older than this load; a limit does not undo it.
	native_checks.waive(doc, __name__, "check_credit_limit")
	doc.insert()
	if doc.taxes:  # a site may add its own to every invoice, but what is owed has them in it already
		for row in doc.taxes:
			row.rate = 0
		doc.save()
	doc.submit()
	records.made["Sales Invoice"] = records.made.get("Sales Invoice", 0) + 1
