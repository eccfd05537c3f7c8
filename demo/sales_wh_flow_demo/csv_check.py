"""Checks the rows of a CSV folder against each other: whatever one row alone cannot show."""

from datetime import date, timedelta

from sales_wh_flow_demo.csv_sheets import Record, Sheets
from sales_wh_flow_demo.csv_tables import TABLES
from sales_wh_flow_demo.dataset import BATCH, SERIAL, Company, CustomerGroup, in_circles

_KEYS = {
	"warehouses.csv": "warehouse",
	"items.csv": "item",
	"customers.csv": "customer",
	"customer_groups.csv": "customer_group",
	"orders.csv": "order",
}


FUTURE = timedelta(days=366)
"""Blanket orders are dated ahead, but no order further than this."""


def check(sheets: Sheets) -> None:
	"""Adds to the problems whatever one row alone cannot show."""
	for one_check in (
		_check_references,
		_check_places,
		_check_items,
		_check_quantities,
		_check_lots,
		_check_groups,
		_check_orders,
		_check_couriers,
		_check_rules,
	):
		one_check(sheets)


def _names(sheets: Sheets, file: str) -> set[str]:
	return {record[_KEYS[file]] for record in sheets.rows[file]}


def _check_references(sheets: Sheets) -> None:
	known = {file: _names(sheets, file) for file in _KEYS}
	for table in TABLES:
		for column in table.columns:
			if not column.refers_to:
				continue
			for record in sheets.rows[table.file]:
				name = record[column.name]
				if name and name not in known[column.refers_to]:
					noun = _KEYS[column.refers_to].replace("_", " ")
					sheets.complain(
						record,
						column.name,
						f"no such {noun}; add it to {column.refers_to} or correct the name",
					)


def _check_places(sheets: Sheets) -> None:
	for file in ("warehouses.csv", "customers.csv"):
		for record in sheets.rows[file]:
			for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
				is_empty = record[column] is None and not sheets.is_misread(record, column)
				if is_empty and record[other] is not None:
					sheets.complain(
						record, column, f"is empty although {other} is given; give both or none", ""
					)


def _check_items(sheets: Sheets) -> None:
	for record in sheets.rows["items.csv"]:
		if record["order_uom"] and record["order_uom"] == record["uom"]:
			sheets.complain(
				record, "order_uom", "is the item's own unit; leave it empty or name a second one"
			)
		if record["tracking"] and record["stock_item"] is False:
			sheets.complain(record, "tracking", "a service has no batches or serial numbers; leave it empty")
		if record["tracking"] == SERIAL and record["whole_number"] is False:
			sheets.complain(
				record, "whole_number", "an item with serial numbers is counted in whole units", "no"
			)


def _items(sheets: Sheets) -> dict[str, Record]:
	return {record["item"]: record for record in sheets.rows["items.csv"]}


def _check_quantities(sheets: Sheets) -> None:
	"""Units that the item has, and no half units of what is counted in whole ones."""
	items = _items(sheets)
	for file in ("stock.csv", "order_lines.csv", "purchases.csv"):
		for record in sheets.rows[file]:
			item = items.get(record["item"])
			if item is None or record["qty"] is None:
				continue
			if item["stock_item"] is False and file != "order_lines.csv":
				sheets.complain(
					record, "item", "is a service (stock_item no in items.csv), which has no stock"
				)
			factor = 1.0
			if file == "order_lines.csv" and record["uom"] and record["uom"] != item["uom"]:
				if record["uom"] != item["order_uom"]:
					units = " or ".join(filter(None, (item["uom"], item["order_uom"])))
					sheets.complain(record, "uom", f"{record['item']} is sold in {units}")
					continue
				if item["order_uom_factor"] is None:
					continue
				factor = item["order_uom_factor"]
			units = record["qty"] * factor
			is_whole = abs(units - round(units)) <= 1e-9 and (round(units) or not units)
			if item["whole_number"] and not is_whole:
				sheets.complain(
					record,
					"qty",
					f"{record['item']} is counted in whole {item['uom']};"
					" correct the quantity or set whole_number to no in items.csv",
				)


def _check_lots(sheets: Sheets) -> None:
	"""Batches and serial numbers just where the item has them."""
	items = _items(sheets)
	serials: dict[str, Record] = {}
	for record in sheets.rows["stock.csv"]:
		item = items.get(record["item"])
		if item is None or sheets.is_misread(item, "tracking"):
			continue
		for column, tracking in (("batch", BATCH), ("serial_no", SERIAL)):
			if item["tracking"] == tracking and not record[column]:
				sheets.complain(record, column, f"{record['item']} is kept by {tracking}; say which", "")
			if item["tracking"] != tracking and record[column]:
				sheets.complain(
					record, column, f"{record['item']} is not kept by {tracking}; set tracking in items.csv"
				)
		serial_no = record["serial_no"]
		if serial_no and record["qty"] not in (None, 0, 1):
			sheets.complain(record, "qty", f"serial number {serial_no} is one piece; write one row a piece")
		other = serials.setdefault(serial_no, record) if serial_no else record
		if any(record[name] != other[name] for name in ("item", "warehouse", "batch")):
			sheets.complain(record, "serial_no", f"stands in row {other.row} already")


def _check_groups(sheets: Sheets) -> None:
	"""A tree of groups; and groups that exist, wherever one is named."""
	groups = tuple(
		CustomerGroup(row["customer_group"], row["parent"]) for row in sheets.rows["customer_groups.csv"]
	)
	circling = in_circles(groups)
	for record in sheets.rows["customer_groups.csv"]:
		if record["customer_group"] in circling:
			sheets.complain(record, "parent", "makes a circle; a group cannot lie below itself")
	known = {group.name for group in groups}
	if "customer_groups.csv" not in sheets.present:
		known = {row["customer_group"] for row in sheets.rows["customers.csv"]}
	for file in ("customers.csv", "approval_rules.csv", "routing_rules.csv"):
		for record in sheets.rows[file]:
			if record["customer_group"] and record["customer_group"] not in known:
				sheets.complain(
					record,
					"customer_group",
					"no such customer group; add it to customer_groups.csv or correct it",
				)


def _check_orders(sheets: Sheets) -> None:
	orders = sheets.rows["orders.csv"]
	currency = _currency(sheets)
	unknown = {row["customer"] for row in sheets.rows["customers.csv"] if sheets.is_misread(row, "currency")}
	customers = {row["customer"]: row["currency"] for row in sheets.rows["customers.csv"]}
	since = {row["customer"]: row["since"] for row in sheets.rows["customers.csv"]}
	latest = date.today() + FUTURE
	with_lines = {record["order"] for record in sheets.rows["order_lines.csv"]}
	for record in orders:
		if record["order"] not in with_lines:
			sheets.complain(record, "order", "has no line in order_lines.csv; add one or leave the order out")
		if record["date"]:
			_check_day(sheets, record, since.get(record["customer"]), latest)
		if record["date"] and record["due"] and record["due"] < record["date"]:
			sheets.complain(record, "due", f"lies before the order's date {record['date']}")
		if currency is None or (record["customer"] in unknown and not record["currency"]):
			continue
		if any(sheets.is_misread(record, column) for column in ("currency", "exchange_rate")):
			continue
		spent = record["currency"] or customers.get(record["customer"]) or currency
		if spent != currency and record["exchange_rate"] is None:
			sheets.complain(
				record,
				"exchange_rate",
				f"is needed: the order is in {spent}, the company counts in {currency}",
				"",
			)


def _check_day(sheets: Sheets, record: Record, first: date | None, latest: date) -> None:
	if first and record["date"] < first:
		sheets.complain(
			record,
			"date",
			f"lies before the first day of {record['customer']}, {first} in customers.csv;"
			" correct one of the two",
		)
	if record["date"] > latest:
		sheets.complain(
			record, "date", "lies more than a year ahead; correct the year or leave the order out"
		)


def _check_couriers(sheets: Sheets) -> None:
	services: dict[str, set[str]] = {}
	for row in sheets.rows["couriers.csv"]:
		services.setdefault(row["courier"], set()).add(row["service"])
	for record in (*sheets.rows["orders.csv"], *sheets.rows["freight.csv"]):
		courier, service = record["courier"], record["service"]
		if service and not courier:
			sheets.complain(record, "courier", f"is needed for the service {service}", "")
		if not courier or not services:
			continue
		if courier not in services:
			sheets.complain(record, "courier", "no such courier; add it to couriers.csv or correct the name")
		elif service and any(services[courier]) and service not in services[courier]:
			offered = ", ".join(sorted(services[courier]))
			sheets.complain(record, "service", f"{courier} does not offer it, but: {offered}")


def _check_rules(sheets: Sheets) -> None:
	held = {row["role"] for row in sheets.rows["people.csv"]}
	for record in sheets.rows["approval_rules.csv"]:
		if "people.csv" in sheets.present and record["approver_role"] not in held:
			sheets.complain(record, "approver_role", "nobody has this role; add somebody to people.csv")
	first: dict[str, Record] = {}
	for record in sheets.rows["routing_rules.csv"]:
		other = first.setdefault(record["rule"], record)
		for column in (
			"customer_group",
			"max_splits",
			"priority",
			"strategy",
			"max_warehouses",
			"smallest_part",
			"ship_complete",
			"min_share_pct",
			"min_parcel",
		):
			if sheets.is_misread(record, column) or sheets.is_misread(other, column):
				continue
			if record[column] != other[column]:
				sheets.complain(
					record, column, f"differs from row {other.row} of the same rule; make them equal"
				)


def _currency(sheets: Sheets) -> str | None:
	"""None when it could not be read."""
	rows = sheets.rows["company.csv"]
	return rows[0]["currency"] if rows else Company().currency
