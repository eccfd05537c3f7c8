"""A note that names other batches or serial numbers than its boxes hold is told apart."""

from sales_wh_flow.packing.rules.lots import BoxedLot, NotedLots, lots_apart

LINE = ("L1", "Drill")


def apart(boxed, noted):
	lots = [BoxedLot(box, *LINE, lot, qty) for box, lot, qty in boxed]
	return [(it.box, it.lot, it.idx) for it in lots_apart(lots, {LINE: NotedLots(2, noted)})]


def test_the_same_serial_numbers_are_the_same():
	assert apart([("A", "S1", 1), ("B", "S2", 1)], {"S1": 1, "S2": 1, "S3": 1}) == []


def test_a_serial_number_that_lies_in_no_box_does_not_stand_for_another():
	assert apart([("A", "S1", 1), ("B", "S2", 1)], {"S1": 1, "S3": 1}) == [("B", "S2", 2)]


def test_a_batch_is_counted():
	boxed = [("A", "OLD", 1), ("A", "NEW", 3)]
	assert apart(boxed, {"OLD": 1, "NEW": 3}) == []
	assert apart(boxed, {"NEW": 4}) == [("A", "OLD", 2)]


def test_a_row_that_names_no_lot_names_not_those_of_the_box():
	assert apart([("A", "S1", 1)], {}) == [("A", "S1", 2)]


def test_a_line_that_the_document_has_not_is_told_elsewhere():
	assert list(lots_apart([BoxedLot("A", *LINE, "S1", 1)], {})) == []
