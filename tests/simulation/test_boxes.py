"""In memory goods are packed into boxes, and what is refused at the door comes back."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow_demo import boxes, days, sample
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.dataset import Item
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.page_boxes import tiles
from sales_wh_flow_demo.summary import summary


@pytest.fixture(scope="module")
def world():
	checker = Checker()
	ran = days.run(sample.generate(orders=120), checker)
	checker.check_all(ran)
	return ran


def happened(world, kind):
	return [event for event in world.events if isinstance(event, kind)]


@pytest.mark.parametrize(
	("sides", "kg", "qty", "kinds"),
	[
		((10, 10, 10), 0.5, 4, ("Carton S",)),
		((10, 10, 10), 0.5, 10, ("Carton M",)),
		((10, 10, 10), 14, 3, ("Crate",)),
		((150, 4, 4), 2, 1, ("Crate",)),
		((0, 0, 0), 2, 5, ("",)),
	],
	ids=[
		"the smallest",
		"by volume",
		"by weight",
		"too long for any",
		"nobody measured it",
	],
)
def test_the_smallest_boxes_are_taken_that_everything_fits_into(sides, kg, qty, kinds):
	item = Item("A", weight_kg=kg, length_cm=sides[0], width_cm=sides[1], height_cm=sides[2])
	found, weight_kg = boxes.packed([(item, qty)])
	assert sorted(found) == sorted(kinds) and weight_kg == kg * qty


def test_what_is_picked_is_packed_and_nothing_leaves_unpacked(world):
	packed = {event.pick_list for event in happened(world, ev.BoxesPacked)}
	assert packed == {event.pick_list for event in happened(world, ev.Picked)}
	assert {event.pick_list for event in happened(world, ev.GoodsDispatched)} <= packed


def test_what_is_refused_is_back_in_stock_as_it_left_and_the_order_is_not_delivered(world):
	refused, returned = happened(world, ev.GoodsRefused), happened(world, ev.GoodsReturned)
	assert refused and {event.order for event in refused} == {event.order for event in returned}
	back = {row for event in returned for row in event.rows}
	assert {row for event in refused for row in event.rows} == back
	for event in refused:
		left = [delivery for delivery in world.orders[event.order].deliveries if delivery.is_refused]
		assert left and not any(delivery.is_confirmed for delivery in left)
		assert world.orders[event.order].status != "Delivered"


def test_the_figures_and_the_page_count_boxes_and_what_came_back(world):
	figures = fold(world.events)
	assert figures.boxes.total() == sum(len(event.boxes) for event in happened(world, ev.BoxesPacked))
	assert figures.refused == len(happened(world, ev.GoodsRefused))
	told = summary(figures)
	assert any(line.startswith("Boxes ") for line in told)
	assert any(line.startswith("Came back") and "back to stock" in line for line in told)
	assert next(iter(tiles(figures)))[0] == f"{figures.boxes.total():,}"


def test_of_a_company_of_ones_own_nothing_is_invented():
	data = sample.generate(orders=60)
	own = replace(data, company=replace(data.company, name="Holm & Sons"))
	ran = days.run(own, last_day=date(2026, 4, 1))
	assert happened(ran, ev.BoxesPacked) and not happened(ran, ev.GoodsRefused)
