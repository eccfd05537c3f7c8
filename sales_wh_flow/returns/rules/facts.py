"""What a Return Case is judged on. Quantities are in the unit of the Delivery Note's row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

RESTOCK, QUARANTINE, SCRAP = "Restock", "Quarantine", "Scrap"
REFUND, REPLACE, REPAIR, NOTHING = "Refund", "Replace", "Repair", "Nothing"
FROM_PAGE = "Customer's Page"
OPEN, PARTLY_POSTED, POSTED, CANCELLED = "Open", "Partly Posted", "Posted", "Cancelled"


@dataclass(frozen=True, slots=True)
class ShippedRow:
	"""One row of a Delivery Note. ``returned_qty``: by all returns there are, drafts among them.

	``batches``: {batch: what of it is still with the customer, in stock UOM}; ``serials``: those that are.
	"""

	name: str
	note: str
	customer: str
	company: str
	item_code: str
	item_name: str
	uom: str
	conversion_factor: float
	warehouse: str
	shipped_qty: float
	delivered_on: date
	order: str = ""
	order_row: str = ""
	returned_qty: float = 0.0
	docstatus: int = 1
	is_return: bool = False
	is_disabled: bool = False
	is_bundle: bool = False
	asks_inspection: bool = False
	has_serials: bool = False
	is_whole: bool = False
	"""Only whole units of its row's UOM."""
	batches: Mapping[str, float] | None = None
	serials: frozenset[str] = frozenset()
	expired: frozenset[str] = frozenset()
	item_group: str = ""
	net_rate_base: float = 0.0
	"""Of a unit of the row, in the company's currency."""


@dataclass(frozen=True, slots=True)
class CaseRow:
	"""One row of a Return Case, as people filled it. ``source``: the row of the Delivery Note."""

	idx: int
	name: str
	source: str
	expected_qty: float = 0.0
	received_qty: float = 0.0
	inspected_qty: float = 0.0
	batch_no: str = ""
	serials: tuple[str, ...] = ()
	decision: str = ""
	remedy: str = ""
	is_posted: bool = False
	inspection: str = ""
	"""What the Quality Inspection of these goods says: Accepted, Rejected, "" while none is submitted."""
	reason: str = ""
	"""Why it comes back, where the row says so itself."""
	credited_qty: float = 0.0
	credit_notes: tuple[str, ...] = ()
	"""Those that stand though the row's return was cancelled."""

	@property
	def claimed_qty(self) -> float:
		return max(self.expected_qty, self.received_qty)


@dataclass(frozen=True, slots=True)
class Place:
	"""Where returned goods go: a row of Return Places. ``warehouse`` empty = whichever they left from."""

	company: str
	warehouse: str = ""
	restock: str = ""
	quarantine: str = ""
	scrap: str = ""
	item_group: str = ""
	"""With the groups below it; empty = any."""
