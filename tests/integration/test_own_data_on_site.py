"""Every column of a company's own CSV files lands on the site, or the load says in a line that not."""

from datetime import date, timedelta

import pytest

import frappe
from frappe.utils import flt, strip_html

from sales_wh_flow.approval.rules.needs import DISCOUNT
from sales_wh_flow_demo import csv_layout, load
from sales_wh_flow_demo.csv_tables import TABLES

from .factories import company
from .site import set_switches, start_afresh

NEW, COUNTRY = "OWN", "Germany"
TODAY = date.today()
FILES = {
	"warehouses": (
		"warehouse,city,country,latitude,longitude,cost_per_order,cost_per_line,cost_per_km,lines_per_day\n"
		"{n} Kai,Hamburg,Germany,53.5,9.9,4.5,0.75,0.02,120\n{n} Hof,Ulm,Germany,48.4,9.9,0,0,0,0"
	),
	"items": (
		"item,name,item_group,uom,whole_number,price,cost,order_uom,order_uom_factor,tracking,stock_item,"
		"weight_kg\n{n}-ROPE,Rope,{n} Ropes,Nos,yes,2.5,1.1,Box,10,,yes,0.35\n"
		"{n}-GLUE,Glue,{n} Paints,Nos,yes,18,9,,,batch,yes,\n"
		"{n}-ECHO,Echo sounder,{n} Devices,Nos,yes,240,150,,,serial,yes,\n"
		"{n}-HELP,Fitting,{n} Services,Nos,yes,60,,,,,no,"
	),
	"stock": (
		"item,warehouse,qty,batch,expires,serial_no\n{n}-ROPE,{n} Kai,400,,,\n"
		"{n}-GLUE,{n} Kai,12,{n}-L1,2035-01-31,\n{n}-ECHO,{n} Hof,1,,,{n}-E1"
	),
	"customer_groups": "customer_group,parent\n{n} Trade,\n{n} Yards,{n} Trade",
	"customers": (
		"customer,customer_group,credit_limit,currency,street,postcode,city,country,latitude,longitude,zone,since\n"
		"{n} Nord,{n} Yards,5000,,Pier 4,24103,Kiel,Germany,54.3,10.1,{n} Near,2020-01-01\n"
		"{n} Sued,{n} Yards,,,Weg 1,89073,Ulm,Germany,48.4,10,{n} Far,\n"
		"{n} West,{n} Yards,,CHF,Rue 2,,Basel,Switzerland,47.5,7.6,{n} Far,\n{n} Ohne,,,,,,,,,,{n} Far,"
	),
	"open_invoices": "invoice,customer,date,amount\n{n}-R1,{n} Nord,{then},900\n{n}-R2,{n} Nord,{then},-150",
	"payments": (
		"payment,customer,date,amount\n{n}-P1,{n} Nord,{then},400\n"
		"{n}-P2,{n} Nord,{then},-50\n{n}-P3,{n} Nord,{later},9"
	),
	"freight": (
		"zone,warehouse,courier,service,per_parcel,per_kg,transit_days\n"
		"{n} Near,{n} Kai,{n} Post,Express,6.9,0.4,1\n{n} Near,,,,4.9,0.2,3\n"
		"{n} Far,,,,8.9,0.6,5\n{n} Moon,,,,99,9,9"
	),
	"taxes": "country,tax,rate\nGermany,{n} VAT 19 %,19\nSwitzerland,{n} Export,0",
	"couriers": "courier,service,transit_days,tracking_url\n{n} Post,Express,1,https://post.example/{{0}}",
	"people": "person,role,email,title\nAntje {n},Sales User,antje-{n}@own.example,Head of sales",
	"orders": (
		"order,customer,date,due,author,currency,exchange_rate,courier,service,instructions\n"
		"{n}-A1,{n} Nord,{day},{due},Antje {n},,,{n} Post,Express,Ring twice\n"
		"{n}-A2,{n} West,{day},{due},Antje {n},CHF,1.05,,,\n{n}-A3,{n} Sued,{day},{due},Antje {n},,,,,"
	),
	"order_lines": (
		"order,item,qty,uom,price,list_price,drop_ship\n{n}-A1,{n}-ROPE,2,Box,23,25,no\n"
		"{n}-A1,{n}-GLUE,1,,18,18,yes\n"
		"{n}-A2,{n}-ROPE,3,,2.5,2.5,\n{n}-A3,{n}-HELP,1,,60,60,"
	),
	"purchases": (
		"purchase,item,warehouse,qty,expected\n{n}-B1,{n}-ROPE,{n} Hof,50,{soon}\n"
		"{n}-B2,{n}-ROPE,{n} Hof,50,{far}"
	),
	"approval_rules": (
		"rule,criterion,threshold,approver_role,customer_group,allow_own_order\n"
		"{n} Cheap,Discount,20,Sales User,{n} Trade,yes"
	),
	"routing_rules": (
		"rule,warehouse,rank,customer_group,max_splits,priority,strategy,max_warehouses,smallest_part,"
		"ship_complete,min_share_pct,min_parcel\n"
		"{n} Few,{n} Kai,2,{n} Trade,4,7,Cheapest,3,15,Full Lines,12,35\n"
		"{n} Few,{n} Hof,1,{n} Trade,4,7,Cheapest,3,15,Full Lines,12,35"
	),
}


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
		own = Own(f"{NEW}{frappe.generate_hash(length=5)}", folder)
		data, _notes = csv_layout.read(folder)
		with pytest.MonkeyPatch.context() as patch:
			patch.setattr("builtins.print", lambda *words, **_how: printed.append(" ".join(map(str, words))))
			load.load_rows(data)
		found = {column: answer(own) for column, (answer, _expected) in LANDS.items()}
		found["owed"] = frappe.get_all("Payment Ledger Entry", {"party": _customer(own).name}, pluck="amount")
		yield own, found, "\n".join(printed)
	finally:
		frappe.db.commit = commit
		start_afresh()


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
	"orders.csv date": (lambda own: _order(own).transaction_date, TODAY),
	"orders.csv due": (lambda own: _order(own).delivery_date, TODAY + timedelta(days=5)),
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
