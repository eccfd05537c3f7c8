"""Takes a data set apart into the rows of the CSV files."""

from collections.abc import Callable, Iterator

from sales_wh_flow_demo.dataset import CourierService, DataSet


def records(data: DataSet, file: str) -> Iterator[dict]:
	"""The rows of one file as dicts by column name."""
	return _records[file](data)


def _fields(**columns: str) -> Callable[[object], dict]:
	"""A function from an object to a row: column name = attribute name."""
	return lambda thing: {column: getattr(thing, attribute) for column, attribute in columns.items()}


_warehouse = _fields(
	warehouse="name",
	city="city",
	country="country",
	latitude="latitude",
	longitude="longitude",
	cost_per_order="per_order",
	cost_per_line="per_line",
	cost_per_km="per_km",
	lines_per_day="lines_per_day",
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
	stock_item="is_stock_item",
	weight_kg="weight_kg",
	length_cm="length_cm",
	width_cm="width_cm",
	height_cm="height_cm",
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
	postcode="postcode",
	city="city",
	country="country",
	latitude="latitude",
	longitude="longitude",
	zone="zone",
	since="since",
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
_order_line = _fields(
	item="item", qty="qty", uom="uom", price="price", list_price="list_price", drop_ship="is_drop_shipped"
)
_payment = _fields(payment="name", customer="customer", date="date", amount="amount")
_freight = _fields(
	zone="zone",
	warehouse="warehouse",
	courier="courier",
	service="service",
	per_parcel="per_parcel",
	per_kg="per_kg",
	transit_days="transit_days",
)
_tax = _fields(country="country", tax="name", rate="rate_pct")


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
				"strategy": rule.strategy,
				"max_warehouses": rule.max_warehouses,
				"smallest_part": rule.min_part_pct,
				"ship_complete": rule.ship_complete,
				"min_share_pct": rule.min_share_pct,
				"min_parcel": rule.min_parcel,
			}


_records: dict[str, Callable[[DataSet], Iterator[dict]]] = {
	"company.csv": lambda data: map(_company_row, (data.company,)),
	"warehouses.csv": lambda data: map(_warehouse, data.warehouses),
	"items.csv": lambda data: map(_item_row, data.items),
	"stock.csv": lambda data: map(_stock, data.stock),
	"customer_groups.csv": lambda data: map(_group, data.customer_groups),
	"customers.csv": lambda data: map(_customer_row, data.customers),
	"open_invoices.csv": lambda data: map(_invoice, data.invoices),
	"payments.csv": lambda data: map(_payment, data.payments),
	"freight.csv": lambda data: map(_freight, data.freight),
	"taxes.csv": lambda data: map(_tax, data.taxes),
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
