"""Which boxes have come back, told from what was returned."""

from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.leaving import LeavingGoods, PackedBox, PackedGoods
from sales_wh_flow.packing.rules.returning import came_back


def goods(qty, line="L1", item="Nails"):
	return LeavingGoods(0, "SO", line, item, qty)


def box(name, qty, state=states.DELIVERED, line="L1", item="Nails"):
	return PackedBox(name, (PackedGoods(line, item, "P1", qty),)), state


def test_a_refused_box_is_back_when_what_lies_in_it_is():
	boxes = [box("A", 5), box("B", 5, states.REFUSED)]
	assert came_back([goods(5)], boxes) == {"B"}
	assert came_back([goods(4)], boxes) == frozenset()


def test_nobody_knows_which_of_two_delivered_boxes_came_back():
	boxes = [box("A", 5), box("B", 5)]
	assert came_back([goods(5)], boxes) == frozenset()
	assert came_back([goods(5)], boxes, {"B"}) == {"B"}
	assert came_back([goods(10)], boxes) == {"A", "B"}


def test_a_box_that_a_return_names_comes_before_one_that_is_still_under_way():
	boxes = [box("A", 5, states.RETURNING), box("B", 5, states.REFUSED)]
	assert came_back([goods(5)], boxes, {"B"}) == {"B"}


def test_a_box_of_which_the_customer_kept_a_part_is_not_back():
	boxes = [box("A", 5, states.PARTLY_ACCEPTED), box("B", 5)]
	assert came_back([goods(2)], boxes, {"A"}) == frozenset()


def test_a_pallet_without_goods_of_its_own_keeps_no_box_from_being_back():
	assert came_back([goods(5)], [box("A", 5), (PackedBox("Pallet", ()), states.CLOSED)]) == {"A"}
