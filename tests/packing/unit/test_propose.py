"""The smallest box that everything fits into is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.packing.rules.propose import Goods, Kind, propose_boxes

SMALL = Kind("Small", (10, 20, 30), tare_kg=0.2, max_kg=5)
LARGE = Kind("Large", (40, 40, 60), tare_kg=0.8, max_kg=20)
TUBE = Kind("Tube", (10, 10, 100), tare_kg=0.1, max_kg=3)
ALL = (LARGE, SMALL, TUBE)


def kinds(goods, among=ALL):
	return [it.kind for it in propose_boxes(goods, among).boxes]


def test_the_smallest_box_is_taken_that_all_fits_into():
	assert kinds([Goods("A", 2, (5, 10, 10), 0.5)]) == ["Small"]


def test_the_longest_side_decides_too():
	assert kinds([Goods("POLE", 1, (3, 3, 90), 0.5)]) == ["Tube"]


def test_the_weight_decides_too():
	assert kinds([Goods("LEAD", 1, (5, 5, 5), 12)]) == ["Large"]


def test_what_fits_no_single_box_is_shared_between_as_few_as_it_takes():
	found = propose_boxes([Goods("A", 30, (10, 10, 30), 0.5)], ALL)
	assert [it.kind for it in found.boxes] == ["Large", "Small"] or len(found.boxes) == 2
	assert sum(qty for box in found.boxes for _item, qty in box.goods) == 30


def test_what_is_larger_than_every_box_is_named():
	found = propose_boxes([Goods("SOFA", 1, (80, 90, 200), 40)], ALL)
	assert (found.boxes, found.too_large) == ((), ("SOFA",))


def test_what_nobody_measured_is_named():
	found = propose_boxes([Goods("NEW", 3, (0, 0, 0), 1), Goods("A", 1, (5, 5, 5), 1)], ALL)
	assert found.unknown == ("NEW",)
	assert [it.goods for it in found.boxes] == [(("A", 1),)]


def test_of_two_boxes_of_one_size_the_cheaper_is_taken():
	dear, cheap = (Kind(name, (10, 10, 10), cost=cost) for name, cost in (("A", 2), ("B", 1)))
	assert kinds([Goods("X", 1, (5, 5, 5))], (dear, cheap)) == ["B"]


def test_without_boxes_nothing_is_proposed():
	assert propose_boxes([Goods("A", 1, (5, 5, 5))], ()).too_large == ("A",)


sides = st.tuples(*[st.integers(1, 40)] * 3).map(lambda it: tuple(sorted(it)))
goods = st.builds(
	Goods, st.sampled_from("ABCDE"), st.integers(1, 20), sides, st.floats(0, 4).map(lambda kg: round(kg, 2))
)


@given(st.lists(goods, min_size=1, max_size=6, unique_by=lambda it: it.item_code))
def test_everything_is_in_a_box_or_named_and_no_box_is_too_heavy(wanted):
	found = propose_boxes(wanted, ALL)
	packed = {}
	for box in found.boxes:
		for item, qty in box.goods:
			packed[item] = packed.get(item, 0) + qty
	for one in wanted:
		assert one.item_code in found.too_large or packed[one.item_code] == pytest.approx(one.qty)
	limits = {it.name: it for it in ALL}
	for box in found.boxes:
		assert box.weight_kg <= limits[box.kind].max_kg + 1e-6
