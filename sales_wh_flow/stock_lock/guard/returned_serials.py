"""A serial number comes back with the document that it left by last, and once.

ERPNext takes it against any document that ever sent it: the order that has it keeps it, and another is said
to have given it back.
"""

from collections.abc import Iterator

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.stock_lock.store import delivered, serial_moves
from sales_wh_flow.stock_lock.store.serial_moves import SerialMove


def check_returned_serials(doc) -> None:
	"""Before a return of sold goods is submitted. Raises: ValidationError naming where each one went."""
	if doc.doctype not in ("Delivery Note", "Sales Invoice") or not (doc.is_return and doc.return_against):
		return
	named = list(_named(doc))
	last = serial_moves.last_moves(serial for _row, serial in named)
	refuse(
		_not_from_there(row, serial, last[serial], doc.return_against)
		for row, serial in named
		if serial in last and last[serial].document != doc.return_against
	)


def _not_from_there(row, serial: str, last: SerialMove, against: str) -> RuleViolation:
	facts = {"idx": row.idx, "item": row.item_code, "serial": serial}
	where = {"doctype": last.doctype, "name": last.document}
	if last.is_out:
		return RuleViolation("serial_left_elsewhere", against=against, **facts, **where)
	return RuleViolation("serial_is_in_stock", **facts, **where)


def _named(doc) -> Iterator[tuple[object, str]]:
	rows = [*doc.items, *(doc.get("packed_items") or ())]
	bundles = delivered.lots_of_bundles(row.serial_and_batch_bundle for row in rows)
	for row in rows:
		for serial in bundles.get(row.serial_and_batch_bundle) or each_serial(row.serial_no):
			yield row, serial
