"""The CSV layout as a table: which files, which columns, of which kind, what refers to what.

docs/data-layout.md says the same for people; a test compares the two.
"""

from dataclasses import dataclass

from sales_wh_flow.routing.rules.facts import BY_RANK, WHAT_IS_THERE


@dataclass(frozen=True, slots=True)
class Column:
	"""``kind`` of what may stand in a cell: see `csv_cells`. ``default``: what an empty or absent one means.

	``refers_to``: the file whose key it must be.
	"""

	name: str
	kind: str = "text"
	is_required: bool = False
	default: str = ""
	refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
	"""``key``: the columns that no two rows may share."""

	file: str
	columns: tuple[Column, ...]
	key: tuple[str, ...]
	is_required: bool = False
	needs_rows: bool = False


def _needed(name: str, kind: str = "text", refers_to: str = "") -> Column:
	return Column(name, kind, True, refers_to=refers_to)


TABLES = (
	Table(
		"company.csv",
		(
			_needed("company"),
			Column("abbr"),
			Column("currency", "currency", default="EUR"),
			Column("country", default="Germany"),
		),
		("company",),
	),
	Table(
		"warehouses.csv",
		(
			_needed("warehouse"),
			Column("city"),
			Column("country"),
			Column("latitude", "latitude"),
			Column("longitude", "longitude"),
			Column("cost_per_order", "amount", default="0"),
			Column("cost_per_line", "amount", default="0"),
			Column("cost_per_km", "amount", default="0"),
			Column("lines_per_day", "count", default="0"),
		),
		("warehouse",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"items.csv",
		(
			_needed("item"),
			Column("name"),
			Column("item_group", default="Products"),
			Column("uom", default="Nos"),
			Column("whole_number", "yes or no", default="yes"),
			Column("price", "amount", default="0"),
			Column("cost", "amount", default="0"),
			Column("order_uom"),
			Column("order_uom_factor", "factor", default="1"),
			Column("tracking", "tracking"),
			Column("stock_item", "yes or no", default="yes"),
			Column("weight_kg", "amount", default="0"),
			Column("length_cm", "amount", default="0"),
			Column("width_cm", "amount", default="0"),
			Column("height_cm", "amount", default="0"),
		),
		("item",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"stock.csv",
		(
			_needed("item", refers_to="items.csv"),
			_needed("warehouse", refers_to="warehouses.csv"),
			_needed("qty", "stock"),
			Column("batch"),
			Column("expires", "date"),
			Column("serial_no"),
		),
		("item", "warehouse", "batch", "serial_no"),
		is_required=True,
	),
	Table(
		"customer_groups.csv",
		(_needed("customer_group"), Column("parent", refers_to="customer_groups.csv")),
		("customer_group",),
	),
	Table(
		"customers.csv",
		(
			_needed("customer"),
			Column("customer_group"),
			Column("credit_limit", "amount", default="0"),
			Column("currency", "currency"),
			Column("street"),
			Column("postcode"),
			Column("city"),
			Column("country"),
			Column("latitude", "latitude"),
			Column("longitude", "longitude"),
			Column("zone"),
			Column("since", "date"),
		),
		("customer",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"open_invoices.csv",
		(
			_needed("invoice"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			_needed("amount", "money"),
		),
		("invoice",),
	),
	Table(
		"payments.csv",
		(
			_needed("payment"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			_needed("amount", "money"),
		),
		("payment",),
	),
	Table(
		"freight.csv",
		(
			_needed("zone"),
			Column("warehouse", refers_to="warehouses.csv"),
			Column("courier"),
			Column("service"),
			Column("per_parcel", "amount", default="0"),
			Column("per_kg", "amount", default="0"),
			Column("transit_days", "count", default="0"),
		),
		("zone", "warehouse", "courier", "service"),
	),
	Table(
		"taxes.csv",
		(_needed("country"), _needed("tax"), Column("rate", "share", default="0")),
		("country",),
	),
	Table(
		"couriers.csv",
		(
			_needed("courier"),
			Column("service"),
			Column("transit_days", "count", default="2"),
			Column("tracking_url", "link"),
		),
		("courier", "service"),
	),
	Table(
		"people.csv",
		(_needed("person"), _needed("role"), Column("email"), Column("title")),
		("person", "role"),
	),
	Table(
		"orders.csv",
		(
			_needed("order"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			Column("due", "date"),
			Column("author", default="Sales Desk"),
			Column("currency", "currency"),
			Column("exchange_rate", "factor"),
			Column("courier"),
			Column("service"),
			Column("instructions"),
		),
		("order",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"order_lines.csv",
		(
			_needed("order", refers_to="orders.csv"),
			_needed("item", refers_to="items.csv"),
			_needed("qty", "ordered"),
			Column("uom"),
			Column("price", "amount"),
			Column("list_price", "amount"),
			Column("drop_ship", "yes or no", default="no"),
		),
		(),
		is_required=True,
	),
	Table(
		"purchases.csv",
		(
			_needed("purchase"),
			_needed("item", refers_to="items.csv"),
			_needed("warehouse", refers_to="warehouses.csv"),
			_needed("qty", "arriving"),
			_needed("expected", "date"),
		),
		("purchase", "item", "warehouse", "expected"),
	),
	Table(
		"approval_rules.csv",
		(
			_needed("rule"),
			_needed("criterion", "criterion"),
			_needed("threshold", "amount"),
			_needed("approver_role"),
			Column("customer_group"),
			Column("allow_own_order", "yes or no", default="no"),
		),
		("rule",),
	),
	Table(
		"routing_rules.csv",
		(
			_needed("rule"),
			_needed("warehouse", refers_to="warehouses.csv"),
			Column("rank", "rank", default="1"),
			Column("customer_group"),
			Column("max_splits", "rank", default="3"),
			Column("priority", "whole", default="0"),
			Column("strategy", "strategy", default=BY_RANK),
			Column("max_warehouses", "count", default="0"),
			Column("smallest_part", "part", default="0"),
			Column("ship_complete", "ship complete", default=WHAT_IS_THERE),
			Column("min_share_pct", "share", default="0"),
			Column("min_parcel", "amount", default="0"),
		),
		("rule", "warehouse"),
	),
)
