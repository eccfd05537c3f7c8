"""What is counted of one order line, one approval, one day, and of the parcels that were planned."""

from dataclasses import dataclass

from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.base.quantities import rounded


@dataclass(slots=True)
class LineFigures:
	"""One submitted order line, in stock UOM.

	``locked`` counts open locks, ``locked_at_submit`` what came at once.
	"""

	order: str
	item: str
	warehouse: str
	uom: str
	ordered: float
	locked_at_submit: float = 0.0
	locked: float = 0.0
	delivered: float = 0.0
	is_cancelled: bool = False

	@property
	def waiting(self) -> float:
		return 0.0 if self.is_cancelled else rounded(self.ordered - self.locked - self.delivered)

	@property
	def fill_at_submit(self) -> float:
		return self.locked_at_submit / self.ordered if self.ordered else 1.0

	@property
	def fill_now(self) -> float:
		return 1 - self.waiting / self.ordered if self.ordered else 1.0


@dataclass(slots=True)
class ApprovalFigures:
	order: str
	rule: str
	role: str
	state: str = OPEN
	decided_by: str = ""


@dataclass(slots=True)
class Day:
	written: int = 0
	dispatched: int = 0


@dataclass(slots=True)
class Parcels:
	"""Of the orders as they were planned. ``least``: what the ``compared`` parcels' goods need at least."""

	compared: int = 0
	least: int = 0
	lines: int = 0
	short: int = 0
