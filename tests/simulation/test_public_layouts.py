"""Companies laid out like the public sample databases are read as they are, or told the true next step."""

from collections import Counter

import pytest

from sales_wh_flow_demo import csv_layout, days, events
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.memory import main
from tests.simulation import public_layouts as layouts


def run(folder):
	checker = Checker()
	world = days.run(csv_layout.read(folder)[0], checker)
	checker.check_all(world)
	return world


@pytest.mark.parametrize("company", layouts.ALL.values(), ids=layouts.ALL)
def test_it_is_read_without_complaint_and_every_order_goes_its_way(tmp_path, capsys, company):
	folder = layouts.write(company, tmp_path)
	assert main(["--data", str(folder), "--out", str(tmp_path / "page.html")]) == 0
	said = capsys.readouterr()
	assert said.err == ""
	world = run(folder)
	assert {state.docstatus for state in world.orders.values()} == {1}
	assert not [event for event in world.events if isinstance(event, events.ApprovalAsked)]


@pytest.mark.parametrize("company", layouts.ALL.values(), ids=layouts.ALL)
def test_what_was_not_read_is_named(tmp_path, company):
	_data, notes = csv_layout.read(layouts.write(company, tmp_path))
	unread = [note for note in notes if "not read" in note]
	assert unread == {
		"Wide World Importers": ["Orders.csv: not part of the layout and not read: backorder"],
		"AdventureWorks": ["items.csv: not part of the layout and not read: makeflag"],
	}.get(next(name for name, it in layouts.ALL.items() if it is company), [])


def test_what_a_database_writes_for_empty_is_empty_and_noted(tmp_path):
	data, notes = csv_layout.read(layouts.write(layouts.CLASSICMODELS, tmp_path))
	assert [(row.city, row.credit_limit) for row in data.customers][2] == ("", 0)
	assert [order.author for order in data.orders] == ["1370", "1370", "Sales Desk"]
	assert "customers.csv: 2 cells with NULL or \\N, which was read as empty" in notes


def test_a_paid_order_is_not_owed_when_the_next_is_written(tmp_path):
	"""Bow Mar may owe 500 and orders 514.40, then 250: once it is paid, only the first is asked about."""
	folder = layouts.write(layouts.WIDE_WORLD_IMPORTERS, tmp_path)

	def asked():
		return [event.order for event in run(folder).events if isinstance(event, events.ApprovalOwed)]

	assert asked() == ["1"]
	(folder / "Payments.csv").unlink()
	assert asked() == ["1", "3"]


@pytest.mark.parametrize("strategy", ["Cheapest", "Fewest Splits", "By Rank", "Nearest", "Balance Load"])
def test_no_order_goes_above_capacity_while_another_plant_can_serve(tmp_path, strategy):
	folder = layouts.write(layouts.BRUNEL, tmp_path)
	rules = layouts.BRUNEL["routing_rules.csv"].replace("Cheapest", strategy)
	(folder / "routing_rules.csv").write_text(rules)
	world = run(folder)
	went = Counter(state.lines[0].warehouse for state in world.orders.values())
	above = {row.name: went[row.name] - row.lines_per_day for row in world.data.warehouses}
	assert sum(went.values()) == layouts.BRUNEL_ORDERS
	assert max(above.values()) <= 0, above


FAULTS = [
	(
		layouts.WIDE_WORLD_IMPORTERS,
		"Stock.csv",
		"120.000",
		"-3",
		'Stock.csv, row 2, column qty: "-3" must not be negative; stock below zero cannot be locked',
	),
	(
		layouts.WIDE_WORLD_IMPORTERS,
		"Purchases.csv",
		"2013-01-08",
		"2013-01-05",
		"stands in row 2 already, with another quantity; add the two up in one row",
	),
	(
		layouts.WIDE_WORLD_IMPORTERS,
		"Purchases.csv",
		",20,",
		",-20,",
		'"-20" must be above zero; leave the row out if nothing comes',
	),
	(
		layouts.WIDE_WORLD_IMPORTERS,
		"Orders.csv",
		'3,"Puppet Place (Bow Mar, CO)"',
		"3,NULL",
		"Orders.csv, row 4, column customer: must not be empty; fill it in, or leave the row out",
	),
	(
		layouts.CLASSICMODELS,
		"items.csv",
		'"1969 Roadster, 1:10"',
		'"1969 \\"Roadster\\", 1:10"',
		"items.csv, row 2: a quoted cell that begins here does not end as one",
	),
	(
		layouts.CLASSICMODELS,
		"order_lines.csv",
		"80.00",
		"-80.00",
		'column price: "-80.00" must not be negative; correct it, or leave the row out',
	),
	(
		layouts.BRUNEL,
		"freight.csv",
		"1.0628",
		"$1.0628",
		'"$1.0628" not a number; write the number alone, without sign of a currency or unit',
	),
	(
		layouts.BRUNEL,
		"orders.csv",
		"2013-05-26",
		"5/26/13",
		'row 2, column date: "5/26/13" not a date; write year-month-day, like 2026-03-31',
	),
	(
		layouts.ADVENTURE_WORKS,
		"orders.csv",
		"CAD|0.66",
		"CAD|0",
		'column exchange_rate: "0" must be above zero; say how much of the one is in the other',
	),
	(
		layouts.ADVENTURE_WORKS,
		"stock.csv",
		"LJ-01|Finished Goods Storage|4",
		"LJ-01|Subassembly|4",
		'row 4, column item: "LJ-01" stands in row 3 already, with another quantity; add the two up',
	),
	(
		layouts.USAID,
		"items.tsv",
		"0.12",
		"Weight Captured Separately",
		'"Weight Captured Separately" not a number; write digits, or leave the cell empty if it is not known',
	),
	(
		layouts.USAID,
		"orders.tsv",
		"2006-07-27",
		"Date Not Captured",
		"like 2026-03-31, or leave the cell empty if it is not known",
	),
	(
		layouts.UCI,
		"order_lines.csv",
		"22423;3",
		"22423;-3",
		"write its amount into open_invoices.csv, below zero",
	),
	(
		layouts.UCI,
		"items.csv",
		"2.55",
		"2,55",
		"write a point before the decimals and no thousands separator",
	),
	(layouts.UCI, "order_lines.csv", "POST;1", "DOT;1", '"DOT" no such item; add it to items.csv'),
]


@pytest.mark.parametrize(("company", "file", "old", "new", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_cell_as_the_original_has_it_says_what_to_do(tmp_path, company, file, old, new, message):
	folder = layouts.write(company, tmp_path)
	assert old in company[file]
	(folder / file).write_text(company[file].replace(old, new, 1), encoding="utf-8")
	with pytest.raises(LayoutProblems) as refused:
		csv_layout.read(folder)
	assert message in str(refused.value)
