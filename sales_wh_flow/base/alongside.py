"""What the flow keeps in memory from one step to the next: alongside a document, and alongside a request.

Frappe gives every document and every request ``flags`` that anybody may write. All of ours lie under one of
them, so that nobody's name meets another's and every value has its place and meaning here. Nothing of it is
stored, sent to a browser or taken from one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import frappe

from sales_wh_flow.base.bin_key import BinKey

_FLAG = "swf_alongside"


@dataclass(slots=True)
class _Kept:
	def take(self, name: str) -> Any:
		"""What stands under this name, which is empty from now on."""
		value = getattr(self, name)
		setattr(self, name, None)
		return value


@dataclass(slots=True)
class AlongsideDocument(_Kept):
	"""Written by one handler of a document's events, read by a later one of the same save."""

	writer: object = None
	"""The mark of the flow, which alone writes it: on evidence (base.records) and on Return Cases."""
	put: dict[str, Any] = field(default_factory=dict)
	"""Control fields that the flow wrote and that are no caller's (base.control_fields)."""
	demand: dict[BinKey, float] | None = None
	"""Open demand that comes or goes with the order; None: the flow has not taken over."""
	bins: dict[BinKey, Any] | None = None
	"""The BinRows that are locked already."""
	bin_row: Any = None
	"""The BinRow of a reservation."""
	held_stock: float = 0.0
	"""What that reservation held before it was changed."""
	came_for: Sequence[Any] | None = None
	"""What the document brings in for lines of orders (stock_lock.goods_for_orders)."""
	also_held: set[BinKey] | None = None
	"""Bins of those orders, which are held with the document's own."""
	before_movement: Any = None
	"""Figures of the stock before the document moved it (stock_lock.guard.movements)."""
	seen_status: str | None = None
	"""The order's status that was followed last (order_changes.status_change)."""
	passed: Any = None
	"""What the gate saw (approval.store.gate.Passed)."""
	recorded_rates: dict[str, float] | None = None
	"""Exchange rates on record of the order's currencies; None: not read in this save."""
	accepting: frozenset[str] = frozenset()
	"""Approvals whose condition this save fulfils."""
	is_kept_as_draft: bool = False
	"""The order came submitted, lacks approvals and stays a draft."""
	levels: tuple[Any, ...] | None = None
	"""The levels of the approval's rule; None: not read yet."""
	quotation: Any = None
	"""The Quotation that this order was made of in memory, to be judged as one."""
	from_box: str | None = None
	"""The box whose receipt opens this Return Case."""
	from_page: bool = False
	"""The customer announces this Return Case himself."""
	scanned: tuple[str, ...] = ()
	"""Boxes that were scanned into this Return Case."""
	lots: list[dict[str, Any]] | None = None
	"""Batches and serial numbers of a note's row that lies in boxes, as entries of a bundle that goes out."""
	lots_of_parts: dict[str, dict[str, float]] | None = None
	"""{component: {batch or serial number: quantity}} of a note's row of bundles that lie in boxes."""
	asks: Any = None
	"""Who has to let this Return Case in that was not asked before this save (returns.rules.waivers.Ask)."""


@dataclass(slots=True)
class AlongsideRequest(_Kept):
	"""Set around a piece of work for what is called deep inside it."""

	resource_path: str | None = None
	"""Where a write to ``/api/resource`` was sent to before it was turned to our entrance."""
	edited_order: str | None = None
	"""The order whose items ERPNext is updating while we change its locks."""
	order_before_update: Any = None
	"""What that order was before."""
	cancelled_rows: set[str] = field(default_factory=set)
	"""Rows of orders and Quotations that ERPNext's Update Items is about to delete (approval.rows_alone)."""
	new_lines: list[Any] | None = None
	"""Lines that ERPNext is about to insert, in their order (order_changes.change_lines.NewLine)."""
	is_unlogged: bool = False
	"""Whoever replaces reservations writes the events of their locks himself in the end."""
	coming_in: set[tuple[str, str]] = field(default_factory=set)
	"""The (doctype, name) of documents whose goods move just now; ERPNext reserves what they bring in."""
	given_up: dict[str, float] = field(default_factory=dict)
	"""{order row: what its reservations gave up in this transaction} (stock_lock.guard.reservations)."""
	refuses_unapproved: bool = False
	"""Somebody waits for the answer, so no order that lacks approvals is kept as a draft."""
	is_board_told: bool = False
	"""Open boards are told after this commit that something moved (order.board_news)."""
	removed: list[str] | None = None
	"""DocTypes of evidence removed by maintenance; None: nothing may be removed."""
	read_once: dict[tuple[Any, ...], Any] | None = None
	"""Answers of functions that are asked once; None: they are read each time."""
	wanted_rows: set[str] = field(default_factory=set)
	"""What the transaction is about to lock (base.lock_waits)."""
	held_rows: dict[str, Any] | None = None
	"""What it said that it has locked."""
	is_noting: bool = False
	"""A line of a timeline is written by the flow itself (base.timeline)."""
	reader: str | None = None
	"""For whom texts are worded, where that is not the session's user."""
	renamed: dict[tuple[str, str], dict[str, tuple[str, str]]] = field(default_factory=dict)
	"""{(doctype, old name): {order: digests}} of what is being renamed."""


Kind = TypeVar("Kind", AlongsideDocument, AlongsideRequest)


def alongside(doc) -> AlongsideDocument:
	"""What the flow keeps alongside this document, or this row of one."""
	return _of(doc.flags, AlongsideDocument)


def alongside_request() -> AlongsideRequest:
	"""What the flow keeps alongside the request or job that runs."""
	return _of(frappe.flags, AlongsideRequest)


def _of(flags: dict[str, Any], kind: type[Kind]) -> Kind:
	found = flags.get(_FLAG)
	if not isinstance(found, kind):
		found = flags[_FLAG] = kind()
	return found
