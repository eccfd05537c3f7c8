"""Every column of a company's own CSV files lands on the site, or the load says in a line that not."""

from datetime import date, timedelta

import pytest

import frappe
from frappe.utils import flt, strip_html

from sales_wh_flow.approval.rules.needs import DISCOUNT
from sales_wh_flow_demo import csv_layout, load
from sales_wh_flow_demo.csv_tables import TABLES
from tests.factories import company
from tests.own_files import FILES
from tests.site import set_switches, start_afresh

NEW, COUNTRY = "OWN", "Germany"
TODAY = date.today()


class Own:
	"""The loaded company: documents by the names that the files give them."""

	def __init__(self, name, folder):
		words = {
			"n": name,
			"then": TODAY - timedelta(days=40),
			"day": TODAY - timedelta(days=3),
			"due": TODAY + timedelta(days=2),
			"later": TODAY - timedelta(days=1),
			"soon": TODAY + timedelta(days=2),
			"far": TODAY + timedelta(days=90),
		}
		for file, text in FILES.items():
			(folder / f"{file}.csv").write_text(text.format(**words) + "\n", encoding="utf-8")
		own = company()
		line = f"company,abbr,currency,country\n{own.name},{own.abbr},{own.currency},{COUNTRY}\n"
		(folder / "company.csv").write_text(line, encoding="utf-8")
		self.n, self.company = name, own

	def doc(self, doctype, **filters):
		return frappe.get_doc(doctype, {key: value.format(n=self.n) for key, value in filters.items()})

	def row(self, doctype, table, which, **filters):
		return self.doc(doctype, **filters).get(table)[which]


@pytest.fixture(scope="module")
def told(site, tmp_path_factory):
	"""The company, what the site says by column, and what the load printed; undone afterwards."""
	folder = tmp_path_factory.mktemp("own")
	commit, frappe.db.commit = frappe.db.commit, lambda: None
	printed = []
	try:
		set_switches(routing=True)
		frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
		frappe.db.set_single_value("Accounts Settings", "add_taxes_from_taxes_and_charges_template", 1)
		own = Own(f"{NEW}{frappe.generate_hash(length=5)}", folder)
		data, _notes = csv_layout.read(folder)
		_tax_everything(own.company)
		with pytest.MonkeyPatch.context() as patch:
			patch.setattr("builtins.print", lambda *words, **_how: printed.append(" ".join(map(str, words))))
			load.load_rows(data)
		found = {column: answer(own) for column, (answer, _expected) in LANDS.items()}
		found["owed"] = frappe.get_all("Payment Ledger Entry", {"party": _customer(own).name}, pluck="amount")
		yield own, found, "\n".join(printed)
	finally:
		frappe.db.commit = commit
		start_afresh()


def _tax_everything(own):
	"""As a company does whose invoices are all taxed: what is owed from before has the tax in it."""
	head = frappe.db.get_value("Account", {"company": own.name, "account_type": "Tax", "is_group": 0})
	rows = [{"charge_type": "On Net Total", "account_head": head, "description": "Tax", "rate": 10}]
	template = frappe.get_doc(
		{
			"doctype": "Sales Taxes and Charges Template",
			"title": frappe.generate_hash(length=8),
			"company": own.name,
			"taxes": rows,
		}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Tax Rule",
			"tax_type": "Sales",
			"company": own.name,
			"sales_tax_template": template.name,
			"priority": 1,
		}
	).insert()


def _order(own, number="A1"):
	return own.doc("Sales Order", po_no="{n}-" + number)


def _customer(own):
	return own.doc("Customer", customer_name="{n} Nord")


def _address(own):
	return own.doc("Address", address_title="{n} Nord", address_type="Shipping")


def _kai(own):
	return own.doc("Warehouse", warehouse_name="{n} Kai")


def _rope(own):
	return own.doc("Item", item_code="{n}-ROPE")


def _rule(own):
	return own.doc("Warehouse Routing Rule", title="{n} Few")


def _near(own, which=0):
	return own.doc("Delivery Zone", title="{n} Near").rates[which]


def _asking(own):
	return own.doc("Order Approval Rule", title="{n} Cheap")


def _purchase(own):
	return own.doc("Purchase Order", order_confirmation_no="{n}-B1")


def _user(own):
	return own.doc("User", email="antje-{n}@own.example")


def _plain(name, own):
	return name.removesuffix(f" - {own.company.abbr}").replace(own.n, "{n}")


LANDS = {
	"company.csv company": (lambda own: _order(own).company == own.company.name, True),
	"company.csv abbr": (lambda own: _kai(own).name.endswith(f" - {own.company.abbr}"), True),
	"company.csv currency": (lambda own: _order(own).currency == own.company.currency, True),
	"company.csv country": (
		lambda own: own.doc("Address", address_title="{n} Ohne", address_type="Shipping").country,
		COUNTRY,
	),
	"warehouses.csv warehouse": (lambda own: _plain(_kai(own).name, own), "{n} Kai"),
	"warehouses.csv city": (lambda own: _kai(own).city, "Hamburg"),
	"warehouses.csv country": (
		lambda own: own.doc("Address", address_title="{n} Kai", address_type="Warehouse").country,
		"Germany",
	),
	"warehouses.csv latitude": (lambda own: _kai(own).swf_latitude, 53.5),
	"warehouses.csv longitude": (lambda own: _kai(own).swf_longitude, 9.9),
	"warehouses.csv cost_per_order": (lambda own: _rule(own).candidates[0].handling_per_order, 4.5),
	"warehouses.csv cost_per_line": (lambda own: _rule(own).candidates[0].handling_per_line, 0.75),
	"warehouses.csv cost_per_km": (lambda own: _rule(own).candidates[0].freight_per_km, 0.02),
	"warehouses.csv lines_per_day": (
		lambda own: (_kai(own).swf_limit_lines, _kai(own).swf_lines_per_day),
		(1, 120),
	),
	"items.csv item": (lambda own: _plain(_rope(own).name, own), "{n}-ROPE"),
	"items.csv name": (lambda own: _rope(own).item_name, "Rope"),
	"items.csv item_group": (lambda own: _plain(_rope(own).item_group, own), "{n} Ropes"),
	"items.csv uom": (lambda own: _rope(own).stock_uom, "Nos"),
	"items.csv whole_number": (lambda own: frappe.db.get_value("UOM", "Nos", "must_be_whole_number"), 1),
	"items.csv price": (lambda own: own.doc("Item Price", item_code="{n}-ROPE").price_list_rate, 2.5),
	"items.csv cost": (lambda own: _rope(own).valuation_rate, 1.1),
	"items.csv order_uom": (lambda own: sorted(row.uom for row in _rope(own).uoms), ["Box", "Nos"]),
	"items.csv order_uom_factor": (
		lambda own: max(row.conversion_factor for row in _rope(own).uoms),
		10,
	),
	"items.csv tracking": (lambda own: own.doc("Item", item_code="{n}-ECHO").has_serial_no, 1),
	"items.csv stock_item": (lambda own: own.doc("Item", item_code="{n}-HELP").is_stock_item, 0),
	"items.csv weight_kg": (lambda own: (_rope(own).weight_per_unit, _rope(own).weight_uom), (0.35, "Kg")),
	"items.csv length_cm": (lambda own: _rope(own).swf_length_cm, 30),
	"items.csv width_cm": (lambda own: _rope(own).swf_width_cm, 20),
	"items.csv height_cm": (lambda own: _rope(own).swf_height_cm, 10),
	"stock.csv item": (lambda own: own.doc("Bin", item_code="{n}-GLUE").actual_qty, 12),
	"stock.csv warehouse": (
		lambda own: _plain(own.doc("Bin", item_code="{n}-GLUE").warehouse, own),
		"{n} Kai",
	),
	"stock.csv qty": (
		lambda own: frappe.db.get_value(
			"Bin", {"item_code": f"{own.n}-ROPE", "actual_qty": 400}, "actual_qty"
		),
		400,
	),
	"stock.csv batch": (lambda own: _plain(own.doc("Batch", item="{n}-GLUE").batch_id, own), "{n}-L1"),
	"stock.csv expires": (lambda own: str(own.doc("Batch", item="{n}-GLUE").expiry_date), "2035-01-31"),
	"stock.csv serial_no": (
		lambda own: _plain(own.doc("Serial No", item_code="{n}-ECHO").name, own),
		"{n}-E1",
	),
	"customer_groups.csv customer_group": (
		lambda own: _plain(_customer(own).customer_group, own),
		"{n} Yards",
	),
	"customer_groups.csv parent": (
		lambda own: _plain(own.doc("Customer Group", name="{n} Yards").parent_customer_group, own),
		"{n} Trade",
	),
	"customers.csv customer": (lambda own: _plain(_customer(own).customer_name, own), "{n} Nord"),
	"customers.csv customer_group": (lambda own: _plain(_customer(own).customer_group, own), "{n} Yards"),
	"customers.csv credit_limit": (lambda own: _customer(own).credit_limits[0].credit_limit, 5000),
	"customers.csv currency": (
		lambda own: own.doc("Customer", customer_name="{n} West").default_currency,
		"CHF",
	),
	"customers.csv street": (lambda own: _address(own).address_line1, "Pier 4"),
	"customers.csv postcode": (lambda own: _address(own).pincode, "24103"),
	"customers.csv city": (lambda own: _address(own).city, "Kiel"),
	"customers.csv country": (lambda own: _address(own).country, "Germany"),
	"customers.csv latitude": (lambda own: _address(own).swf_latitude, 54.3),
	"customers.csv longitude": (lambda own: _address(own).swf_longitude, 10.1),
	"customers.csv zone": (
		lambda own: [
			(row.in_country, row.postcode)
			for title in ("{n} Near", "{n} Far")
			for row in own.doc("Delivery Zone", title=title).areas
		],
		[("Germany", "24103"), ("Germany", "89073"), ("Switzerland", None)],
	),
	"open_invoices.csv invoice": (lambda own: own.doc("Sales Invoice", po_no="{n}-R1").is_opening, "Yes"),
	"open_invoices.csv customer": (
		lambda own: own.doc("Sales Invoice", po_no="{n}-R1").customer == _customer(own).name,
		True,
	),
	"open_invoices.csv date": (
		lambda own: own.doc("Sales Invoice", po_no="{n}-R1").posting_date,
		TODAY - timedelta(days=40),
	),
	"open_invoices.csv amount": (
		lambda own: [own.doc("Sales Invoice", po_no="{n}-" + no).grand_total for no in ("R1", "R2")],
		[900, -150],
	),
	"payments.csv payment": (lambda own: own.doc("Payment Entry", reference_no="{n}-P1").docstatus, 1),
	"payments.csv customer": (
		lambda own: own.doc("Payment Entry", reference_no="{n}-P1").party == _customer(own).name,
		True,
	),
	"payments.csv date": (
		lambda own: own.doc("Payment Entry", reference_no="{n}-P1").posting_date,
		TODAY - timedelta(days=40),
	),
	"payments.csv amount": (
		lambda own: [own.doc("Payment Entry", reference_no="{n}-" + no).paid_amount for no in ("P1", "P2")],
		[400, 50],
	),
	"freight.csv zone": (lambda own: own.doc("Delivery Zone", title="{n} Near").enabled, 1),
	"freight.csv warehouse": (lambda own: _plain(_near(own).warehouse, own), "{n} Kai"),
	"freight.csv courier": (lambda own: _plain(_near(own).courier, own), "{n} Post"),
	"freight.csv service": (lambda own: _near(own).service, "Express"),
	"freight.csv per_parcel": (lambda own: (_near(own).freight, _near(own, 1).freight), (6.9, 4.9)),
	"freight.csv per_kg": (lambda own: _near(own).freight_per_kg, 0.4),
	"freight.csv transit_days": (lambda own: _near(own, 1).transit_days, 3),
	"taxes.csv country": (lambda own: len(_order(own, "A2").taxes), 1),
	"taxes.csv tax": (lambda own: _plain(_order(own).taxes[0].description, own), "{n} VAT 19 %"),
	"taxes.csv rate": (lambda own: (_order(own).taxes[0].rate, _order(own, "A2").taxes[0].rate), (19, 0)),
	"couriers.csv courier": (lambda own: own.doc("Courier", name="{n} Post").enabled, 1),
	"couriers.csv service": (
		lambda own: own.row("Courier", "services", 0, name="{n} Post").service,
		"Express",
	),
	"couriers.csv transit_days": (
		lambda own: own.row("Courier", "services", 0, name="{n} Post").transit_days,
		1,
	),
	"couriers.csv tracking_url": (
		lambda own: own.doc("Courier", name="{n} Post").tracking_url,
		"https://post.example/{0}",
	),
	"people.csv person": (lambda own: _plain(_user(own).full_name, own), "Antje {n}"),
	"people.csv role": (lambda own: "Sales User" in {row.role for row in _user(own).roles}, True),
	"people.csv email": (lambda own: _user(own).enabled, 1),
	"people.csv title": (lambda own: _user(own).bio, "Head of sales"),
	"orders.csv order": (lambda own: _order(own).docstatus, 0),
	"orders.csv customer": (lambda own: _order(own).customer == _customer(own).name, True),
	"orders.csv date": (lambda own: _order(own).transaction_date == _order(own).creation.date(), True),
	"orders.csv due": (
		lambda own: _order(own).delivery_date - _order(own).transaction_date,
		timedelta(days=5),
	),
	"orders.csv author": (lambda own: _order(own).owner == _user(own).name, True),
	"orders.csv currency": (lambda own: _order(own, "A2").currency, "CHF"),
	"orders.csv exchange_rate": (lambda own: _order(own, "A2").conversion_rate, 1.05),
	"orders.csv courier": (lambda own: _plain(_order(own).swf_courier, own), "{n} Post"),
	"orders.csv service": (lambda own: _order(own).swf_courier_service, "Express"),
	"orders.csv instructions": (lambda own: strip_html(_order(own).swf_special_instructions), "Ring twice"),
	"order_lines.csv order": (lambda own: len({row.item_code for row in _order(own).items}), 2),
	"order_lines.csv item": (lambda own: _plain(_order(own).items[0].item_code, own), "{n}-ROPE"),
	"order_lines.csv qty": (lambda own: _order(own).items[0].qty, 2),
	"order_lines.csv uom": (lambda own: _order(own).items[0].uom, "Box"),
	"order_lines.csv price": (lambda own: _order(own).items[0].rate, 23),
	"order_lines.csv list_price": (lambda own: _order(own).items[0].price_list_rate, 25),
	"order_lines.csv drop_ship": (
		lambda own: [(row.delivered_by_supplier, bool(row.supplier)) for row in _order(own).items],
		[(0, False), (1, True)],
	),
	"purchases.csv purchase": (lambda own: _purchase(own).docstatus, 1),
	"purchases.csv item": (lambda own: _plain(_purchase(own).items[0].item_code, own), "{n}-ROPE"),
	"purchases.csv warehouse": (lambda own: _plain(_purchase(own).items[0].warehouse, own), "{n} Hof"),
	"purchases.csv qty": (lambda own: _purchase(own).items[0].qty, 50),
	"purchases.csv expected": (lambda own: _purchase(own).schedule_date, TODAY + timedelta(days=2)),
	"approval_rules.csv rule": (lambda own: _asking(own).enabled, 1),
	"approval_rules.csv criterion": (lambda own: _asking(own).criterion, DISCOUNT),
	"approval_rules.csv threshold": (lambda own: _asking(own).threshold, 20),
	"approval_rules.csv approver_role": (lambda own: _asking(own).approvers[0].role, "Sales User"),
	"approval_rules.csv customer_group": (lambda own: _plain(_asking(own).customer_group, own), "{n} Trade"),
	"approval_rules.csv allow_own_order": (lambda own: _asking(own).allow_own_order, 1),
	"routing_rules.csv rule": (lambda own: _rule(own).enabled, 1),
	"routing_rules.csv warehouse": (lambda own: _plain(_rule(own).candidates[1].warehouse, own), "{n} Hof"),
	"routing_rules.csv rank": (lambda own: [row.rank for row in _rule(own).candidates], [2, 1]),
	"routing_rules.csv customer_group": (lambda own: _plain(_rule(own).of_customer_group, own), "{n} Trade"),
	"routing_rules.csv max_splits": (lambda own: _rule(own).max_splits, 4),
	"routing_rules.csv priority": (lambda own: _rule(own).priority, 7),
	"routing_rules.csv strategy": (lambda own: _rule(own).strategy, "Cheapest"),
	"routing_rules.csv max_warehouses": (lambda own: _rule(own).max_warehouses, 3),
	"routing_rules.csv smallest_part": (lambda own: _rule(own).min_part, 15),
	"routing_rules.csv ship_complete": (lambda own: _rule(own).ship_complete, "Full Lines"),
	"routing_rules.csv min_share_pct": (lambda own: _rule(own).min_share, 12),
	"routing_rules.csv min_parcel": (lambda own: _rule(own).min_parcel, 35),
}
"""Each column of each file: what the site says of it, and what it should."""
CHECKED_ALONE = {"customers.csv since"}
"""Nothing on a site: orders before it are refused when the files are read."""


def test_every_column_of_the_layout_has_its_place():
	columns = {f"{table.file} {column.name}" for table in TABLES for column in table.columns}
	assert columns == set(LANDS) | CHECKED_ALONE


@pytest.mark.parametrize("column", LANDS)
def test_a_column_lands_on_the_site(told, column):
	assert told[1][column] == LANDS[column][1]


def test_a_customer_owes_invoices_less_credit_notes_and_payments(told):
	assert flt(sum(told[1]["owed"]), 2) == 900 - 150 - 400 + 50


@pytest.mark.parametrize(
	"line",
	[
		"payments.csv: 1 payments after the first order's day",
		"purchases.csv: 1 rows expected after",
		"freight.csv: no customer's address tells that it lies in",
		"customers.csv, zone: 1 customers share a country of several zones",
	],
)
def test_what_is_left_out_is_said_in_a_line(told, line):
	assert f"Note: {line}" in told[2]
