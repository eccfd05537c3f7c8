"""What of a lot is with customers, and what is here, from the movements of its stock."""

from datetime import date

from sales_wh_flow.returns.rules.recall import LotMove, on_stock, went_out


def move(qty, row="r1", of_row=None, serial="", document="DN-1", day=1, **values):
	facts = {"doctype": "Delivery Note", "item_code": "Bolt", "warehouse": "Here", "batch_no": "B1", **values}
	return LotMove(
		document=document,
		row=row,
		of_row=of_row or row,
		day=date(2026, 3, day),
		serial_no=serial,
		qty_stock=qty,
		**facts,
	)


def test_what_came_back_is_taken_off_the_row_that_it_left_with():
	(one,) = went_out([move(-5), move(2, row="r2", of_row="r1", document="DN-RET", day=4)])
	assert (one.document, one.sent, one.returned, one.kept) == ("DN-1", 5, 2, 3)


def test_the_last_that_left_comes_first():
	found = went_out([move(-1), move(-1, row="r2", document="DN-2", day=9)])
	assert [one.document for one in found] == ["DN-2", "DN-1"]


def test_goods_that_came_back_without_a_row_are_with_no_customer():
	assert went_out([move(1)]) == ()


def test_a_serial_number_that_came_back_is_not_with_the_customer():
	moves = [move(-1, serial="A"), move(-1, serial="B"), move(1, row="r2", of_row="r1", serial="A", day=2)]
	(one,) = went_out(moves)
	assert (one.serials_sent, one.serials_kept, one.kept) == (("A", "B"), ("B",), 1)


def test_what_is_on_hand_is_the_sum_of_all_movements_by_warehouse():
	moves = [move(5), move(-2), move(-3, warehouse="There"), move(3, warehouse="There")]
	assert dict(on_stock(moves)) == {("Bolt", "B1", "Here"): 3}
