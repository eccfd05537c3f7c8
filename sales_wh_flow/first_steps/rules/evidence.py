"""The switches in the order of an order's way, and the records that say what each did."""

from dataclasses import dataclass

Condition = tuple[str, str, str | int | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CountedRecords:
	"""``filters``: (field, operator, value); a table's field is written "DocType.field". ``since``: the field
	that says when; empty for what is counted as it is now. ``words``: code of what the
	count is called.
	"""

	words: str
	doctype: str
	since: str = "creation"
	filters: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
	"""A field of Sales Flow Settings, its page, and what is counted of it."""

	fieldname: str
	docs: str
	evidence: tuple[CountedRecords, ...] = ()


def _gate(name: str) -> tuple[CountedRecords, ...]:
	return (CountedRecords("found", "Gate Finding", "happened_on", (("gate", "=", name),)),)


SWITCHES: tuple[Switch, ...] = (
	Switch(
		"approval",
		"approvals.md",
		(
			CountedRecords("asked", "Order Approval", "requested_on", (("state", "!=", "Shadow"),)),
			CountedRecords("refused", "Order Approval", "decided_on", (("state", "=", "Rejected"),)),
			CountedRecords("would_ask", "Order Approval", "requested_on", (("state", "=", "Shadow"),)),
		),
	),
	Switch(
		"approval_of_quotations",
		"approvals.md",
		(CountedRecords("quotations", "Order Approval", "requested_on", (("quotation", "is", "set"),)),),
	),
	Switch("approval_of_invoices", "approval-gate.md"),
	Switch(
		"stock_lock", "stock-lock.md", (CountedRecords("lock_events", "Stock Lock Event", "happened_on"),)
	),
	Switch(
		"routing",
		"routing.md",
		(
			CountedRecords(
				"routed", "Sales Order", filters=(("Sales Order Item.swf_route_reason", "is", "set"),)
			),
		),
	),
	Switch(
		"fulfilment",
		"pick.md",
		(
			CountedRecords(
				"pick_lists", "Pick List", filters=(("purpose", "=", "Delivery"), ("docstatus", "<", 2))
			),
			CountedRecords("notes", "Delivery Note", filters=(("docstatus", "=", 1), ("is_return", "=", 0))),
		),
	),
	Switch("unscanned_rows", "pick.md"),
	Switch("packing", "packing.md", _gate("Unpacked Goods")),
	Switch("unproved_boxes", "deliver.md", (CountedRecords("proofs", "Delivery Proof"),)),
	Switch("unpaid_boxes", "deliver.md"),
	Switch(
		"forecast",
		"promise-and-board.md",
		(CountedRecords("late", "Sales Order", "", (("swf_lateness", "=", "Late"),)),),
	),
	Switch(
		"delay_alerts",
		"promise-and-board.md",
		(
			CountedRecords("alerts", "Delay Alert", "raised_on", (("is_shadow", "=", 0),)),
			CountedRecords("would_alert", "Delay Alert", "raised_on", (("is_shadow", "=", 1),)),
		),
	),
	Switch("returns", "returns.md", (CountedRecords("returned", "Return Case"),)),
	Switch(
		"billing",
		"billing.md",
		(CountedRecords("invoices", "Sales Invoice", filters=(("docstatus", "=", 1),)),),
	),
	Switch("early_invoices", "billing.md", _gate("Early Invoice")),
	Switch("messages", "messages.md", (CountedRecords("messages", "Order Message", "happened_on"),)),
	Switch("customer_page", "messages.md", (CountedRecords("links", "Customer Page Link"),)),
)
