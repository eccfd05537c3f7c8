"""Checks the rows of a CSV folder against each other and builds the data set; and takes a data set apart into
rows.
"""

from collections.abc import Callable, Iterator

from sales_wh_flow.rules.facts import ApprovalRuleFacts

from . import sample_words as words
from .csv_layout import Record, Sheets
from .csv_tables import TABLES
from .dataset import (
	BATCH,
	SERIAL,
	Company,
	Courier,
	CourierService,
	Customer,
	CustomerGroup,
	DataSet,
	Invoice,
	Item,
	Order,
	OrderLine,
	Person,
	Purchase,
	RoutingRule,
	StockRow,
	Warehouse,
	group_lineage,
)

_KEYS = {
	"warehouses.csv": "warehouse",
	"items.csv": "item",
	"customers.csv": "customer",
	"customer_groups.csv": "customer_group",
	"orders.csv": "order",
}


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


def build(sheets: Sheets) -> DataSet:
	"""The data set of rows that were checked. What no file says is assumed, and noted."""
	company = _company(sheets)
	items = tuple(_item(record) for record in sheets.rows["items.csv"])
	orders = _orders(sheets, company, {item.code: item for item in items})
	return DataSet(
		company=company,
		warehouses=tuple(
			Warehouse(row["warehouse"], row["city"], row["country"], row["latitude"], row["longitude"])
			for row in sheets.rows["warehouses.csv"]
		),
		items=items,
		stock=tuple(
			StockRow(
				row["item"], row["warehouse"], row["qty"], row["batch"], row["expires"], row["serial_no"]
			)
			for row in sheets.rows["stock.csv"]
		),
		customers=tuple(_customer(row, company) for row in sheets.rows["customers.csv"]),
		orders=orders,
		customer_groups=tuple(
			CustomerGroup(row["customer_group"], row["parent"]) for row in sheets.rows["customer_groups.csv"]
		),
		invoices=tuple(
			Invoice(row["invoice"], row["customer"], row["date"], row["amount"])
			for row in sheets.rows["open_invoices.csv"]
		),
		couriers=_couriers(sheets),
		people=_people(sheets),
		purchases=tuple(
			Purchase(row["purchase"], row["item"], row["warehouse"], row["qty"], row["expected"])
			for row in sheets.rows["purchases.csv"]
		),
		approval_rules=_approval_rules(sheets),
		routing_rules=_routing_rules(sheets),
	)


def records(data: DataSet, file: str) -> Iterator[dict]:
	"""The rows of one file as dicts by column name."""
	return _records[file](data)


# checks


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
				if record[column] is None and record[other] is not None:
					sheets.complain(
						record, column, f"is empty although {other} is given; give both or none", ""
					)


def _check_items(sheets: Sheets) -> None:
	for record in sheets.rows["items.csv"]:
		if record["order_uom"] and record["order_uom"] == record["uom"]:
			sheets.complain(
				record, "order_uom", "is the item's own unit; leave it empty or name a second one"
			)
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
			factor = 1.0
			if file == "order_lines.csv" and record["uom"] and record["uom"] != item["uom"]:
				if record["uom"] != item["order_uom"]:
					units = " or ".join(filter(None, (item["uom"], item["order_uom"])))
					sheets.complain(record, "uom", f"{record['item']} is sold in {units}")
					continue
				factor = item["order_uom_factor"] or 1.0
			units = record["qty"] * factor
			if item["whole_number"] and abs(units - round(units)) > 1e-9:
				sheets.complain(
					record,
					"qty",
					f"{record['item']} is counted in whole {item['uom']};"
					" correct the quantity or set whole_number to no in items.csv",
				)


def _check_lots(sheets: Sheets) -> None:
	"""Batches and serial numbers just where the item has them."""
	items = _items(sheets)
	serials: dict[str, int] = {}
	for record in sheets.rows["stock.csv"]:
		item = items.get(record["item"])
		if item is None:
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
		if serial_no in serials:
			sheets.complain(record, "serial_no", f"stands in row {serials[serial_no]} already")
		elif serial_no:
			serials[serial_no] = record.row


def _check_groups(sheets: Sheets) -> None:
	"""A tree of groups; and groups that exist, wherever one is named."""
	groups = tuple(
		CustomerGroup(row["customer_group"], row["parent"]) for row in sheets.rows["customer_groups.csv"]
	)
	for record in sheets.rows["customer_groups.csv"]:
		parent = record["parent"]
		if parent and record["customer_group"] in group_lineage(groups, parent):
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
	currency = _company(sheets, quiet=True).currency
	customers = {row["customer"]: row["currency"] for row in sheets.rows["customers.csv"]}
	with_lines = {record["order"] for record in sheets.rows["order_lines.csv"]}
	for record in orders:
		if record["order"] not in with_lines:
			sheets.complain(record, "order", "has no line in order_lines.csv; add one or leave the order out")
		if record["date"] and record["due"] and record["due"] < record["date"]:
			sheets.complain(record, "due", f"lies before the order's date {record['date']}")
		spent = record["currency"] or customers.get(record["customer"]) or currency
		if spent != currency and record["exchange_rate"] is None:
			sheets.complain(
				record,
				"exchange_rate",
				f"is needed: the order is in {spent}, the company counts in {currency}",
				"",
			)
	if not orders:
		sheets.complain(Record("orders.csv", 0, {}), "", "has no orders; add at least one")


def _check_couriers(sheets: Sheets) -> None:
	services: dict[str, set[str]] = {}
	for row in sheets.rows["couriers.csv"]:
		services.setdefault(row["courier"], set()).add(row["service"])
	for record in sheets.rows["orders.csv"]:
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
	if "people.csv" not in sheets.present:
		held = {role for person in words.PEOPLE for role in person.roles}
	for record in sheets.rows["approval_rules.csv"]:
		if record["approver_role"] not in held:
			sheets.complain(record, "approver_role", "nobody has this role; add somebody to people.csv")
	first: dict[str, Record] = {}
	for record in sheets.rows["routing_rules.csv"]:
		other = first.setdefault(record["rule"], record)
		for column in ("customer_group", "max_splits", "priority"):
			if record[column] != other[column]:
				sheets.complain(
					record, column, f"differs from row {other.row} of the same rule; make them equal"
				)


# building


def _company(sheets: Sheets, quiet: bool = False) -> Company:
	rows = sheets.rows["company.csv"]
	if not rows:
		if not quiet:
			sheets.notes.append(
				f"no company.csv: called {Company().name!r}, counting in {Company().currency}"
			)
		return Company()
	row = rows[0]
	abbr = row["abbr"] or "".join(word[0] for word in row["company"].split()).upper()
	return Company(row["company"], abbr, row["currency"], row["country"])


def _item(row: Record) -> Item:
	return Item(
		code=row["item"],
		name=row["name"] or row["item"],
		group=row["item_group"],
		uom=row["uom"],
		is_whole_number=row["whole_number"],
		price=row["price"],
		cost=row["cost"],
		order_uom=row["order_uom"],
		order_uom_factor=row["order_uom_factor"],
		tracking=row["tracking"] or "",
	)


def _customer(row: Record, company: Company) -> Customer:
	return Customer(
		name=row["customer"],
		group=row["customer_group"],
		credit_limit=row["credit_limit"],
		currency=row["currency"] or company.currency,
		street=row["street"],
		city=row["city"],
		country=row["country"],
		latitude=row["latitude"],
		longitude=row["longitude"],
	)


def _orders(sheets: Sheets, company: Company, items: dict[str, Item]) -> tuple[Order, ...]:
	currencies = {row["customer"]: row["currency"] for row in sheets.rows["customers.csv"]}
	lines: dict[str, list[Record]] = {}
	for record in sheets.rows["order_lines.csv"]:
		lines.setdefault(record["order"], []).append(record)
	orders = []
	for row in sheets.rows["orders.csv"]:
		rate = row["exchange_rate"] or 1.0
		orders.append(
			Order(
				name=row["order"],
				customer=row["customer"],
				date=row["date"],
				due=row["due"] or row["date"],
				author=row["author"],
				currency=row["currency"] or currencies[row["customer"]] or company.currency,
				exchange_rate=rate,
				courier=row["courier"],
				service=row["service"],
				instructions=row["instructions"],
				lines=tuple(_line(record, items[record["item"]], rate) for record in lines[row["order"]]),
			)
		)
	return tuple(sorted(orders, key=lambda order: order.date))


def _line(row: Record, item: Item, rate: float) -> OrderLine:
	"""Without a list price the item's is taken, without a price the list price."""
	uom = row["uom"] or item.uom
	list_price = row["list_price"]
	if list_price is None:
		list_price = round(item.price * item.factor(uom) / rate, 2)
	price = list_price if row["price"] is None else row["price"]
	return OrderLine(row["item"], row["qty"], uom, price, list_price)


def _couriers(sheets: Sheets) -> tuple[Courier, ...]:
	rows: dict[str, list[Record]] = {}
	for record in sheets.rows["couriers.csv"]:
		rows.setdefault(record["courier"], []).append(record)
	return tuple(
		Courier(
			name,
			next((row["tracking_url"] for row in found if row["tracking_url"]), ""),
			tuple(CourierService(row["service"], row["transit_days"]) for row in found if row["service"]),
		)
		for name, found in rows.items()
	)


def _people(sheets: Sheets) -> tuple[Person, ...]:
	rows: dict[str, list[Record]] = {}
	for record in sheets.rows["people.csv"]:
		rows.setdefault(record["person"], []).append(record)
	if not rows:
		sheets.notes.append("no people.csv: the sample company's people decide")
		return words.PEOPLE
	return tuple(
		Person(
			name,
			next((row["email"] for row in found if row["email"]), ""),
			tuple(row["role"] for row in found),
			next((row["title"] for row in found if row["title"]), ""),
		)
		for name, found in rows.items()
	)


def _approval_rules(sheets: Sheets) -> tuple[ApprovalRuleFacts, ...]:
	if "approval_rules.csv" in sheets.present:
		return tuple(
			ApprovalRuleFacts(
				row["rule"],
				row["criterion"],
				row["threshold"],
				row["approver_role"],
				customer_group=row["customer_group"],
				allows_own_order=row["allow_own_order"],
			)
			for row in sheets.rows["approval_rules.csv"]
		)
	roles = {row["role"] for row in sheets.rows["people.csv"]}
	rules = tuple(
		rule
		for rule in words.APPROVAL_RULES
		if not rule.customer_group and (not roles or rule.approver_role in roles)
	)
	sheets.notes.append(
		"no approval_rules.csv: " + ("; ".join(rule.name for rule in rules) or "no approval is asked for")
	)
	return rules


def _routing_rules(sheets: Sheets) -> tuple[RoutingRule, ...]:
	rows: dict[str, list[Record]] = {}
	for record in sheets.rows["routing_rules.csv"]:
		rows.setdefault(record["rule"], []).append(record)
	if not rows:
		sheets.notes.append("no routing_rules.csv: every warehouse may serve every order, the nearest first")
	return tuple(
		RoutingRule(
			name,
			tuple((row["warehouse"], row["rank"]) for row in found),
			found[0]["customer_group"],
			found[0]["max_splits"],
			found[0]["priority"],
		)
		for name, found in rows.items()
	)


# taking a data set apart


def _fields(**columns: str) -> Callable[[object], dict]:
	"""A function from an object to a row: column name = attribute name."""
	return lambda thing: {column: getattr(thing, attribute) for column, attribute in columns.items()}


_warehouse = _fields(
	warehouse="name", city="city", country="country", latitude="latitude", longitude="longitude"
)
_item_row = _fields(
	item="code",
	name="name",
	item_group="group",
	uom="uom",
	whole_number="is_whole_number",
	price="price",
	cost="cost",
	order_uom="order_uom",
	order_uom_factor="order_uom_factor",
	tracking="tracking",
)
_stock = _fields(
	item="item", warehouse="warehouse", qty="qty", batch="batch", expires="expires", serial_no="serial_no"
)
_customer_row = _fields(
	customer="name",
	customer_group="group",
	credit_limit="credit_limit",
	currency="currency",
	street="street",
	city="city",
	country="country",
	latitude="latitude",
	longitude="longitude",
)
_order_row = _fields(
	order="name",
	customer="customer",
	date="date",
	due="due",
	author="author",
	currency="currency",
	exchange_rate="exchange_rate",
	courier="courier",
	service="service",
	instructions="instructions",
)
_purchase = _fields(purchase="name", item="item", warehouse="warehouse", qty="qty", expected="expected")
_company_row = _fields(company="name", abbr="abbr", currency="currency", country="country")
_group = _fields(customer_group="name", parent="parent")
_invoice = _fields(invoice="name", customer="customer", date="date", amount="amount")
_rule = _fields(
	rule="name",
	criterion="criterion",
	threshold="threshold",
	approver_role="approver_role",
	customer_group="customer_group",
	allow_own_order="allows_own_order",
)
_order_line = _fields(item="item", qty="qty", uom="uom", price="price", list_price="list_price")


def _courier_rows(data: DataSet) -> Iterator[dict]:
	for courier in data.couriers:
		for service in courier.services or (CourierService("", 2),):
			yield {
				"courier": courier.name,
				"service": service.name,
				"transit_days": service.transit_days,
				"tracking_url": courier.tracking_url,
			}


def _people_rows(data: DataSet) -> Iterator[dict]:
	for person in data.people:
		for role in person.roles:
			yield {"person": person.name, "role": role, "email": person.email, "title": person.title}


def _routing_rows(data: DataSet) -> Iterator[dict]:
	for rule in data.routing_rules:
		for warehouse, rank in rule.candidates:
			yield {
				"rule": rule.name,
				"warehouse": warehouse,
				"rank": rank,
				"customer_group": rule.customer_group,
				"max_splits": rule.max_splits,
				"priority": rule.priority,
			}


_records: dict[str, Callable[[DataSet], Iterator[dict]]] = {
	"company.csv": lambda data: map(_company_row, (data.company,)),
	"warehouses.csv": lambda data: map(_warehouse, data.warehouses),
	"items.csv": lambda data: map(_item_row, data.items),
	"stock.csv": lambda data: map(_stock, data.stock),
	"customer_groups.csv": lambda data: map(_group, data.customer_groups),
	"customers.csv": lambda data: map(_customer_row, data.customers),
	"open_invoices.csv": lambda data: map(_invoice, data.invoices),
	"couriers.csv": _courier_rows,
	"people.csv": _people_rows,
	"orders.csv": lambda data: map(_order_row, data.orders),
	"order_lines.csv": lambda data: (
		{"order": order.name, **_order_line(line)} for order in data.orders for line in order.lines
	),
	"purchases.csv": lambda data: map(_purchase, data.purchases),
	"approval_rules.csv": lambda data: map(_rule, data.approval_rules),
	"routing_rules.csv": _routing_rows,
}
