"""Real orders through the rules: Northwind's 830, and Order Entry's 105 with its nine warehouses."""

from dataclasses import replace
from datetime import timedelta

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow_demo import days, public_data
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.dataset import Purchase
from sales_wh_flow_demo.figures import fold


def test_northwind_orders_keep_every_invariant(shared_data):
	data = public_data.northwind(shared_data / "northwind")
	assert (len(data.orders), sum(len(order.lines) for order in data.orders)) == (830, 2155)
	checker = Checker()
	world = days.run(data, checker)
	checker.check_all(world)
	figures = fold(world.events)
	assert len(figures.status) == 830
	assert "Delivered" in figures.status.values() and "Backordered" in figures.status.values()


def test_northwind_asks_for_an_approval_where_a_line_is_sold_more_than_15_percent_below_list(shared_data):
	data = public_data.northwind(shared_data / "northwind")
	deep = {
		order.name
		for order in data.orders
		if any(line.price < 0.8499 * line.list_price for line in order.lines)
	}
	figures = fold(days.run(data).events)
	assert len(deep) > 100
	assert {asked.order for asked in figures.approvals.values()} == deep


def test_northwind_is_served_when_each_week_brings_what_waits(shared_data):
	"""Its stock lasts for days; so a buyer orders on Mondays what is missing, and it comes a week later."""
	data = replace(public_data.northwind(shared_data / "northwind"), approval_rules=(), purchases=())
	checker = Checker()
	world = days.World(data, checker)
	on_the_way: list[Purchase] = []
	day = data.orders[0].date
	while day <= data.orders[-1].date + timedelta(days=21):
		world.today = day
		arrived = [purchase for purchase in on_the_way if purchase.expected == day]
		on_the_way = [purchase for purchase in on_the_way if purchase.expected != day]
		world.receive(arrived)
		days.run_day(world, day)
		if day.weekday() == 0:
			on_the_way += _missing(world, on_the_way, day)
		day += timedelta(days=1)
	checker.check_all(world)
	assert all(not is_positive(line.waiting) for state in world.orders.values() for line in state.lines)
	assert {state.status for state in world.orders.values()} <= {
		"Delivered",
		"Dispatched",
		"Ready for Dispatch",
	}


def _missing(world, on_the_way, day):
	"""A purchase of what waits and is not on its way yet."""
	wanted = {}
	for state in world.orders.values():
		for line in state.lines:
			if is_positive(line.waiting):
				wanted[line.bin_key] = wanted.get(line.bin_key, 0) + line.waiting
	for purchase in on_the_way:
		key = (purchase.item, purchase.warehouse)
		wanted[key] = wanted.get(key, 0) - purchase.qty
	expected = day + timedelta(days=7)
	return [
		Purchase(f"BUY-{day}-{warehouse}", item, warehouse, qty, expected)
		for (item, warehouse), qty in wanted.items()
		if is_positive(qty)
	]


def test_order_entry_routes_by_distance_and_keeps_every_invariant(shared_data):
	data = public_data.oracle_order_entry(shared_data / "oracle_order_entry")
	assert (len(data.orders), len(data.warehouses), len(data.customers)) == (105, 9, 319)
	checker = Checker()
	world = days.run(data, checker)
	checker.check_all(world)
	figures = fold(world.events)
	criteria = {asked.rule for asked in figures.approvals.values()}
	assert criteria == {"Credit limit exceeded", "Discount above 15 %"}
	assert any(event.distance_km for event in world.events if hasattr(event, "distance_km"))
