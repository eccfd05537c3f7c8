"""What is sold: items, prices, the stock that lies there on the first day, and what is on its way."""

from collections.abc import Sequence
from datetime import date, timedelta

import frappe
from frappe.utils import getdate, nowdate
from frappe.utils.nestedset import get_root_of

from sales_wh_flow_demo.dataset import BATCH, SERIAL, Item, Purchase
from sales_wh_flow_demo.loading.records import Records, grouped, price_list_of, with_bar

ROWS_AN_ENTRY = 100
"""Rows of one Stock Entry: few enough that a killed load loses little."""


def make_items(records: Records) -> None:
	root = get_root_of("Item Group")
	for group in dict.fromkeys(item.group for item in records.data.items):
		values = {"item_group_name": group, "parent_item_group": root, "is_group": 0}
		records.make("Item Group", values, group)
	for uom, is_whole in _units(records).items():
		records.make("UOM", {"uom_name": uom, "must_be_whole_number": int(is_whole)}, uom)
	for item in with_bar("Items", records.data.items):
		_make_item(records, item)


def _units(records: Records) -> dict[str, bool]:
	"""UOM -> whether it is counted in whole units."""
	units: dict[str, bool] = {}
	for item in records.data.items:
		for uom in filter(None, (item.uom, item.order_uom)):
			units[uom] = units.get(uom, True) and item.is_whole_number
	if any(item.weight_kg for item in records.data.items):
		units.setdefault("Kg", False)
	return units


def _make_item(records: Records, item: Item) -> None:
	other_units = (
		[{"uom": item.order_uom, "conversion_factor": item.order_uom_factor}] if item.order_uom else []
	)
	records.make(
		"Item",
		{
			"item_code": item.code,
			"item_name": item.name or item.code,
			"item_group": item.group,
			"stock_uom": item.uom,
			"is_stock_item": int(item.is_stock_item),
			"include_item_in_manufacturing": 0,
			"valuation_rate": item.cost,
			"weight_per_unit": item.weight_kg,
			"weight_uom": "Kg" if item.weight_kg else None,
			"swf_length_cm": item.length_cm,
			"swf_width_cm": item.width_cm,
			"swf_height_cm": item.height_cm,
			"uoms": other_units,
			"has_batch_no": int(item.tracking == BATCH),
			"has_expiry_date": int(item.tracking == BATCH),
			"has_serial_no": int(item.tracking == SERIAL),
		},
		item.code,
	)
	price_list = price_list_of(records.company)
	price = {"item_code": item.code, "price_list": price_list}
	if item.price:
		records.make("Item Price", {**price, "uom": item.uom, "price_list_rate": item.price}, price, False)


def make_stock(records: Records) -> None:
	"""Opening entries for the first day, a hundred rows each; a Bin that had stock before is left alone."""
	rows = [row for row in _lines_of_entries(records) if not _has_moved(row)]
	parts = [rows[start : start + ROWS_AN_ENTRY] for start in range(0, len(rows), ROWS_AN_ENTRY)]
	for part in with_bar("Opening stock", parts, every=1):
		frappe.get_doc(
			{
				"doctype": "Stock Entry",
				"stock_entry_type": "Material Receipt",
				"company": records.company,
				"is_opening": "Yes",
				"remarks": "Opening stock",
				"items": part,
			}
		).insert().submit()
		records.made["Stock Entry"] = records.made.get("Stock Entry", 0) + 1


def _has_moved(row: dict) -> bool:
	where = {"item_code": row["item_code"], "warehouse": row["t_warehouse"], "is_cancelled": 0}
	return bool(frappe.db.exists("Stock Ledger Entry", where))


def _lines_of_entries(records: Records) -> list[dict]:
	"""One row an item, warehouse and batch; the serial numbers of a Bin stand in one row."""
	items = {item.code: item for item in records.data.items}
	account = records.opening_account()
	rows: dict[tuple[str, str, str], dict] = {}
	for stock in records.data.stock:
		if stock.qty <= 0:
			continue
		item = items[stock.item]
		row = rows.setdefault(
			(stock.item, stock.warehouse, stock.batch),
			{
				"item_code": stock.item,
				"t_warehouse": records.warehouse(stock.warehouse),
				"qty": 0,
				"uom": item.uom,
				"stock_uom": item.uom,
				"conversion_factor": 1,
				"basic_rate": item.cost,
				"allow_zero_valuation_rate": int(not item.cost),
				"expense_account": account,
				"use_serial_batch_fields": 1,
			},
		)
		row["qty"] += stock.qty
		if stock.batch:
			row["batch_no"] = make_batch(records, stock.item, stock.batch, stock.expires)
		if stock.serial_no:
			row["serial_no"] = "\n".join(filter(None, (row.get("serial_no"), stock.serial_no)))
	return list(rows.values())


def make_batch(records: Records, item: str, batch: str, expires: date | None) -> str:
	values = {"batch_id": batch, "item": item, "expiry_date": expires or getdate() + timedelta(days=730)}
	return records.make("Batch", values, {"batch_id": batch, "item": item})


def make_purchases(records: Records, until: date) -> None:
	"""Purchase Orders for what is expected up to ``until``, one for each delivery."""
	seller = supplier(records)
	due = [row for row in records.data.purchases if row.expected <= until]
	later = len(records.data.purchases) - len(due)
	if later:
		records.note(f"purchases.csv: {later} rows expected after {until} are left out")
	for name, rows in with_bar("Purchases on their way", list(grouped(due, "name").items()), every=1):
		if not frappe.db.exists(
			"Purchase Order", {"company": records.company, "order_confirmation_no": name}
		):
			make_purchase(records, seller, name, rows)


def supplier(records: Records) -> str:
	"""The one supplier all purchases come from."""
	group = frappe.db.get_value("Supplier Group", {"is_group": 0}) or get_root_of("Supplier Group")
	name = f"{records.company} Import"
	return records.make("Supplier", {"supplier_name": name, "supplier_group": group}, {"supplier_name": name})


def make_purchase(records: Records, seller: str, name: str, rows: Sequence[Purchase]) -> str:
	"""A submitted Purchase Order of these rows; its number at the supplier is the data's."""
	items = {item.code: item for item in records.data.items}
	expected = max(rows[0].expected, getdate())
	doc = frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"company": records.company,
			"supplier": seller,
			"order_confirmation_no": name,
			"transaction_date": nowdate(),
			"schedule_date": expected,
			"currency": records.data.company.currency,
			"conversion_rate": 1,
			"items": [
				{
					"item_code": row.item,
					"qty": row.qty,
					"uom": items[row.item].uom,
					"conversion_factor": 1,
					"rate": items[row.item].cost,
					"warehouse": records.warehouse(row.warehouse),
					"schedule_date": expected,
				}
				for row in rows
			],
		}
	)
	doc.insert().submit()
	records.made["Purchase Order"] = records.made.get("Purchase Order", 0) + 1
	return doc.name
