"""Which row of a Pick List a scan is for, and how much of it was found by that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded

CANCELLED, NOTHING_TO_DO = "cancelled", "nothing to do"
"""Why nobody may pick for an order any more."""


@dataclass(frozen=True, slots=True)
class RowToPick:
	"""A row of a draft Pick List. Quantities in stock UOM. ``gone``: CANCELLED or NOTHING_TO_DO
	when nobody may pick it any more, else "".
	"""

	name: str
	idx: int
	item_code: str
	qty_stock: float
	found_stock: float = 0.0
	batch_no: str = ""
	serial_nos: tuple[str, ...] = ()
	found_serials: tuple[str, ...] = ()
	sales_order: str = ""
	tote: str = ""
	gone: str = ""

	@property
	def left_stock(self) -> float:
		return max(rounded(self.qty_stock - self.found_stock), 0.0)

	@property
	def is_found(self) -> bool:
		return not is_positive(self.left_stock)


@dataclass(frozen=True, slots=True)
class Scanned:
	"""What was scanned: an item, in one of its batches or with a serial number where that was read."""

	item_code: str
	qty_stock: float = 1.0
	batch_no: str = ""
	serial_no: str = ""


@dataclass(frozen=True, slots=True)
class Found:
	"""``qty_stock`` of a row lies in the picker's hands now. ``swaps_lot``: the batch or serial number is not
	the one that the row names; the lock has to follow before it counts.
	"""

	row: RowToPick
	qty_stock: float
	swaps_lot: bool = False


def what_was_found(
	rows: Sequence[RowToPick],
	scanned: Scanned,
	chosen: str = "",
	pick_list: str = "",
	*,
	trusts_batches: bool = False,
) -> Found | RuleViolation:
	"""The row that a scan is for: the one in front of the picker where it fits, else the first that does.

	A row that names the scanned batch or serial number comes before one that names another; where serial
	numbers are picked, the item's own barcode does not say which one is in the hand; where a batch is picked,
	it does once the batch was confirmed, or ``trusts_batches``.
	"""
	facts = {"item": scanned.item_code, "name": pick_list}
	of_item = [row for row in rows if row.item_code == scanned.item_code]
	if not of_item:
		return RuleViolation("not_on_the_list", **facts)
	if scanned.serial_no and any(scanned.serial_no in row.found_serials for row in of_item):
		return RuleViolation("serial_found_before", serial=scanned.serial_no, **facts)
	still = [row for row in of_item if not row.is_found]
	if not still:
		asked = sum(row.qty_stock for row in of_item)
		return RuleViolation("all_found_before", qty=float(asked), **facts)
	fits = sorted(still, key=lambda row: (not _names(row, scanned), row.name != chosen, row.idx))
	row = fits[0]
	if row.gone:
		return refused_for_order(row, pick_list, row.gone)
	if row.serial_nos and not scanned.serial_no:
		return RuleViolation("scan_its_serial", idx=row.idx, **facts)
	is_asked = asks_batch(row.batch_no, row.serial_nos, row.found_stock, trusts_batches=trusts_batches)
	if is_asked and not scanned.batch_no:
		return RuleViolation("scan_its_batch", idx=row.idx, batch=row.batch_no, **facts)
	if is_less(row.left_stock, scanned.qty_stock):
		return RuleViolation(
			"more_than_asked",
			idx=row.idx,
			qty=float(scanned.qty_stock),
			left=float(row.left_stock),
			**facts,
		)
	return Found(row, scanned.qty_stock, not _names(row, scanned))


def asks_batch(
	batch_no: str | None, serial_nos: Sequence[str] | None, found_stock: float, *, trusts_batches: bool
) -> bool:
	"""Whether nobody has confirmed yet that what is in the hand is of a row's batch."""
	return bool(batch_no and not serial_nos and not found_stock and not trusts_batches)


def may_be_in_front(rows: Sequence[RowToPick], chosen: str, item_code: str) -> bool:
	"""Whether the item is picked for the row in front of the picker, as far as one is named."""
	return all(row.item_code == item_code for row in rows if row.name == chosen)


def tapped(row: RowToPick, pick_list: str = "") -> Found | RuleViolation:
	"""All that is left of a row was found, without a scan."""
	if row.gone:
		return refused_for_order(row, pick_list, row.gone)
	return Found(row, row.left_stock)


def refused_for_order(row: Any, pick_list: str, gone: str) -> RuleViolation:
	"""What is said of a row whose order is cancelled, closed or on hold: ``gone`` of a RowToPick."""
	facts = {"idx": row.idx, "order": row.sales_order, "item": row.item_code, "name": pick_list}
	if gone == CANCELLED:
		return RuleViolation("order_is_cancelled", **facts)
	return RuleViolation("order_needs_nothing", **facts)


def _names(row: RowToPick, scanned: Scanned) -> bool:
	"""Whether the row asks for just this; an item's own barcode says nothing of its lot."""
	if scanned.serial_no:
		return not row.serial_nos or scanned.serial_no in row.serial_nos
	if scanned.batch_no:
		return not row.batch_no or scanned.batch_no == row.batch_no
	return True


def not_confirmed(rows: Sequence[RowToPick]) -> tuple[int, ...]:
	"""The numbers of the rows of which not everything was found."""
	return tuple(row.idx for row in rows if not row.is_found)


def last_without_tote(rows: Sequence[RowToPick], tote: str) -> RowToPick | RuleViolation:
	"""The row that a tote is for where none is in front of the picker: of the one order that has none."""
	orders = {row.sales_order: row for row in rows if not row.tote}
	if len(orders) == 1:
		return next(iter(orders.values()))
	return RuleViolation("tote_for_which", tote=tote)


def tote_is_taken(rows: Sequence[RowToPick], order: str, tote: str) -> str:
	"""The other order of this list that lies in the tote, or "": one tote holds one order."""
	return next((row.sales_order for row in rows if row.tote == tote and row.sales_order != order), "")
