"""Files come as programs write them: every row is read as it stands, and what is no table is refused."""

import os
import re

import pytest

from sales_wh_flow_demo import csv_layout
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.memory import main
from tests.simulation.test_csv_layout import SMALL


def problems(folder):
	with pytest.raises(LayoutProblems) as refused:
		csv_layout.read(folder)
	return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_a_separator_that_spreadsheets_leave_in_a_cell_does_not_break_its_row(folder, mark):
	text = (
		SMALL["customers.csv"].replace("customer,", "customer,street,").replace("Holm,", f"Holm,Quay{mark}1,")
	)
	(folder / "customers.csv").write_text(text.replace("Berg,", "Berg,,"), encoding="utf-8")
	data, _notes = csv_layout.read(folder)
	assert [(row.name, row.street) for row in data.customers] == [("Holm", f"Quay{mark}1"), ("Berg", "")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_may_end_as_any_system_ends_them(folder, end):
	(folder / "orders.csv").write_text(SMALL["orders.csv"], encoding="utf-8", newline=end)
	assert len(csv_layout.read(folder)[0].orders) == 2


def test_a_problem_below_a_cell_of_several_lines_names_the_row_where_it_stands(folder):
	(folder / "customers.csv").write_text(
		'customer,street,credit_limit\nHolm,"Quay 1\nShed 2\n\nGate",1000\n\nBerg,"a\nb",-1\n'
	)
	(problem,) = problems(folder)
	assert problem.startswith('customers.csv, row 7, column credit_limit: "-1" must not be negative')


@pytest.mark.parametrize("name", ["orders.csv", "orders.tsv"])
def test_tab_separated_files_are_read(folder, name):
	(folder / "orders.csv").unlink()
	(folder / name).write_text(SMALL["orders.csv"].replace(",", "\t"), encoding="utf-8")
	assert [order.name for order in csv_layout.read(folder)[0].orders] == ["A-1", "A-2"]


def test_a_problem_of_a_tab_separated_file_names_that_file(folder):
	(folder / "orders.csv").unlink()
	(folder / "orders.tsv").write_text("order\tcustomer\tdate\nA-1\tHolm\tsoon\nA-2\tBerg\t2026-03-03\n")
	assert problems(folder)[0].startswith('orders.tsv, row 2, column date: "soon" not a date')


def _sparse(path):
	with path.open("wb") as file:
		file.truncate(2_000_000_000)


WRECKS = [
	(lambda path: path.write_bytes(b""), "the file is empty; it needs the columns customer"),
	(lambda path: path.write_text("\n\n\n"), "the file is empty; it needs the columns customer"),
	(lambda path: path.write_text("customer\n"), "has no rows below its header"),
	(_sparse, "is 2.0 GB large, at most 0.5 GB are read; export fewer days"),
	(
		lambda path: path.write_text(SMALL["customers.csv"], "utf-16"),
		"is saved as UTF-16 (Unicode text)",
	),
	(lambda path: path.write_bytes(b"customer\nHolm\0\n"), "row 2: holds binary zeros"),
	(
		lambda path: path.write_text("customer\n" + "x" * 1_000_001),
		"row 2: the line is longer than 1,000,000",
	),
	(lambda path: path.write_text('customer\nHolm\n"Berg\nLund\n'), "row 3: a quoted cell that begins here"),
	(lambda path: path.write_text('customer\n"Holm" & Co\n'), "row 2: a quoted cell that begins here"),
]


@pytest.mark.parametrize(("wreck", "message"), WRECKS, ids=range(len(WRECKS)))
def test_a_file_that_is_no_table_is_refused_and_nothing_is_written(folder, capsys, wreck, message):
	wreck(folder / "customers.csv")
	assert main(["--data", str(folder), "--out", str(folder / "page.html")]) == 2
	said = capsys.readouterr().err
	assert re.search(r"customers\.csv(, row \d+)?: ", said) and message in said
	assert not (folder / "page.html").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["", "items.csv"])
def test_what_may_not_be_read_is_named(folder, name):
	(folder / name).chmod(0)
	try:
		assert "cannot be read (Permission denied)" in problems(folder)[0]
	finally:
		(folder / name).chmod(0o755)


def test_an_unreadable_folder_is_named_whoever_asks(folder, monkeypatch):
	def refuse(_path):
		raise PermissionError(13, "Permission denied")

	monkeypatch.setattr("pathlib.Path.iterdir", refuse)
	assert problems(folder) == [
		f"{folder}: cannot be read (Permission denied); let this user read the folder"
	]


def test_a_quantity_beyond_all_goods_is_refused(folder):
	text = SMALL["order_lines.csv"].replace("BOLT,24", "BOLT,1e12")
	(folder / "order_lines.csv").write_text(text)
	assert problems(folder) == [
		'order_lines.csv, row 2, column qty: "1e12" is above 1,000,000,000; check the digits and the unit'
	]


def test_a_credit_note_among_the_orders_says_where_it_belongs(folder):
	text = SMALL["order_lines.csv"].replace("BOLT,24", "BOLT,-24")
	(folder / "order_lines.csv").write_text(text)
	assert "write its amount into open_invoices.csv, below zero" in problems(folder)[0]


def test_an_order_number_that_is_there_twice_says_what_differs(folder):
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\nA-1,Berg,2026-03-02\n")
	assert 'with other content (customer "Holm" there, "Berg" here)' in problems(folder)[0]
