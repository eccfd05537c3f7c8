"""A lock follows to the batches and serial numbers that leave."""

from sales_wh_flow.stock_lock.rules import lots
from sales_wh_flow.stock_lock.rules.lots import Holding, Leaving

BIN = ("BOLT", "Hamburg")


def swapped(leaving, *holding, delivered=None):
	whole = {row: qty for held in holding for row, _lot, qty in held.lots}
	found = lots.swaps(leaving, holding, {**whole, **(delivered or {})})
	return [(it.row, it.old, it.lot, it.qty_stock, it.is_whole) for it in found]


def leaves(qty, *named, what="row"):
	return Leaving((what,), qty, named)


def holds(*rows, what="row", lock="L1"):
	return Holding(lock, (what,), sum(qty for *_, qty in rows), rows)


def test_nothing_changes_where_the_locked_batch_leaves():
	assert swapped([leaves(4, ("B-1", 4))], holds(("r1", "B-1", 6))) == []


def test_a_batch_that_was_not_locked_takes_the_place_of_one_that_stays():
	assert swapped([leaves(6, ("B-2", 6))], holds(("r1", "B-1", 6))) == [("r1", "B-1", "B-2", 6, True)]


def test_only_the_part_that_leaves_is_changed():
	assert swapped([leaves(2, ("B-2", 2))], holds(("r1", "B-1", 6))) == [("r1", "B-1", "B-2", 2, False)]


def test_what_leaves_of_the_locked_batch_is_not_given_away():
	found = swapped([leaves(6, ("B-1", 4), ("B-2", 2))], holds(("r1", "B-1", 6)))
	assert found == [("r1", "B-1", "B-2", 2, False)]


def test_a_row_of_which_a_part_was_delivered_keeps_that_part():
	found = swapped([leaves(3, ("B-2", 3))], holds(("r1", "B-1", 3)), delivered={"r1": 5})
	assert found == [("r1", "B-1", "B-2", 3, False)]


def test_more_than_is_locked_changes_no_more_than_is_locked():
	assert swapped([leaves(9, ("B-2", 9))], holds(("r1", "B-1", 6))) == [("r1", "B-1", "B-2", 6, True)]


def test_each_serial_number_takes_the_place_of_one_that_stays():
	held = [holds((f"r{n}", f"S-{n}", 1.0), lock=f"L{n}") for n in range(3)]
	assert swapped([leaves(2, ("S-0", 1), ("S-9", 1))], *held) == [("r2", "S-2", "S-9", 1, True)]


def test_a_batch_is_free_for_the_lock_that_gives_another_away():
	"""Two lines swap what they hold: nothing else has to be free."""
	leaving = [leaves(6, ("B-2", 6), what="a"), leaves(6, ("B-1", 6), what="b")]
	holding = [holds(("r1", "B-1", 6), what="a", lock="L1"), holds(("r2", "B-2", 6), what="b", lock="L2")]
	found = lots.swaps(leaving, holding, {"r1": 6, "r2": 6})

	assert lots.not_free(found, {"L1": BIN, "L2": BIN}, {}) == []
	assert lots.not_free(found[:1], {"L1": BIN}, {(BIN, "B-2"): 5}) == [(BIN, "B-2")]
	assert lots.not_free(found[:1], {"L1": BIN}, {(BIN, "B-2"): 6}) == []
