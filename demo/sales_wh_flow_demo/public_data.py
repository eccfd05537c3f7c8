"""Two public sample data sets as data sets of the demonstration, read from folders of their CSV files.

Northwind Traders (Microsoft) and Order Entry (Oracle) are not part of this project; tests and benchmarks use
them where they are found. Each function says what it had to assume.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.dataset import (
	Company,
	Courier,
	Customer,
	DataSet,
	Item,
	Order,
	OrderLine,
	Purchase,
	StockRow,
	Warehouse,
)

CREDIT_FACTOR = 100
"""Order Entry's credit limits (100 to 5,000) are multiplied by this: of its 105 orders 96 exceed them as they
are, 35 so.
"""

_NORTHWIND_PLACES = ("Northwind East", "Northwind West", "Northwind South")


def northwind(folder: str | Path) -> DataSet:
	"""830 orders of 91 customers for 77 products, 1996 to 1998.

	Assumed: each product's one stock figure is divided evenly over three warehouses; what is on order comes
	to the first of them 14 days after the first order; currency USD; no credit limits (there are none); the
	author is the employee's number.
	"""
	rows = _reader(Path(folder))
	products = rows("products.csv")
	groups = {row["category_id"]: row["category_name"] for row in rows("categories.csv")}
	lines: dict[str, list[OrderLine]] = {}
	for row in rows("order_details.csv"):
		listed = round(float(row["unit_price"]), 2)
		price = round(listed * (1 - float(row["discount"])), 4)
		lines.setdefault(row["order_id"], []).append(
			OrderLine(row["product_id"], float(row["quantity"]), "Nos", price, listed)
		)
	shippers = {row["shipper_id"]: row["company_name"] for row in rows("shippers.csv")}
	orders = [
		Order(
			name=row["order_id"],
			customer=row["customer_id"],
			date=date.fromisoformat(row["order_date"]),
			due=date.fromisoformat(row["required_date"]),
			author=f"Employee {row['employee_id']}",
			currency="USD",
			courier=shippers[row["ship_via"]],
			lines=tuple(lines[row["order_id"]]),
		)
		for row in rows("orders.csv")
	]
	first_day = min(order.date for order in orders)
	return DataSet(
		company=Company("Northwind Traders", "NWT", "USD", "United States"),
		warehouses=tuple(Warehouse(name) for name in _NORTHWIND_PLACES),
		items=tuple(
			Item(
				row["product_id"],
				row["product_name"],
				groups[row["category_id"]],
				price=round(float(row["unit_price"]), 2),
			)
			for row in products
		),
		stock=tuple(
			StockRow(row["product_id"], place, float(qty))
			for row in products
			for place, qty in zip(_NORTHWIND_PLACES, _thirds(int(row["units_in_stock"])), strict=True)
			if qty
		),
		customers=tuple(
			Customer(row["customer_id"], currency="USD", city=row["city"], country=row["country"])
			for row in rows("customers.csv")
		),
		orders=tuple(sorted(orders, key=lambda order: (order.date, order.name))),
		couriers=tuple(Courier(name) for name in shippers.values()),
		people=words.PEOPLE,
		purchases=tuple(
			Purchase(
				"ON-ORDER",
				row["product_id"],
				_NORTHWIND_PLACES[0],
				float(row["units_on_order"]),
				first_day + timedelta(days=14),
			)
			for row in products
			if int(row["units_on_order"])
		),
		approval_rules=tuple(rule for rule in words.APPROVAL_RULES if not rule.customer_group),
	)


def oracle_order_entry(folder: str | Path, credit_factor: float = CREDIT_FACTOR) -> DataSet:
	"""105 orders of 319 customers for 288 products, stock of 208 of them in 9 warehouses.

	Assumed: credit limits times ``credit_factor``; due 14 days after the order; currency USD; a product
	without a list price has the price of its dearest order line; lines of quantity zero, which ERPNext
	refuses, are left out; customers are called by their number.
	"""
	rows = _reader(Path(folder))
	ordered = rows("order_items.csv")
	dearest: dict[str, float] = {}
	for row in ordered:
		product = row["product_id"]
		dearest[product] = max(dearest.get(product, 0.0), float(row["unit_price"]))
	items = {
		row["product_id"]: Item(
			row["product_id"],
			row["product_name"],
			f"Category {row['category_id']}",
			price=float(row["list_price"] or dearest.get(row["product_id"], 0.0)),
			cost=round(0.6 * float(row["list_price"] or 0), 2),
		)
		for row in rows("products.csv")
	}
	lines: dict[str, list[OrderLine]] = {}
	for row in ordered:
		if not float(row["quantity"]):
			continue
		price = float(row["unit_price"])
		listed = max(items[row["product_id"]].price, price)
		line = OrderLine(row["product_id"], float(row["quantity"]), "Nos", price, listed)
		lines.setdefault(row["order_id"], []).append(line)
	places = {row["warehouse_id"]: row["warehouse_name"] for row in rows("warehouses.csv")}
	orders = [
		Order(
			name=row["order_id"],
			customer=f"Customer {row['customer_id']}",
			date=_day(row["order_date"]),
			due=_day(row["order_date"]) + timedelta(days=14),
			author=f"Sales rep {row['sales_rep_id']}" if row["sales_rep_id"] else "Web shop",
			currency="USD",
			lines=tuple(lines[row["order_id"]]),
		)
		for row in rows("orders.csv")
	]
	return DataSet(
		company=Company("Order Entry", "OE", "USD", "United States"),
		warehouses=tuple(
			Warehouse(
				row["warehouse_name"],
				row["warehouse_name"],
				latitude=_degrees(row["lat"]),
				longitude=_degrees(row["lon"]),
			)
			for row in rows("warehouses.csv")
		),
		items=tuple(items.values()),
		stock=tuple(
			StockRow(row["product_id"], places[row["warehouse_id"]], float(row["quantity_on_hand"]))
			for row in rows("inventories.csv")
			if float(row["quantity_on_hand"]) > 0
		),
		customers=tuple(
			Customer(
				f"Customer {row['customer_id']}",
				credit_limit=credit_factor * float(row["credit_limit"] or 0),
				currency="USD",
				city=row["city"],
				country=_COUNTRIES.get(row["country_id"], ""),
				latitude=_degrees(row["lat"]),
				longitude=_degrees(row["lon"]),
			)
			for row in rows("customers.csv")
		),
		orders=tuple(sorted(orders, key=lambda order: (order.date, order.name))),
		people=words.PEOPLE,
		approval_rules=tuple(rule for rule in words.APPROVAL_RULES if not rule.customer_group),
	)


_COUNTRIES = {
	"CA": "Canada",
	"CH": "Switzerland",
	"CN": "China",
	"DE": "Germany",
	"IN": "India",
	"IT": "Italy",
	"JP": "Japan",
	"TH": "Thailand",
	"US": "United States",
}


def _reader(folder: Path):
	def rows(name: str) -> list[dict[str, str]]:
		with (folder / name).open(encoding="utf-8-sig", newline="") as file:
			return list(csv.DictReader(file))

	return rows


def _thirds(qty: int) -> tuple[int, int, int]:
	third = qty // 3
	return (qty - 2 * third, third, third)


def _day(stamp: str) -> date:
	return date.fromisoformat(stamp[:10])


def _degrees(text: str) -> float | None:
	return float(text) if text else None
