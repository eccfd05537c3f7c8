"""Builds the data set from the checked rows of a CSV folder. What no file says is assumed, and noted."""

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts
from sales_wh_flow_demo import sample_words as words
from sales_wh_flow_demo.csv_sheets import Record, Sheets
from sales_wh_flow_demo.dataset import (
	Company,
	Courier,
	CourierService,
	Customer,
	CustomerGroup,
	DataSet,
	FreightRate,
	Invoice,
	Item,
	Order,
	OrderLine,
	Payment,
	Person,
	Purchase,
	RoutingRule,
	StockRow,
	Tax,
	Warehouse,
)
from sales_wh_flow_demo.sentences import counted


def build(sheets: Sheets) -> DataSet:
	"""The data set of rows in which `csv_check` found nothing wrong."""
	company = _company(sheets)
	items = tuple(_item(record) for record in sheets.rows["items.csv"])
	orders = _orders(sheets, company, {item.code: item for item in items})
	return DataSet(
		company=company,
		warehouses=tuple(
			Warehouse(
				row["warehouse"],
				row["city"],
				row["country"],
				row["latitude"],
				row["longitude"],
				row["cost_per_order"],
				row["cost_per_line"],
				row["cost_per_km"],
				row["lines_per_day"],
			)
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
		payments=_payments(sheets),
		freight=tuple(
			FreightRate(
				row["zone"],
				row["warehouse"],
				row["courier"],
				row["service"],
				row["per_parcel"],
				row["per_kg"],
				row["transit_days"],
			)
			for row in sheets.rows["freight.csv"]
		),
		taxes=tuple(Tax(row["country"], row["tax"], row["rate"]) for row in sheets.rows["taxes.csv"]),
	)


def _company(sheets: Sheets) -> Company:
	rows = sheets.rows["company.csv"]
	if not rows:
		sheets.notes.append(f"no company.csv: called {Company().name!r}, counting in {Company().currency}")
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
		is_stock_item=row["stock_item"],
		weight_kg=row["weight_kg"],
		length_cm=row["length_cm"],
		width_cm=row["width_cm"],
		height_cm=row["height_cm"],
	)


def _customer(row: Record, company: Company) -> Customer:
	return Customer(
		name=row["customer"],
		group=row["customer_group"],
		credit_limit=row["credit_limit"],
		currency=row["currency"] or company.currency,
		street=row["street"],
		postcode=row["postcode"],
		city=row["city"],
		country=row["country"],
		latitude=row["latitude"],
		longitude=row["longitude"],
		zone=row["zone"],
		since=row["since"],
	)


def _orders(sheets: Sheets, company: Company, items: dict[str, Item]) -> tuple[Order, ...]:
	currencies = {row["customer"]: row["currency"] for row in sheets.rows["customers.csv"]}
	lines: dict[str, list[Record]] = {}
	for record in sheets.rows["order_lines.csv"]:
		lines.setdefault(record["order"], []).append(record)
	orders = []
	idle_rates = 0
	for row in sheets.rows["orders.csv"]:
		currency = row["currency"] or currencies[row["customer"]] or company.currency
		rate = row["exchange_rate"] or 1.0
		if currency == company.currency and rate != 1:
			idle_rates, rate = idle_rates + 1, 1.0
		orders.append(
			Order(
				name=row["order"],
				customer=row["customer"],
				date=row["date"],
				due=row["due"] or row["date"],
				author=row["author"],
				currency=currency,
				exchange_rate=rate,
				courier=row["courier"],
				service=row["service"],
				instructions=row["instructions"],
				lines=tuple(_line(record, items[record["item"]], rate) for record in lines[row["order"]]),
			)
		)
	if idle_rates:
		sheets.notes.append(
			f"orders.csv: the exchange_rate of {counted(idle_rates, 'order')} in {company.currency}, the"
			" company's own currency, was left out"
		)
	return tuple(sorted(orders, key=lambda order: order.date))


def _line(row: Record, item: Item, rate: float) -> OrderLine:
	"""Without a list price the item's is taken, without a price the list price."""
	uom = row["uom"] or item.uom
	list_price = row["list_price"]
	if list_price is None:
		list_price = round(item.price * item.factor(uom) / rate, 2)
	price = list_price if row["price"] is None else row["price"]
	return OrderLine(row["item"], row["qty"], uom, price, list_price, row["drop_ship"])


def _couriers(sheets: Sheets) -> tuple[Courier, ...]:
	rows: dict[str, list[Record]] = {}
	for record in sheets.rows["couriers.csv"]:
		rows.setdefault(record["courier"], []).append(record)
	return tuple(
		Courier(
			name,
			next((row["tracking_url"] for row in found if row["tracking_url"]), ""),
			tuple(CourierService(row["service"], row["transit_days"]) for row in found),
		)
		for name, found in rows.items()
	)


def _people(sheets: Sheets) -> tuple[Person, ...]:
	rows: dict[str, list[Record]] = {}
	for record in sheets.rows["people.csv"]:
		rows.setdefault(record["person"], []).append(record)
	if not rows:
		sheets.notes.append("no people.csv: nobody decides, it is told who would be asked")
		return ()
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
	named = "; ".join(rule.name for rule in rules)
	assumed = "this rule is assumed" if len(rules) == 1 else f"these {len(rules)} rules are assumed"
	sheets.notes.append(
		"no approval_rules.csv: " + (f"{assumed}: {named}" if rules else "no approval is asked for")
	)
	return rules


def _payments(sheets: Sheets) -> tuple[Payment, ...]:
	if "payments.csv" not in sheets.present:
		sheets.notes.append(
			"no payments.csv: what is ordered counts as owed to the last day, so too many"
			" approvals for credit"
		)
	return tuple(
		Payment(row["payment"], row["customer"], row["date"], row["amount"])
		for row in sheets.rows["payments.csv"]
	)


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
			found[0]["strategy"],
			found[0]["max_warehouses"],
			found[0]["smallest_part"],
			found[0]["ship_complete"],
			found[0]["min_share_pct"],
			found[0]["min_parcel"],
		)
		for name, found in rows.items()
	)
