"""Which rows of notes an invoice of the order has billed already."""

from datetime import date

from sales_wh_flow.billing.rules.note_rows import NoteRow, without_billed

DAY = date(2026, 3, 1)


def row(name, open_qty, kept, line="line"):
	return NoteRow(f"note of {name}", name, "order", line, open_qty, kept, DAY)


def rest(rows, **billed):
	return [(it.row, it.open_qty, it.kept) for it in without_billed(rows, billed)]


def test_the_oldest_goods_that_came_back_are_those_on_the_orders_invoice():
	assert rest([row("a", 6, 6), row("b", 4, 4)], line=7) == [("b", 3, 3)]


def test_goods_that_the_customer_has_are_billed_by_their_note():
	assert rest([row("a", 6, 2), row("b", 4, 4)], line=4) == [("a", 6, 2)]


def test_another_row_of_the_order_is_not_touched():
	assert rest([row("a", 6, 6, "other"), row("b", 4, 4)], line=6) == [("a", 6, 6)]
