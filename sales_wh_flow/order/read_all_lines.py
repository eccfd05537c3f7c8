"""ERPNext's own validation of an order, without what it repeats.

It reads of each line what could be read of all at once, and makes the whole order a mapping for each status
that the order might have. Nothing that it decides or writes is another; only the one document in hand knows.
"""

from functools import cache, partial

from sales_wh_flow.base.asked_for_all import asking_for_all
from sales_wh_flow.base.settings import STOCK_LOCK, is_on


def read_all_lines(doc) -> None:
	"""Before ERPNext validates: this document's next ``validate`` asks for all of its items at once."""
	if is_on(STOCK_LOCK):
		doc.__dict__["validate"] = partial(_validate, doc)


def _validate(doc, *args, **kwargs):
	del doc.__dict__["validate"]
	doc.__dict__["set_status"] = partial(_set_status, doc)
	try:
		with asking_for_all({row.item_code for row in doc.items if row.item_code}):
			return doc.validate(*args, **kwargs)
	finally:
		doc.__dict__.pop("set_status", None)


def _set_status(doc, *args, **kwargs):
	"""Every condition is asked of the same mapping: none of them changes the order."""
	del doc.__dict__["set_status"]
	doc.__dict__["as_dict"] = cache(doc.as_dict)
	try:
		return doc.set_status(*args, **kwargs)
	finally:
		del doc.__dict__["as_dict"]
