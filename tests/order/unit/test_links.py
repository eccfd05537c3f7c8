"""Rows of notes and invoices name one order's row, whichever of their links are sent."""

from sales_wh_flow.order.rules.links import Linked, NamedNote, NamedRow, completed

CHEAP, DEAR = NamedRow("a1", "A", "NAIL", 5.0), NamedRow("a2", "A", "NAIL", 7.0)
OTHER = NamedRow("b1", "B", "NAIL", 6.0)
ROWS = {row.name: row for row in (CHEAP, DEAR, OTHER)}
NOTES = {"n1": NamedNote("NOTE", "A", "a1"), "n9": NamedNote("NOTE", "", "")}


def judged(**links):
	row = Linked(1, **{"item_code": "NAIL", "order": "", "order_row": "", **links})
	(found,), wrong = completed([row], ROWS, NOTES)
	return found, [it.code for it in wrong]


def test_a_row_that_names_both_stands_as_it_is():
	assert judged(order="A", order_row="a1") == (CHEAP, [])


def test_a_row_of_an_order_alone_says_which_order_that_is():
	assert judged(order_row="b1") == (OTHER, [])


def test_an_order_alone_stands_for_its_dearest_row_of_the_item():
	assert judged(order="A") == (DEAR, [])


def test_a_note_alone_stands_for_what_it_delivered():
	assert judged(note_row="n1") == (CHEAP, [])
	assert judged(note="NOTE", note_row="n1", order="A") == (CHEAP, [])


def test_a_note_of_no_order_stands_for_none():
	assert judged(note="NOTE", note_row="n9") == (None, [])


def test_an_item_that_the_order_does_not_have_is_refused():
	assert judged(order="A", item_code="HAMMER") == (None, ["not_in_order"])


def test_links_that_contradict_each_other_are_refused():
	assert judged(order="A", order_row="b1")[1] == ["row_of_another_order"]
	assert judged(order="B", note_row="n1")[1] == ["row_of_another_order"]
	assert judged(order_row="a2", note_row="n1")[1] == ["row_of_another_paper"]
	assert judged(note="ANOTHER", note_row="n1")[1] == ["row_of_another_paper"]
