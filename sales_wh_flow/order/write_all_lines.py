"""The rows of an order that is submitted, written with one statement for each table.

Frappe writes every field of every row, row by row, and asks each table to forget rows that it never had. Its
submit has locked the stored rows and knows them: where they are the same rows, only what differs is written.
"""

from functools import partial

from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order.store import rows_that_stay


def write_all_lines(doc) -> None:
	"""Before a submit writes: this document's next write of its rows."""
	if is_on(STOCK_LOCK) and not doc.is_new():  # an insert has no rows to compare with
		doc.__dict__["update_children"] = partial(_update_children, doc)


def _update_children(doc) -> None:
	del doc.__dict__["update_children"]
	stored = doc.get_doc_before_save()
	for field in doc.meta.get_table_fields():
		rows, then = doc.get(field.fieldname), stored.get(field.fieldname) if stored else None
		if then is None or not rows_that_stay.are_the_same(rows, then):
			doc.update_child_table(field.fieldname, field)
		else:
			rows_that_stay.write_differences(field.options, rows, then)
