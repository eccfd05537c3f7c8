"""What a folder says and nobody can use is named with its file, and with what counts instead."""

import pytest

from sales_wh_flow_demo import csv_layout, days
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from tests.simulation.test_csv_layout import SMALL


def notes(folder):
	return csv_layout.read(folder)[1]


def problems(folder):
	with pytest.raises(LayoutProblems) as refused:
		csv_layout.read(folder)
	return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
	("people", "note"),
	[
		("", "these 2 rules are assumed: Credit limit exceeded; Discount above 15 %"),
		("Mona,Sales Manager\n", "this rule is assumed: Discount above 15 %"),
		("Mona,Boss\n", "no approval is asked for"),
	],
)
def test_rules_that_no_file_gives_are_named_as_assumed(folder, people, note):
	if people:
		(folder / "people.csv").write_text("person,role\n" + people)
	assert f"no approval_rules.csv: {note}" in notes(folder)


def test_customers_and_warehouses_without_coordinates_are_counted(folder):
	assert [note for note in notes(folder) if "latitude" in note] == [
		"customers.csv: 1 customer of 2 without latitude and longitude;"
		" where no distance is known, ranks and then names of warehouses decide"
	]
	(folder / "warehouses.csv").write_text("warehouse\nNorth\nSouth\n")
	assert any(note.startswith("warehouses.csv: 2 warehouses of 2 without") for note in notes(folder))


def test_zones_and_customers_that_the_freight_table_leaves_out_are_named(folder):
	(folder / "customers.csv").write_text("customer,zone\nHolm,Z9\nBerg,\n")
	(folder / "freight.csv").write_text("zone,transit_days\nZ1,3\n")
	said = [note for note in notes(folder) if "zone" in note]
	assert said == [
		"customers.csv: 1 customer without a zone; freight.csv says nothing about them",
		"freight.csv: no row for 1 zone of 1 customer: Z9",
	]
	(folder / "customers.csv").write_text("customer,zone\nHolm,Z1\nBerg,Z1\n")
	assert not [note for note in notes(folder) if "zone" in note]


@pytest.mark.parametrize(
	("strategy", "cost", "is_told"),
	[("By Rank", 4, True), ("Cheapest", 4, False), ("By Rank", 0, False)],
	ids=["nobody counts it", "a rule counts it", "nothing to count"],
)
def test_freight_that_no_rule_counts_is_named(folder, strategy, cost, is_told):
	(folder / "freight.csv").write_text(f"zone,per_parcel\nZ1,{cost}\n")
	(folder / "routing_rules.csv").write_text(f"rule,warehouse,strategy\nR,North,{strategy}\n")
	assert any("strategy Cheapest" in note for note in notes(folder)) == is_told


def test_an_exchange_rate_of_the_own_currency_changes_nothing_and_is_named(folder):
	plain = days.run(csv_layout.read(folder)[0])
	(folder / "orders.csv").write_text(
		"order,customer,date,currency,exchange_rate\nA-1,Holm,2026-03-02,,1.5\nA-2,Berg,2026-03-03,EUR,1\n"
	)
	data, said = csv_layout.read(folder)
	totals = {name: state.total_base for name, state in days.run(data).orders.items()}
	assert totals == {name: state.total_base for name, state in plain.orders.items()}
	note = "orders.csv: the exchange_rate of 1 order in EUR, the company's own currency, was left out"
	assert note in said


def test_a_rate_of_another_currency_counts(folder):
	(folder / "orders.csv").write_text(
		"order,customer,date,currency,exchange_rate\nA-1,Holm,2026-03-02,USD,1.5\nA-2,Berg,2026-03-03,,\n"
	)
	data, said = csv_layout.read(folder)
	assert data.orders[0].exchange_rate == 1.5 and not any("exchange_rate" in note for note in said)


def test_a_spreadsheet_in_place_of_a_table_is_named(folder):
	(folder / "people.xlsx").write_bytes(b"PK")
	assert "people.xlsx is a spreadsheet and was not read; save it as CSV UTF-8" in notes(folder)
	(folder / "stock.csv").rename(folder / "Stock.xlsx")
	(problem,) = problems(folder)
	assert problem.startswith("stock.csv: the file is missing") and problem.endswith(
		"; save Stock.xlsx as CSV UTF-8"
	)


def test_a_table_that_is_there_twice_is_named(folder):
	(folder / "stock.tsv").write_text(SMALL["stock.csv"].replace(",", "\t"))
	assert [note for note in notes(folder) if "stock" in note] == [
		"stock.tsv was not read: the table is there twice, and stock.csv was; keep one of the two"
	]


@pytest.mark.parametrize(
	("text", "advice"),
	[
		("1.189.50", "write a point before the decimals and no thousands separator"),
		("(150)", "write a number below zero with a minus before it, like -150"),
		("150-", "write a number below zero with a minus before it, like -150"),
		("12 (box of 6)", "write the number alone, without sign of a currency or unit"),
		("(1,150.00)", "write a number below zero with a minus before it, like -150"),
	],
)
def test_a_number_written_otherwise_is_met_with_the_hint_that_helps(folder, text, advice):
	(folder / "open_invoices.csv").write_text(f'invoice,customer,date,amount\nI,Holm,2026-01-01,"{text}"\n')
	assert problems(folder) == [f'open_invoices.csv, row 2, column amount: "{text}" not a number; {advice}']


@pytest.mark.parametrize(
	("row", "column"), [("LASER,South,1,,,L-1", "item"), ("LASER,North,1,,,L-1", "serial_no")]
)
def test_a_serial_number_that_stands_twice_is_one_problem(folder, row, column):
	(folder / "stock.csv").write_text(f"{SMALL['stock.csv']}{row}\n")
	(problem,) = problems(folder)
	assert problem.startswith(f"stock.csv, row 6, column {column}: ") and "stands in row 5 already" in problem
