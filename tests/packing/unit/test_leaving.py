"""Which boxes leave with a document, told from its rows and from what lies in them."""

from sales_wh_flow.packing.rules.leaving import LeavingGoods, PackedBox, PackedGoods, leave


def row(qty, idx=1, item="Nails", pick="P1"):
	return LeavingGoods(idx, "SO", f"L-{item}", item, qty, pick)


def box(name, *contents, is_named=True):
	goods = tuple(PackedGoods(f"L-{item}", item, pick, qty, "SO") for qty, item, pick in contents)
	return PackedBox(name, goods, is_named)


def lacking(found):
	return [(it.box, it.idx, it.goods.item_code, it.goods.qty_stock, it.noted_stock) for it in found.lacking]


def test_a_box_leaves_with_the_document_it_was_given_to():
	found = leave([row(5)], [box("A", (5, "Nails", "P1"))])
	assert (found.boxes, found.unpacked, found.lacking) == (("A",), (), ())


def test_a_row_that_was_cut_says_which_box_holds_more_and_how_much():
	found = leave([row(4, idx=3)], [box("A", (3, "Nails", "P1")), box("B", (2, "Nails", "P1"))])
	assert lacking(found) == [("B", 3, "Nails", 2, 1)]
	assert found.boxes == ("A", "B")


def test_a_box_whose_rows_are_all_gone_stays():
	found = leave([row(5)], [box("A", (5, "Nails", "P1")), box("B", (2, "Bolts", "P2"))])
	assert (found.boxes, lacking(found)) == (("A",), [("B", 0, "Bolts", 2, 0)])


def test_a_box_with_one_row_left_leaves_and_lacks_the_other():
	found = leave([row(5)], [box("A", (5, "Nails", "P1"), (2, "Bolts", "P2"))])
	assert (found.boxes, lacking(found)) == (("A",), [("A", 0, "Bolts", 2, 0)])


def test_a_box_that_nobody_gave_to_the_document_leaves_as_a_whole_or_lacks_nothing():
	found = leave([row(4)], [box("A", (5, "Nails", "P1"), is_named=False)])
	assert (found.boxes, found.lacking) == ((), ())


def test_a_pallet_leaves_with_the_document_it_was_given_to():
	assert leave([row(5)], [box("Pallet"), box("A", (5, "Nails", "P1"))]).boxes == ("Pallet", "A")
