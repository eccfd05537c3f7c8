"""Documents for tests: every argument has a default, every name is new, nothing is committed."""

from contextlib import contextmanager
from io import BytesIO
from types import SimpleNamespace

from redis.exceptions import ConnectionError as RedisIsDown

import frappe
from frappe.utils import add_days, nowdate

PRICE = 100.0
"""What a made item costs in a made order, in the company's currency."""


def unique(prefix: str) -> str:
	return f"{prefix} {frappe.generate_hash(length=8)}"


def company() -> SimpleNamespace:
	"""The site's first company: ``name``, ``currency``, ``abbr``."""
	row = frappe.get_all(
		"Company",
		fields=["name", "default_currency", "abbr"],
		order_by="creation asc",
		limit=1,
		ignore_permissions=True,
	)[0]
	return SimpleNamespace(name=row.name, currency=row.default_currency, abbr=row.abbr)


def make_company(**values):
	name = unique("Company")
	doc = frappe.get_doc(
		{
			"doctype": "Company",
			"company_name": name,
			"abbr": frappe.generate_hash(length=5).upper(),
			"default_currency": company().currency,
			"country": "United States",
			"chart_of_accounts": "Standard",
			**values,
		}
	)
	return doc.insert(ignore_permissions=True)


def make_warehouse(title: str | None = None, **values) -> str:
	"""The name of a new warehouse of the company."""
	values.setdefault("company", company().name)
	doc = frappe.get_doc({"doctype": "Warehouse", "warehouse_name": unique(title or "Warehouse"), **values})
	doc.insert(ignore_permissions=True)
	frappe.flags.pop("warehouse_account_map", None)  # ERPNext keeps the accounts of warehouses it has seen
	return doc.name


def make_warehouses(count: int, **values) -> list[str]:
	return [make_warehouse(f"Warehouse {number}", **values) for number in range(1, count + 1)]


def make_customer_group(parent: str | None = None, **values) -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Customer Group",
			"customer_group_name": unique("Group"),
			"parent_customer_group": parent or _root("Customer Group"),
			"is_group": 0,
			**values,
		}
	)
	return doc.insert(ignore_permissions=True).name


def make_territory(**values) -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Territory",
			"territory_name": unique("Territory"),
			"parent_territory": _root("Territory"),
			**values,
		}
	)
	return doc.insert().name


def make_customer(
	*, credit_limit: float | None = None, bypass: int = 0, group: str | None = None, **values
) -> str:
	"""``credit_limit``: in the company's currency. ``bypass``: ERPNext does not check it on Sales Orders."""
	limits = [{"company": company().name, "credit_limit": credit_limit, "bypass_credit_limit_check": bypass}]
	doc = frappe.get_doc(
		{
			"doctype": "Customer",
			"customer_name": unique("Customer"),
			"customer_group": group or _leaf("Customer Group"),
			"territory": _leaf("Territory"),
			"credit_limits": limits if credit_limit is not None else [],
			**values,
		}
	)
	return doc.insert(ignore_permissions=True).name


def make_item(**values) -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Item",
			"item_code": unique("ITEM").replace(" ", "-"),
			"item_group": _leaf("Item Group"),
			"stock_uom": "Nos",
			"is_stock_item": 1,
			"valuation_rate": 10,
			**values,
		}
	)
	return doc.insert(ignore_permissions=True).name


def make_items(count: int, **values) -> list[str]:
	return [make_item(**values) for _ in range(count)]


def make_bundle(parts: dict[str, float]) -> str:
	"""The code of a new product bundle of {item: quantity in one}."""
	kit = make_item(is_stock_item=0)
	items = [{"item_code": item, "qty": qty} for item, qty in parts.items()]
	frappe.get_doc({"doctype": "Product Bundle", "new_item_code": kit, "items": items}).insert()
	return kit


def receive(item: str, qty: float, warehouse: str, **values):
	"""A submitted Material Receipt. ``values`` go to its row, e.g. batch_no, serial_no."""
	row = {"item_code": item, "qty": qty, "t_warehouse": warehouse, "basic_rate": 10, **values}
	doc = frappe.get_doc(
		{
			"doctype": "Stock Entry",
			"stock_entry_type": "Material Receipt",
			"purpose": "Material Receipt",
			"company": frappe.get_cached_value("Warehouse", warehouse, "company"),
			"items": [row],
		}
	)
	doc.flags.ignore_permissions = True
	return doc.insert().submit()


def stocked(qty, *warehouses, **values) -> str:
	"""The code of a new item with so much of it in each of the warehouses."""
	return stocked_in(*((qty, warehouse) for warehouse in warehouses), **values)


def stocked_in(*places: tuple[float, str], **values) -> str:
	"""The code of a new item with stock: (quantity, warehouse), ..."""
	item = make_item(**values)
	for qty, warehouse in places:
		if qty:
			receive(item, qty, warehouse)
	return item


def line(item: str | None = None, **values) -> dict:
	"""One row of an order: ``qty`` 1 of a new item at PRICE."""
	return {"item_code": item or make_item(), "qty": 1, "rate": PRICE, "price_list_rate": PRICE, **values}


def charge(title: str, amount: float) -> dict:
	"""A row of taxes and charges: a fixed amount."""
	account = frappe.db.get_value(
		"Account", {"company": company().name, "account_type": "Tax", "is_group": 0}
	)
	return {"charge_type": "Actual", "account_head": account, "description": title, "tax_amount": amount}


def make_order(
	*lines: dict, submit: bool = False, insert: bool = True, warehouse: str | None = None, **values
):
	"""A Sales Order, a saved draft unless told otherwise. Without lines: one of a new item at PRICE.

	Rows without a warehouse get ``warehouse``, else a new one.
	"""
	rows = [dict(row) for row in (lines or (line(),))]
	for row in rows:
		row.setdefault("delivery_date", add_days(nowdate(), 7))
		if "warehouse" not in row:
			warehouse = warehouse or make_warehouse()
			row["warehouse"] = warehouse
	values.setdefault("company", company().name)
	values.setdefault("currency", company().currency)
	doc = frappe.get_doc(
		{
			"doctype": "Sales Order",
			"customer": values.pop("customer", None) or make_customer(),
			"delivery_date": add_days(nowdate(), 7),
			"items": rows,
			**values,
		}
	)
	if insert:
		doc.insert()
	if submit:
		doc.submit()
	return doc


def make_rule(criterion: str = "Discount", threshold: float = 10, **values):
	"""An enabled Order Approval Rule; ``approvers``: rows, else one for ``approver_role``."""
	role = values.pop("approver_role", "Order Approver")
	doc = frappe.get_doc(
		{
			"doctype": "Order Approval Rule",
			"title": unique(criterion),
			"enabled": 1,
			"criterion": criterion,
			"threshold": threshold,
			"approvers": [{"level": 1, "kind": "Role", "role": role}],
			# Empty, not missing: Frappe fills what is missing with the user's default.
			**dict.fromkeys(("company", "customer", "customer_group", "territory"), ""),
			**dict.fromkeys(("item_group", "brand", "warehouse", "sales_partner"), ""),
			**values,
		}
	)
	return doc.insert(ignore_permissions=True)


def make_routing_rule(*candidates: str | tuple[str, int], **values):
	"""An enabled Warehouse Routing Rule. Candidates rank in turn, or are given as (name, rank)."""
	rows = [(it, rank) if isinstance(it, str) else it for rank, it in enumerate(candidates, 1)]
	doc = frappe.get_doc(
		{
			"doctype": "Warehouse Routing Rule",
			"title": unique("Routing"),
			"enabled": 1,
			"company": company().name,
			"candidates": [{"warehouse": name, "rank": rank} for name, rank in rows],
			"strategy": "By Rank",
			"max_warehouses": 0,
			"min_part": 0,
			**values,
		}
	)
	return doc.insert(ignore_permissions=True)


def make_serving_policy(*rows: tuple, **values):
	"""An enabled Serving Policy. Rows: (customer group, class, priority, take)."""
	fields = ("customer_group", "serving_class", "priority", "take")
	doc = frappe.get_doc(
		{
			"doctype": "Serving Policy",
			"title": unique("Serving"),
			"company": "",
			"ageing_days": 0,
			"classes": [dict(zip(fields, row, strict=False)) for row in rows],
			**values,
		}
	)
	return doc.insert()


def make_address(customer: str, latitude: float = 0, longitude: float = 0, **values) -> str:
	"""The name of a new shipping address of the customer."""
	doc = frappe.get_doc(
		{
			"doctype": "Address",
			"address_title": unique("Address"),
			"address_type": "Shipping",
			"address_line1": "1 Harbour Street",
			"city": "Anywhere",
			"country": "Germany",
			"swf_latitude": latitude,
			"swf_longitude": longitude,
			"links": [{"link_doctype": "Customer", "link_name": customer}],
			**values,
		}
	)
	return doc.insert(ignore_permissions=True).name


def make_user(*roles: str) -> str:
	"""The name of an enabled desk user with just these roles.

	Stored without what the form does besides (mails, contact, a share of itself): a test makes several, and
	ERPNext takes a sixth of a second for each.
	"""
	name = f"{frappe.generate_hash(length=10)}@example.com"
	doc = frappe.new_doc("User", email=name, first_name=unique("User"), user_type="System User", enabled=1)
	doc.update({"name": name, "full_name": doc.first_name, "roles": [{"role": role} for role in roles]})
	doc.set_user_and_timestamp()
	settings = frappe.new_doc("Notification Settings", name=name, user=name)  # no desk loads without them
	settings.set_user_and_timestamp()
	for row in (doc, *doc.get_all_children(), settings):
		if row.doctype == "Has Role":
			row.parent = name
		row.db_insert()
	return name


@contextmanager
def acting_as(user: str):
	"""Run the block as this user."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield user
	finally:
		frappe.set_user(before)


@contextmanager
def counted_statements():
	"""The SQL statements that the block runs, as a list of texts."""
	statements: list[str] = []
	original = frappe.db.sql

	def counting(query, *args, **kwargs):
		statements.append(str(query))
		return original(query, *args, **kwargs)

	frappe.db.sql = counting
	try:
		yield statements
	finally:
		frappe.db.sql = original


def pdf(title: str) -> bytes:
	"""A whole PDF of one blank page: later Frappe reads those that it keeps."""
	from pypdf import PdfWriter

	writer, kept = PdfWriter(), BytesIO()
	writer.add_blank_page(72, 72)
	writer.add_metadata({"/Title": title})
	writer.write(kept)
	return kept.getvalue()


def no_redis(*_args, **_values):
	"""Stands in for ``frappe.enqueue`` while nobody answers."""
	raise RedisIsDown("nobody answers")


def discarded(doc):
	"""A draft that ERPNext 16's *Discard* ended, which leaves its rows as they were."""
	if hasattr(doc, "discard"):
		return doc.discard()
	doc.load_doc_before_save()  # ERPNext 15 has no such button
	doc.run_method("before_discard")
	doc.db_set("docstatus", 2)
	doc.run_method("on_discard")


def _leaf(doctype: str) -> str:
	return frappe.db.get_value(doctype, {"is_group": 0}, order_by="lft asc")


def _root(doctype: str) -> str:
	return frappe.db.get_value(doctype, {"lft": 1})
