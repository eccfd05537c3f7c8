"""The DocTypes of rows that come, change and go with their document alone, and the documents they lie in."""

JUDGED_ROWS = (
	"Packed Item",
	"Payment Schedule",
	"Pricing Rule Detail",
	"Quotation Item",
	"Sales Order Item",
	"Sales Taxes and Charges",
	"Sales Team",
)
"""Judged with their Sales Order or Quotation, see approval/rows_alone.py."""
SETTLED_ROWS = (
	"Delivery Note Item",
	"POS Invoice Item",
	"Packed Item",
	"Pick List Item",
	"Purchase Invoice Item",
	"Purchase Receipt Item",
	"Sales Invoice Item",
	"Serial and Batch Entry",
	"Stock Entry Detail",
	"Stock Reconciliation Item",
	"Subcontracting Receipt Item",
	"Subcontracting Receipt Supplied Item",
)
"""Of documents that move or lock stock, see base/settled_rows.py."""
WITH_SUCH_ROWS = (
	"Customer",
	"Delivery Note",
	"POS Invoice",
	"Pick List",
	"Purchase Invoice",
	"Purchase Order",
	"Purchase Receipt",
	"Quotation",
	"Sales Invoice",
	"Sales Order",
	"Sales Taxes and Charges Template",
	"Serial and Batch Bundle",
	"Stock Entry",
	"Stock Reconciliation",
	"Stock Reservation Entry",
	"Subcontracting Receipt",
	"Supplier Quotation",
)
"""The documents that are saved with rows of either kind."""
WITH_COUNTED_ROWS = (
	"Delivery Note",
	"Delivery Trip",
	"Material Request",
	"Packing Slip",
	"Payment Entry",
	"Pick List",
	"POS Invoice",
	"Purchase Invoice",
	"Purchase Order",
	"Purchase Receipt",
	"Quotation",
	"Sales Invoice",
	"Sales Order",
	"Shipment",
	"Stock Entry",
	"Stock Reconciliation",
	"Subcontracting Order",
	"Subcontracting Receipt",
	"Work Order",
)
"""Documents whose drafts, or rows of drafts, the flow or ERPNext counts, see events/discarded.py."""
