"""What a folder of CSV files may hold that is no table or no value is refused once, with its cause."""

import os
import time

import pytest

from sales_wh_flow_demo import csv_layout
from sales_wh_flow_demo.dataset import CustomerGroup, group_lineage
from tests.simulation.test_csv_layout import SMALL
from tests.simulation.test_csv_reading import problems

NO_FILES = [
	os.mkfifo,
	lambda path: path.mkdir(),
	lambda path: path.symlink_to("/dev/zero"),
]


@pytest.mark.parametrize("make", NO_FILES, ids=["a pipe", "a folder", "a device"])
def test_what_bears_a_files_name_but_is_none_is_refused_without_reading_it(folder, make):
	(folder / "orders.csv").unlink()
	make(folder / "orders.csv")
	assert problems(folder) == [
		"orders.csv: is no file but a folder, pipe or device; put a CSV file in its place"
	]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_called_by_its_name(folder, encoding):
	(folder / "customers.csv").write_text(SMALL["customers.csv"], encoding)
	assert problems(folder) == [
		"customers.csv: is saved as UTF-16 (Unicode text), not as UTF-8; save it again as CSV UTF-8"
	]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_that_is_too_long_is_told_the_limit(folder, quote):
	(folder / "customers.csv").write_text(f"customer\nHolm\n{quote}{'x' * 140_000}{quote}\n")
	(problem,) = problems(folder)
	assert problem.startswith("customers.csv, row 3: a cell is longer than 131,072 characters")


FOREIGN = "order,customer,date,currency,exchange_rate\nA-1,Holm,2026-03-02,USD,dear\nA-2,Berg,2026-03-03,,\n"
ONE_MISTAKE = [
	("warehouses.csv", SMALL["warehouses.csv"].replace("54.1", "999"), "latitude"),
	("warehouses.csv", SMALL["warehouses.csv"].replace("9.9", "nan"), "longitude"),
	("customers.csv", SMALL["customers.csv"].replace("53.5", "north"), "latitude"),
	("items.csv", SMALL["items.csv"].replace(",batch", ",lot"), "tracking"),
	("items.csv", SMALL["items.csv"].replace("Box,12", "Box,a dozen"), "order_uom_factor"),
	("orders.csv", FOREIGN, "exchange_rate"),
	("orders.csv", FOREIGN.replace("USD,dear", "$,2"), "currency"),
	("company.csv", "company,currency\nQuay,euro\n", "currency"),
	("customers.csv", "customer,currency\nHolm,us dollar\nBerg,\n", "currency"),
	("routing_rules.csv", "rule,warehouse,max_splits\nR,North,few\nR,South,2\n", "max_splits"),
	("couriers.csv", "courier,tracking_url\nFast,javascript:alert({0})\n", "tracking_url"),
	("couriers.csv", "courier,tracking_url\nFast,ftp://fast.example/{0}\n", "tracking_url"),
	("stock.csv", SMALL["stock.csv"].replace("North,100", "North,1e-12"), "qty"),
	("stock.csv", SMALL["stock.csv"].replace("South,12.5", "South,1e-12"), "qty"),
	("order_lines.csv", SMALL["order_lines.csv"].replace("BOLT,24", "BOLT,1e-12"), "qty"),
	("order_lines.csv", SMALL["order_lines.csv"].replace("WIRE,2.5", "WIRE,1e-12"), "qty"),
	(
		"purchases.csv",
		"purchase,item,warehouse,qty,expected\nP,WIRE,North,1e-12,2026-03-03\n",
		"qty",
	),
]


@pytest.mark.parametrize(("file", "text", "column"), ONE_MISTAKE, ids=range(len(ONE_MISTAKE)))
def test_one_mistake_is_one_problem(folder, file, text, column):
	(folder / file).write_text(text)
	(problem,) = problems(folder)
	assert problem.startswith(f"{file}, row ") and f", column {column}: " in problem


def test_a_crumb_of_a_whole_item_is_told_what_half_of_it_is_told(folder):
	(folder / "order_lines.csv").write_text(SMALL["order_lines.csv"].replace("BOLT,24", "BOLT,1e-9"))
	assert "BOLT is counted in whole Nos" in problems(folder)[0]


def test_good_codes_of_currencies_and_links_go_through(folder):
	(folder / "company.csv").write_text("company,currency\nQuay,EUR\n")
	(folder / "couriers.csv").write_text("courier,tracking_url\nFast,HTTPS://fast.example/{0}\nSlow,\n")
	data, _notes = csv_layout.read(folder)
	assert [row.tracking_url for row in data.couriers] == ["HTTPS://fast.example/{0}", ""]


DEEP = 3000


def chain(last_parent=""):
	return [(f"G{n}", f"G{n + 1}") for n in range(DEEP - 1)] + [(f"G{DEEP - 1}", last_parent)]


def written(folder, rows):
	text = "\n".join(["customer_group,parent", *(f"{name},{parent}" for name, parent in rows)])
	(folder / "customer_groups.csv").write_text(text + "\n")


def test_a_deep_chain_of_groups_is_read_in_less_than_a_second(folder):
	written(folder, chain())
	(folder / "customers.csv").write_text("customer,customer_group\nHolm,G0\nBerg,G1\n")
	began = time.process_time()
	data, _notes = csv_layout.read(folder)
	assert len(group_lineage(data.customer_groups, "G0")) == DEEP
	assert time.process_time() - began < 1


def test_only_the_groups_of_a_circle_are_named_and_not_those_below_it(folder):
	written(folder, [("Below", "A"), *[("A", "B"), ("B", "C"), ("C", "A")], ("Alone", "")])
	assert [text.split(",")[1] for text in problems(folder)] == [" row 3", " row 4", " row 5"]


def test_a_lineage_ends_where_a_circle_closes():
	groups = (CustomerGroup("A", "B"), CustomerGroup("B", "A"))
	assert group_lineage(groups, "A") == ("A", "B")
