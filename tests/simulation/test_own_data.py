"""A company's own history is told as it was: nobody is invented, exposure is that of the day."""

from datetime import date

import pytest

from sales_wh_flow_demo import csv_layout, days, events, story
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.csv_sheets import LayoutProblems
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.memory import main
from sales_wh_flow_demo.summary import summary
from tests.simulation.test_csv_layout import SMALL

PEOPLE = "person,role\nMona,Accounts Manager\nRolf,Sales Manager\n"


def run(folder):
	checker = Checker()
	world = days.run(csv_layout.read(folder)[0], checker)
	checker.check_all(world)
	return world


def of(world, kind):
	return [event for event in world.events if isinstance(event, kind)]


def test_without_people_it_is_told_who_would_be_asked_and_the_order_goes_on(folder):
	(folder / "order_lines.csv").write_text(SMALL["order_lines.csv"].replace("0.45", "0.10"))
	world = run(folder)
	(owed,) = of(world, events.ApprovalOwed)
	assert (owed.order, owed.role) == ("A-1", "Sales Manager")
	assert not of(world, events.ApprovalAsked) and not of(world, events.OrderRevised)
	assert all(state.docstatus == 1 for state in world.orders.values())
	assert world.orders["A-1"].lines[0].rate_base == 0.10
	assert any(
		"would be asked of Sales Manager" in text for _day, text in story.tell(world.events)[0].sentences
	)
	assert any("1 would be asked of Sales Manager" in line for line in summary(fold(world.events)))


LEDGERS = [
	("open_invoices.csv", "invoice,customer,date,amount\nI,Holm,2026-03-01,900\n", 900),
	("open_invoices.csv", "invoice,customer,date,amount\nI,Holm,2026-03-02,900\n", 900),
	("open_invoices.csv", "invoice,customer,date,amount\nI,Holm,2026-03-03,900\n", 0),
	(
		"open_invoices.csv",
		"invoice,customer,date,amount\nI,Holm,2026-03-01,900\nC,Holm,2026-03-02,-200\n",
		700,
	),
	("payments.csv", "payment,customer,date,amount\nP,Holm,2026-03-02,50\nQ,Holm,2026-03-03,10\n", -50),
]


@pytest.mark.parametrize(("file", "text", "owed"), LEDGERS, ids=range(len(LEDGERS)))
def test_exposure_is_that_of_the_day(folder, file, text, owed):
	(folder / file).write_text(text)
	world = days.World(csv_layout.read(folder)[0])
	world.today = date(2026, 3, 2)
	assert world.outstanding("Holm") == owed


def test_a_paid_order_does_not_count_against_the_next(folder):
	(folder / "people.csv").write_text(PEOPLE)
	(folder / "customers.csv").write_text("customer,credit_limit\nHolm,30\nBerg,\n")
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\nA-2,Holm,2026-03-20\n")
	assert [event.order for event in of(run(folder), events.ApprovalAsked)] == ["A-2"]
	(folder / "payments.csv").write_text("payment,customer,date,amount\nP,Holm,2026-03-19,20.80\n")
	assert not of(run(folder), events.ApprovalAsked)


def test_services_and_drop_shipped_lines_count_in_the_price_and_wait_for_nothing(folder):
	(folder / "items.csv").write_text(
		SMALL["items.csv"].replace("tracking\n", "tracking,stock_item\n", 1) + "FITTING,Nos,yes,40,,,,no\n"
	)
	(folder / "order_lines.csv").write_text(
		"order,item,qty,drop_ship\nA-1,BOLT,10,\nA-1,FITTING,1,\nA-2,BOLT,5000,yes\n"
	)
	world = run(folder)
	assert world.orders["A-1"].total_base == 45
	assert not of(world, events.DemandWaits)
	assert world.orders["A-2"].status == "Approved"
	text = [text for told in story.tell(world.events) for _day, text in told.sentences]
	assert "line 2: 1 Nos FITTING: a service, of no warehouse" in text
	assert "line 1: 5000 Nos BOLT: sent by the supplier" in text


def test_one_purchase_brings_an_item_on_several_days(folder):
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,GLUE,50\nA-2,LASER,4\n")
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\nA-2,Berg,2026-03-06\n")
	(folder / "purchases.csv").write_text(
		"purchase,item,warehouse,qty,expected\n"
		"P,GLUE,North,5,2026-03-03\nP,GLUE,North,7,2026-03-04\nP,LASER,South,1,2026-03-03\nP,LASER,South,2,2026-03-05\n"
	)
	world = run(folder)
	assert (world.orders["A-1"].lines[0].waiting, world.orders["A-2"].lines[0].waiting) == (50 - 10 - 12, 0)


@pytest.mark.parametrize(
	("strategy", "places"), [("Cheapest", ["North"] * 2), ("By Rank", ["South", "North"])]
)
def test_freight_decides_for_the_cheapest_and_capacity_among_ranks(folder, strategy, places):
	(folder / "warehouses.csv").write_text("warehouse,lines_per_day\nNorth,0\nSouth,1\n")
	(folder / "stock.csv").write_text("item,warehouse,qty\nBOLT,North,100\nBOLT,South,100\n")
	(folder / "items.csv").write_text("item,weight_kg\nBOLT,2\n")
	(folder / "customers.csv").write_text("customer,zone\nHolm,Z1\nBerg,Z1\n")
	(folder / "freight.csv").write_text("zone,warehouse,per_parcel,per_kg\nZ1,North,1,0.1\nZ1,South,9,0.1\n")
	(folder / "routing_rules.csv").write_text(
		f"rule,warehouse,rank,strategy\nR,South,1,{strategy}\nR,North,2,{strategy}\n"
	)
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\nA-2,Berg,2026-03-02\n")
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,BOLT,1\nA-2,BOLT,1\n")
	assert [state.lines[0].warehouse for state in run(folder).orders.values()] == places


WRONG_DAYS = [
	("2026-03-02,2026-03-05", "2026-03-02,", "customer,since\nHolm,2026-03-05\nBerg,\n", "first day of Holm"),
	("2026-03-02,2026-03-05", "2126-03-02,", SMALL["customers.csv"], "lies more than a year ahead"),
	("2026-03-02,2026-03-05", "0026-03-02,", SMALL["customers.csv"], "between the years 1900 and 2199"),
]


@pytest.mark.parametrize(("old", "new", "customers", "message"), WRONG_DAYS, ids=range(len(WRONG_DAYS)))
def test_an_order_on_a_day_that_cannot_be_is_refused(folder, old, new, customers, message):
	(folder / "customers.csv").write_text(customers)
	(folder / "orders.csv").write_text(SMALL["orders.csv"].replace(old, new))
	with pytest.raises(LayoutProblems, match=rf"orders\.csv, row 2, column date: .*{message}"):
		csv_layout.read(folder)


@pytest.mark.parametrize(
	("asked", "orders"),
	[
		(["--orders", "1"], "1 order"),
		(["--from", "2026-03-03"], "1 order"),
		(["--to", "2026-03-02"], "1 order"),
		([], "2 orders"),
	],
)
def test_a_part_of_the_orders_can_be_run(folder, capsys, asked, orders):
	assert main(["--data", str(folder), "--out", str(folder / "page.html"), *asked]) == 0
	assert f": {orders}," in capsys.readouterr().out


def test_a_part_without_orders_is_refused(folder, capsys):
	assert main(["--data", str(folder), "--out", str(folder / "page.html"), "--from", "2027-01-01"]) == 2
	assert "they go from 2026-03-02 to 2026-03-03" in capsys.readouterr().err


def test_a_long_run_says_at_most_once_a_second_how_far_it_is(folder, monkeypatch, capsys):
	"""Each look at the clock is 0.4 s later than the one before."""
	ticks = iter(range(1000))
	monkeypatch.setattr("sales_wh_flow_demo.memory.perf_counter", lambda: next(ticks) * 0.4)
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\nA-2,Berg,2026-03-08\n")
	assert main(["--data", str(folder), "--out", str(folder / "page.html")]) == 0
	said = capsys.readouterr().err.splitlines()
	assert [line.split(",")[0] for line in said] == ["2026-03-04: 1 of 2 orders", "2026-03-07: 1 of 2 orders"]
	assert all(line.endswith(" a second") for line in said)


def test_a_short_run_says_nothing_on_its_way(folder, capsys):
	assert main(["--data", str(folder), "--out", str(folder / "page.html")]) == 0
	assert capsys.readouterr().err == ""
