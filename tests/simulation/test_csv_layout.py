"""A folder of CSV files is read whole or not at all, and every problem in it is named with what to do."""

import csv
import re
from dataclasses import fields
from pathlib import Path

import pytest

from sales_wh_flow_demo import csv_layout, days, sample
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.csv_tables import TABLES
from sales_wh_flow_demo.memory import main

DOCS = Path(__file__).resolve().parents[2] / "docs" / "data-layout.md"

SMALL = {
	"warehouses.csv": "warehouse,latitude,longitude\nNorth,54.1,9.9\nSouth,48.1,11.5\n",
	"items.csv": (
		"item,uom,whole_number,price,order_uom,order_uom_factor,tracking\n"
		"BOLT,Nos,yes,0.50,Box,12,\nWIRE,Kg,no,4,,,\nGLUE,Nos,yes,6,,,batch\nLASER,Nos,yes,500,,,serial\n"
	),
	"stock.csv": (
		"item,warehouse,qty,batch,expires,serial_no\nBOLT,North,100,,,\nWIRE,South,12.5,,,\n"
		"GLUE,North,10,G1,2027-01-31,\nLASER,South,1,,,L-1\n"
	),
	"customers.csv": "customer,credit_limit,latitude,longitude\nHolm,1000,53.5,10\nBerg,,,\n",
	"orders.csv": "order,customer,date,due\nA-1,Holm,2026-03-02,2026-03-05\nA-2,Berg,2026-03-03,\n",
	"order_lines.csv": "order,item,qty,uom,price\nA-1,BOLT,24,,0.45\nA-1,WIRE,2.5,,\nA-2,BOLT,2,Box,\n",
}


def test_what_was_written_is_read_again_unchanged(tmp_path):
	data = sample.generate(3, orders=40)
	csv_layout.write(data, tmp_path)
	again, notes = csv_layout.read(tmp_path)
	assert notes == (
		"freight.csv: no routing rule has the strategy Cheapest, so parcel costs choose no warehouse",
	)
	for field in fields(data):
		assert getattr(again, field.name) == getattr(data, field.name), field.name


def test_six_small_files_are_enough(folder):
	data, notes = csv_layout.read(folder)
	assert {state.status for state in days.run(data).orders.values()} <= {"Locked", "Picking"}
	assert any("approval_rules.csv" in note for note in notes)
	assert any("company.csv" in note for note in notes)


def test_a_line_without_prices_has_the_items_price_for_its_unit(folder):
	data, _notes = csv_layout.read(folder)
	box = data.orders[1].lines[0]
	assert (box.price, box.list_price) == (6.0, 6.0)


def test_semicolons_and_a_byte_order_mark_are_read_as_spreadsheets_write_them(folder):
	text = SMALL["customers.csv"].replace(",", ";")
	(folder / "customers.csv").write_text("\ufeff" + text, encoding="utf-8")
	data, _notes = csv_layout.read(folder)
	assert [row.name for row in data.customers] == ["Holm", "Berg"]


def test_orders_come_in_the_order_of_their_dates(folder):
	text = SMALL["orders.csv"].splitlines()
	(folder / "orders.csv").write_text("\n".join([text[0], text[2], text[1]]), encoding="utf-8")
	data, _notes = csv_layout.read(folder)
	assert [order.name for order in data.orders] == ["A-1", "A-2"]


def test_columns_and_files_that_nobody_reads_are_named(folder):
	(folder / "customers.csv").write_text("customer,phone\nHolm,1\nBerg,2\n", encoding="utf-8")
	(folder / "suppliers.csv").write_text("supplier\nX\n", encoding="utf-8")
	_data, notes = csv_layout.read(folder)
	assert any("phone" in note for note in notes)
	assert any("suppliers.csv" in note for note in notes)


BAD = [
	# file, old text, new text, what the message must say
	("warehouses.csv", None, None, "warehouses.csv: the file is missing; it needs the columns warehouse"),
	("items.csv", None, None, "items.csv: the file is missing"),
	(
		"stock.csv",
		"item,warehouse,qty",
		"item,warehouse,pieces",
		"stock.csv, column qty: the column is missing",
	),
	("stock.csv", "qty,batch", "qty,qty", "stock.csv, column qty: the column is there twice"),
	("stock.csv", "BOLT,North", "BOLTS,North", 'stock.csv, row 2, column item: "BOLTS" no such item; add it'),
	("stock.csv", "WIRE,South", "WIRE,East", 'stock.csv, row 3, column warehouse: "East" no such warehouse'),
	("stock.csv", "North,100", "North,-5", 'stock.csv, row 2, column qty: "-5" must not be negative'),
	("stock.csv", "North,100", "North,many", 'stock.csv, row 2, column qty: "many" not a number'),
	("stock.csv", "North,100", 'North,"1,5"', "write a point before the decimals"),
	("stock.csv", "North,100", "North,nan", '"nan" not a number'),
	("stock.csv", "North,100", "North,1.5", "BOLT is counted in whole Nos"),
	("stock.csv", "G1,2027-01-31", ",2027-01-31", "GLUE is kept by batch; say which"),
	("stock.csv", "BOLT,North,100,,", "BOLT,North,100,B9,", "BOLT is not kept by batch; set tracking"),
	("stock.csv", "LASER,South,1,,,L-1", "LASER,South,2,,,L-1", "serial number L-1 is one piece"),
	("stock.csv", "L-1", "L-1\nLASER,North,1,,,L-1", 'column serial_no: "L-1" stands in row 5 already'),
	("stock.csv", "2027-01-31", "31.01.2027", '"31.01.2027" not a date; write year-month-day'),
	("stock.csv", "WIRE,South,12.5", "BOLT,North,12", 'row 3, column item: "BOLT" stands in row 2 already'),
	(
		"items.csv",
		"WIRE,Kg,no",
		"BOLT,Kg,no",
		'items.csv, row 3, column item: "BOLT" stands in row 2 already',
	),
	("items.csv", "Kg,no", "Kg,perhaps", '"perhaps" must be one of: yes, no'),
	("items.csv", "serial", "lot", 'column tracking: "lot" must be one of: batch, serial'),
	("items.csv", "Box,12", "Nos,12", "is the item's own unit"),
	("items.csv", "Box,12", "Box,0", 'column order_uom_factor: "0" must be above zero'),
	("items.csv", "LASER,Nos,yes", "LASER,Nos,no", "an item with serial numbers is counted in whole units"),
	("warehouses.csv", "54.1,9.9", "154.1,9.9", "must lie between -90 and 90"),
	("warehouses.csv", "54.1,9.9", "54.1,", "column longitude: is empty although latitude is given"),
	("customers.csv", "Holm,1000", "Holm,-1", 'customers.csv, row 2, column credit_limit: "-1" must not be'),
	("customers.csv", "Berg,", "Holm,", "customers.csv, row 3"),
	("customers.csv", "Berg,,,", "Berg,,,,,", "6 cells under 4 columns"),
	("orders.csv", "A-2,Berg", "A-2,Burg", 'orders.csv, row 3, column customer: "Burg" no such customer'),
	("orders.csv", "A-2,Berg", "A-1,Berg", 'row 3, column order: "A-1" stands in row 2 already'),
	("orders.csv", "A-2,Berg,2026-03-03", "A-2,Berg,", "orders.csv, row 3, column date: must not be empty"),
	("orders.csv", "2026-03-03", "2026-02-30", '"2026-02-30" not a date'),
	("orders.csv", "2026-03-05", "2026-03-01", "lies before the order's date 2026-03-02"),
	("orders.csv", "A-2", "A-3", "has no line in order_lines.csv"),
	("orders.csv", ",due", ",currency", 'column currency: "2026-03-05" not the code of a currency'),
	("orders.csv", ",due", ",service", "column courier: is needed for the service"),
	("order_lines.csv", "A-2,BOLT", "A-9,BOLT", '"A-9" no such order; add it to orders.csv'),
	("order_lines.csv", "BOLT,24", "BOLT,0", 'order_lines.csv, row 2, column qty: "0" must be above zero'),
	("order_lines.csv", "BOLT,24", "BOLT,2.5", "BOLT is counted in whole Nos"),
	("order_lines.csv", "2,Box", "2,Crate", '"Crate" BOLT is sold in Nos or Box'),
	("order_lines.csv", "BOLT,24", "NUT,24", '"NUT" no such item'),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_is_refused_with_file_row_column_value_and_advice(folder, file, old, new, message):
	path = folder / file
	if old is None:
		path.unlink()
	else:
		assert old in SMALL[file]
		path.write_text(SMALL[file].replace(old, new, 1), encoding="utf-8")
	with pytest.raises(LayoutProblems, match=re.escape(message)):
		csv_layout.read(folder)


MORE_BAD = [
	(
		"approval_rules.csv",
		"rule,criterion,threshold,approver_role\nR,Weight,1,Sales Manager\n",
		"must be one of",
	),
	(
		"approval_rules.csv",
		"rule,criterion,threshold,approver_role\nR,Discount,1,King\n",
		"nobody has this role",
	),
	(
		"approval_rules.csv",
		"rule,criterion,threshold,approver_role,customer_group\nR,Discount,1,Sales Manager,Gold\n",
		'"Gold" no such customer group',
	),
	("routing_rules.csv", "rule,warehouse,rank\nR,West,1\n", '"West" no such warehouse'),
	("routing_rules.csv", "rule,warehouse,rank\nR,North,0\n", "must be 1 or more"),
	("routing_rules.csv", "rule,warehouse,max_splits\nR,North,1\nR,South,2\n", "differs from row 2"),
	("purchases.csv", "purchase,item,warehouse,qty,expected\nP,BOLT,North,5,soon\n", '"soon" not a date'),
	("purchases.csv", "purchase,item,warehouse,qty,expected\nP,BOLT,North,0.5,2026-03-03\n", "whole Nos"),
	("open_invoices.csv", "invoice,customer,date,amount\nI,Nobody,2026-01-01,5\n", "no such customer"),
	("customer_groups.csv", "customer_group,parent\nA,B\nB,A\n", "makes a circle"),
	("customer_groups.csv", "customer_group,parent\nA,C\n", '"C" no such customer group'),
	("couriers.csv", "courier,service,transit_days\nFast,Day,-1\n", "must be 0 or more"),
]


@pytest.mark.parametrize(("file", "text", "message"), MORE_BAD, ids=range(len(MORE_BAD)))
def test_a_bad_optional_file_is_refused_too(folder, file, text, message):
	(folder / "people.csv").write_text("person,role\nMona,Sales Manager\n", encoding="utf-8")
	(folder / file).write_text(text, encoding="utf-8")
	with pytest.raises(LayoutProblems, match=re.escape(message)):
		csv_layout.read(folder)


def test_an_unknown_courier_or_service_is_refused(folder):
	(folder / "couriers.csv").write_text("courier,service\nFast,Day\n", encoding="utf-8")
	(folder / "orders.csv").write_text(
		"order,customer,date,courier,service\nA-1,Holm,2026-03-02,Slow,\nA-2,Berg,2026-03-03,Fast,Night\n",
		encoding="utf-8",
	)
	with pytest.raises(LayoutProblems) as refused:
		csv_layout.read(folder)
	assert [(problem.row, problem.value) for problem in refused.value.problems] == [(2, "Slow"), (3, "Night")]


def test_all_problems_of_all_files_are_listed_together(folder):
	(folder / "stock.csv").write_text("item,warehouse,qty\nNUT,North,-1\nBOLT,East,x\n", encoding="utf-8")
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Nobody,never\nA-2,Berg,2026-03-03\n")
	with pytest.raises(LayoutProblems) as refused:
		csv_layout.read(folder)
	found = {(problem.file, problem.row, problem.column) for problem in refused.value.problems}
	assert found == {
		("stock.csv", 2, "item"),
		("stock.csv", 2, "qty"),
		("stock.csv", 3, "warehouse"),
		("stock.csv", 3, "qty"),
		("orders.csv", 2, "customer"),
		("orders.csv", 2, "date"),
	}


def test_a_folder_that_is_not_there_is_named(tmp_path):
	with pytest.raises(LayoutProblems, match="no such folder"):
		csv_layout.read(tmp_path / "nowhere")


def test_text_that_is_not_utf8_is_named(folder):
	(folder / "items.csv").write_bytes("item\nSchlüssel\n".encode("latin-1"))
	with pytest.raises(LayoutProblems, match=re.escape("items.csv, row 2: not UTF-8 text")):
		csv_layout.read(folder)


def test_the_command_prints_the_problems_and_says_so_in_its_exit_status(folder, capsys, tmp_path):
	(folder / "items.csv").unlink()
	status = main(["--data", str(folder), "--out", str(tmp_path / "page.html")])
	assert status == 2
	assert "items.csv: the file is missing" in capsys.readouterr().err
	assert not (tmp_path / "page.html").exists()


def test_the_command_runs_on_a_folder_that_it_wrote(tmp_path, capsys):
	assert main(["--write", str(tmp_path / "data"), "--orders", "12"]) == 0
	assert main(["--data", str(tmp_path / "data"), "--out", str(tmp_path / "page.html")]) == 0
	said = capsys.readouterr().out.strip().splitlines()
	assert said[-1].startswith("Ran in memory")
	assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_document_names_every_file_and_column_and_no_other():
	documented = {}
	text = DOCS.read_text(encoding="utf-8")
	for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
		file = re.match(r"`?([\w.]+\.csv)", section)
		if file:
			documented[file[1]] = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
	assert documented == {table.file: [column.name for column in table.columns] for table in TABLES}


def test_the_example_of_the_document_can_be_read(tmp_path):
	text = DOCS.read_text(encoding="utf-8")
	for name, body in re.findall(
		r"^`([\w.]+\.csv)`\n+```csv\n(.*?)```", text, flags=re.MULTILINE | re.DOTALL
	):
		(tmp_path / name).write_text(body, encoding="utf-8")
	data, _notes = csv_layout.read(tmp_path)
	assert len(data.orders) == 2
	with (tmp_path / "orders.csv").open(encoding="utf-8") as file:
		assert len(list(csv.DictReader(file))) == 2
