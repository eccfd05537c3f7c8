"""Control fields: what the flow writes on ERPNext's documents to decide by, no caller sets.

Hidden and read-only fields can be written over REST, by imports and in copies. Whatever a caller sends for
them is put back to what is stored, to empty in what is new, before anything else looks at the document.
"""

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.setup import custom_fields

_OWN = ("owner", "creation")
"""Who made an order, and when, is decided by as well; Frappe takes both from whoever saves."""


def discard_sent(doc) -> None:
	"""Put back the control fields of a document and of its rows; what ``put`` wrote stays."""
	before = doc.get_doc_before_save()
	_put_back(doc, before)
	if before:
		doc.update({field: before.get(field) for field in _OWN})
	for df in doc.meta.get_table_fields():
		if custom_fields.filled_by_flow(df.options):
			stored = {row.name: row for row in before.get(df.fieldname)} if before else {}
			for row in doc.get(df.fieldname):
				_put_back(row, stored.get(row.name))


def put(doc, **values) -> None:
	"""Write control fields of a document, or of a row, that is saved next."""
	doc.update(values)
	alongside(doc).put.update(values)


def _put_back(doc, before) -> None:
	put_by_flow = alongside(doc).put
	for field in custom_fields.filled_by_flow(doc.doctype):
		# A document in hand is saved more than once, and what is sent to it later is not what was put.
		if field not in put_by_flow or doc.get(field) != put_by_flow[field]:
			doc.set(field, before.get(field) if before else None)
