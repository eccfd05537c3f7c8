"""What is said of couriers, zones and batches decides when goods leave and arrive; lines count as ordered."""

from datetime import date

import pytest

from sales_wh_flow_demo import csv_layout, days, events, outgoing, story
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.csv_rows import records
from sales_wh_flow_demo.figures import fold

FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 3, day) for day in (6, 7, 9, 10))


@pytest.fixture
def folder(tmp_path):
	"""One order of one item that leaves on Friday, 6 March, if nothing holds it up."""
	for name, text in {
		"warehouses.csv": "warehouse\nNorth\nSouth\n",
		"items.csv": "item,tracking\nBOLT,\nGLUE,batch\n",
		"stock.csv": "item,warehouse,qty,batch,expires\nBOLT,North,100,,\n",
		"customers.csv": "customer,zone\nHolm,Z1\n",
		"orders.csv": "order,customer,date,courier,service\nA-1,Holm,2026-03-03,Camion,\n",
		"order_lines.csv": "order,item,qty\nA-1,BOLT,5\n",
	}.items():
		(tmp_path / name).write_text(text, encoding="utf-8")
	return tmp_path


def run(folder, last_day=date(2026, 3, 31)):
	checker = Checker()
	world = days.run(csv_layout.read(folder)[0], checker, last_day)
	checker.check_all(world)
	return world


def day_of(world, kind):
	return [event.day for event in world.events if isinstance(event, kind)]


@pytest.mark.parametrize(
	("couriers", "freight", "arrives"),
	[
		("", "", date(2026, 3, 8)),
		("Camion,,4\n", "", TUESDAY),
		("Camion,,4\n", "Z1,,,1\n", MONDAY),
		("Camion,,4\n", "Z1,,,1\nZ1,North,,2\n", TUESDAY),
		("Camion,,4\n", "Z1,South,,1\n", TUESDAY),
		("Camion,,4\n", "Z2,,,1\n", TUESDAY),
		("Camion,,1\n", "Z1,,,0\n", SATURDAY),
	],
	ids=[
		"two days where nobody says",
		"a courier without a service has its own days",
		"the zone's working days leave the weekend out",
		"the narrowest row of the zone counts",
		"a row of another warehouse does not",
		"a row of another zone does not",
		"none in the zone means as the courier says",
	],
)
def test_a_parcel_arrives_when_its_zone_or_else_its_courier_says(folder, couriers, freight, arrives):
	(folder / "couriers.csv").write_text(f"courier,service,transit_days\n{couriers or 'Camion,,2'}\n")
	(folder / "freight.csv").write_text(f"zone,warehouse,courier,transit_days\n{freight}")
	world = run(folder)
	assert day_of(world, events.GoodsDispatched) == [FRIDAY]
	assert day_of(world, events.DeliveryConfirmed) == [arrives]


def test_a_courier_without_a_service_is_written_as_it_was_read(folder):
	(folder / "couriers.csv").write_text(
		"courier,service,transit_days\nCamion,,4\nRapide,Jour,1\nRapide,,3\n"
	)
	data, _notes = csv_layout.read(folder)
	rows = [(row["courier"], row["service"], row["transit_days"]) for row in records(data, "couriers.csv")]
	assert rows == [("Camion", "", 4), ("Rapide", "Jour", 1), ("Rapide", "", 3)]


def glue(folder, first, second="", qty=5):
	(folder / "order_lines.csv").write_text(f"order,item,qty\nA-1,GLUE,{qty}\n")
	(folder / "stock.csv").write_text(
		f"item,warehouse,qty,batch,expires\nGLUE,North,{qty},G-1,{first}\n"
		+ (f"GLUE,North,3,G-2,{second}\n" if second else "")
	)


@pytest.mark.parametrize(
	("expires", "told_on"),
	[
		("2026-03-03", date(2026, 3, 4)),
		("2026-03-04", date(2026, 3, 5)),
		("2026-03-05", FRIDAY),
	],
	ids=["before the pick list", "before the pick", "before it leaves"],
)
def test_a_batch_that_expired_after_it_was_locked_does_not_leave(folder, expires, told_on):
	glue(folder, expires)
	world = run(folder)
	assert day_of(world, events.BatchExpired) == [told_on]
	assert not day_of(world, events.GoodsDispatched)
	state = world.orders["A-1"]
	assert (state.status, state.lines[0].waiting, state.locks) == ("Backordered", 5, [])
	(told,) = story.tell(world.events)
	said = "5 GLUE (G-1) in North expired and may not leave; 5 wait for other goods"
	assert (told_on, said) in told.sentences
	assert fold(world.events).waiting_by_item() == [("GLUE", 5, "Nos", 1)]


def test_a_batch_leaves_on_its_last_day(folder):
	glue(folder, FRIDAY)
	world = run(folder)
	assert day_of(world, events.GoodsDispatched) == [FRIDAY] and not day_of(world, events.BatchExpired)


def test_another_batch_takes_the_place_of_the_one_that_expired(folder):
	glue(folder, "2026-03-04", "2026-12-31")
	world = run(folder)
	(told,) = story.tell(world.events)
	assert (
		date(2026, 3, 5),
		"5 GLUE (G-1) in North expired and may not leave; locked 3 GLUE (G-2) in North instead;"
		" 2 wait for other goods",
	) in told.sentences
	assert (world.orders["A-1"].lines[0].delivered, world.orders["A-1"].lines[0].waiting) == (3, 2)


def test_what_waits_for_an_expired_batch_is_served_by_what_comes(folder):
	glue(folder, "2026-03-04")
	(folder / "purchases.csv").write_text("purchase,item,warehouse,qty,expected\nP,GLUE,North,5,2026-03-10\n")
	assert run(folder).orders["A-1"].status == "Delivered"


def test_nothing_is_dispatched_of_a_pick_list_whose_goods_all_expired(folder):
	glue(folder, "2026-03-05")
	world = run(folder, last_day=date(2026, 3, 5))
	(pick_list,) = world.orders["A-1"].pick_lists
	world.today = FRIDAY
	assert outgoing.dispatch(world, pick_list) is None
	assert (pick_list.state, world.stock.lots["GLUE", "North"]["G-1"].on_hand) == ("Dropped", 5)


def planned(world):
	return next(event for event in world.events if isinstance(event, events.ParcelsPlanned))


@pytest.mark.parametrize(
	("lines", "counted", "short"),
	[
		("A-1,BOLT,60\nA-1,BOLT,60\n", 2, 1),
		("A-1,BOLT,60\nA-1,BOLT,40\n", 2, 0),
		("A-1,BOLT,150\nA-1,BOLT,1\n", 2, 2),
		("A-1,BOLT,60\nA-1,GLUE,1\n", 2, 1),
	],
	ids=["the second gets the rest", "both are there", "the first takes all", "nobody has the second"],
)
def test_lines_count_as_they_were_ordered_though_they_ask_for_the_same(folder, lines, counted, short):
	(folder / "order_lines.csv").write_text(f"order,item,qty\n{lines}")
	told = planned(run(folder))
	assert (told.lines, told.short) == (counted, short)


def test_a_line_that_is_split_keeps_its_number(folder):
	(folder / "stock.csv").write_text("item,warehouse,qty\nBOLT,North,100\nBOLT,South,40\n")
	(folder / "items.csv").write_text("item,stock_item\nBOLT,\nFITTING,no\n")
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,FITTING,1\nA-1,BOLT,140\n")
	world = run(folder)
	(told,) = story.tell(world.events)
	numbers = [text.split(":")[0] for _day, text in told.sentences if text.startswith("line ")]
	assert sorted(numbers) == ["line 1", "line 2", "line 2"] and told.headline.endswith("2 lines")
	assert (planned(world).lines, planned(world).short) == (1, 0)
	state = world.orders["A-1"]
	assert len({line.row for line in (*state.lines, *state.other_lines)}) == 3
