"""Reasons and comments that were written past Frappe's cleaning: forms render them as HTML."""

import frappe

from sales_wh_flow.base.plain_text import without_markup

_TEXTS = {
	"Order Approval": ("reason", "comment", "condition_text", "waits_for"),
	"Order Approval Decision": ("comment",),
	"Shortage Action": ("reason", "consent_by", "consent_how"),
	"Stock Lock Event": ("reason",),
	"Approval Delegation": ("reason",),
	"Sales Order": ("swf_lock_extension_reason",),
	"Sales Order Item": ("swf_route_reason",),
	"Pick List Item": ("swf_short_reason",),
}
_BATCH = 1000


def execute() -> None:
	"""Safe to run twice: what is clean is not found again as changed."""
	for doctype, fields in _TEXTS.items():
		for field in fields:
			if frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, field):
				clean(doctype, field)


def clean(doctype: str, field: str) -> None:
	after = ""
	while True:
		rows = frappe.get_all(
			doctype,
			{"name": (">", after), field: ("like", "%<%")},
			["name", field],
			order_by="name",
			limit=_BATCH,
		)
		for row in rows:
			plain = without_markup(row[field])
			if plain != row[field]:
				frappe.db.set_value(doctype, row.name, field, plain, update_modified=False)
		if len(rows) < _BATCH:
			return
		frappe.db.commit()  # a batch is done: what comes after may be stopped
		after = rows[-1].name
