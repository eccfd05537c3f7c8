"""How the sample company picks, packs, sends, takes back, bills and tells: what a site is set up with."""

from sales_wh_flow_demo.sample_words import COURIERS

PACKER, DRIVER = "Lena Moravec", "Otto Brandvik"
"""Of the sample's people: who packs, and who drives the own van."""

BOX_TYPES = (
	{"box_type": "Carton S", "length_cm": 30, "width_cm": 20, "height_cm": 15, "tare_kg": 0.2},
	{"box_type": "Carton M", "length_cm": 45, "width_cm": 35, "height_cm": 30, "tare_kg": 0.5},
	{"box_type": "Carton L", "length_cm": 60, "width_cm": 50, "height_cm": 45, "tare_kg": 0.9},
	{"box_type": "Crate", "length_cm": 120, "width_cm": 80, "height_cm": 90, "tare_kg": 18},
)
"""The smallest first; what fits into none of them goes into a crate all the same."""
MOST_KG = {"Carton S": 15.0, "Carton M": 25.0, "Carton L": 31.5, "Crate": 0.0}
OWN_COST = {"Carton S": 0.35, "Carton M": 0.7, "Carton L": 1.2, "Crate": 9.0}

PARCELS, FREIGHT = COURIERS[0].name, COURIERS[1].name
"""Who sends signed messages of each parcel, and who sends none."""
SILENT_AFTER_DAYS = 2
OWN_VAN, PLATE = "Tarnholm Van", "HH-TS 266"

GS1_PREFIX = "4099887"
QUARANTINE, SCRAP = "Returns Inspection", "Returns Scrap"
RETURN_WINDOW_DAYS = 30

MESSAGES = (
	("Confirmed", "Customer", "Mail"),
	("Dispatched", "Customer", "Mail"),
	("Delivered", "Customer", "Mail"),
	("Delayed", "Customer", "Mail"),
	("Return Received", "Customer", "Mail"),
	("Refunded", "Customer", "Mail"),
	("Short", "Seller", "Desk"),
	("Refused", "Seller", "Desk"),
	("Approved and Locked", "Warehouse", "Desk"),
	("May Be Invoiced", "Accounts", "Desk"),
)
"""Milestone, audience and channel of each Message Rule."""

BILLING = (
	("Tarnholm: on dispatch", "", "On Dispatch"),
	("Tarnholm: key accounts", "Key Accounts", "On Proof"),
)
"""Title, customer group and moment of each Billing Policy; both draft by themselves, an invoice an order."""

SETTINGS = {
	"billing": "On",
	"messages": "Shadow",
	"delay_alerts": "On",
	"customer_page": 1,
	"rights_of_the_way": 1,
	"unscanned_rows": "Warn",
	"unproved_boxes": "Warn",
	"early_invoices": "Warn",
	"return_documents": "Submitted",
	"return_window_days": RETURN_WINDOW_DAYS,
	"serve_short_picks": 1,
	"lead_transit_days": 2,
}
"""Of Sales Flow Settings, beside the switches of the capabilities."""
