"""What the flow status is derived from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatusFacts:
	"""What the flow status is derived from. Quantities are sums over the stock lines, in stock UOM; none
	where the order is billed without a delivery. ``per_delivered``: as ERPNext counts. ``is_overdue``: money
	is, and nobody has promised it for a day that is still to come.
	``packed_stock``: of what is picked and has not left, in boxes or by Packing Slips; it counts where the
	company ``counts_boxes``. ``waits_for_supplier``: one of them still has goods to send to the customer.
	"""

	docstatus: int
	erpnext_status: str = ""
	open_approvals: int = 0
	rejected_approvals: int = 0
	granted_approvals: int = 0
	ordered_stock: float = 0.0
	delivered_stock: float = 0.0
	locked_stock: float = 0.0
	draft_pick_lists: int = 0
	picked_open_stock: float = 0.0
	open_packing_slips: int = 0
	open_boxes: int = 0
	packed_stock: float = 0.0
	counts_boxes: bool = False
	unconfirmed_deliveries: int = 0
	per_billed: float = 0.0
	per_delivered: float = 0.0
	unpaid_base: float = 0.0
	is_overdue: bool = False
	waits_for_supplier: bool = False
