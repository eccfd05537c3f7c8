"""A dashboard shows the name of a number card, not its label: both are one. May run again."""

import frappe

NAMES = {
	"Delays of Mine": "My Delays",
	"Lines Filled": "Lines Filled (%)",
	"In Full by Request": "In Full by Request (%)",
	"In Full by First Promise": "In Full by First Promise (%)",
	"In Full by Last Promise": "In Full by Last Promise (%)",
	"Refused or Returned": "Refused or Returned (%)",
	"Approval Hours": "Approval Hours (Half of Them)",
	"Days to Cash": "Days to Cash (Half of Them)",
}


def execute() -> None:
	for old, new in NAMES.items():
		of_app = {"name": old, "module": "Sales WH Flow"}
		if frappe.db.exists("Number Card", of_app) and not frappe.db.exists("Number Card", new):
			frappe.rename_doc("Number Card", old, new, force=True, show_alert=False)
