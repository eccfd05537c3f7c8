"""The rights that the people of the way need for their step, and no more.

ERPNext lets a Stock User make a Delivery Note and not read the address it goes to. The rows added here are
named, so that just they are taken away again; an admin's own rows are never touched. A DocType without rows
of its own gets a copy of its standard ones first: Frappe looks at those no longer once there is one. When our
rows go and what is left says the same as the standard ones, the copy goes, too: later versions of ERPNext
change those.
"""

import frappe
from frappe.permissions import setup_custom_perms

READ = ("read", "select")
WORK = ("read", "select", "write", "create", "submit", "cancel", "print", "email")
_STOCK = ("Stock User", "Stock Manager")
_WAY = (*_STOCK, "Delivery User")

RIGHTS: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
	"Address": {_WAY: READ},
	"Contact": {_WAY: READ},
	"Driver": {_STOCK: READ},
	"Vehicle": {_STOCK: READ},
	"Shipment": {("Stock User",): WORK, ("Delivery User",): READ},
}
"""{DocType: {roles: rights}} beside what ERPNext gives. What a driver needs of a customer is on his stops:
the whole record says what everybody may owe.
"""

_MARK = "swf-way"
_WRITING = ("write", "create", "delete", "submit", "cancel", "amend", "import", "share")
_ALL = ("read", "select", *_WRITING, "print", "email", "report", "export")
"""What is not named is not given: Frappe gives a new row the right to export."""


def give_rights(is_on: bool) -> None:
	"""Add the rows, or take them away. Safe to repeat."""
	ours = frappe.get_all("Custom DocPerm", {"name": ("like", f"{_MARK}-%")}, ["name", "parent"])
	for doctype in sorted(RIGHTS.keys() | {row.parent for row in ours}):
		rows = RIGHTS.get(doctype, {})
		wanted = {_name(doctype, role): (role, rights) for roles, rights in rows.items() for role in roles}
		there = {row.name for row in ours if row.parent == doctype}
		if is_on and wanted:
			setup_custom_perms(doctype)
			for name, (role, rights) in wanted.items():
				if name not in there:
					_add(name, doctype, role, rights)
			# Rows of before took the whole table away in a file.
			frappe.db.set_value("Custom DocPerm", {"name": ("in", sorted(wanted))}, "export", 0)
		gone = there - (wanted.keys() if is_on else set())
		if gone:
			frappe.db.delete("Custom DocPerm", {"name": ("in", sorted(gone))})
			_drop_copy(doctype)
		frappe.clear_cache(doctype=doctype)


def _drop_copy(doctype: str) -> None:
	"""Let the standard rows count again where the custom ones say the same."""
	known = frappe.get_meta("Custom DocPerm")
	fields = [
		df.fieldname
		for df in frappe.get_meta("DocPerm").fields
		if df.fieldtype in ("Check", "Int", "Link") and known.has_field(df.fieldname)
	]
	custom, standard = (
		sorted(
			tuple(str(row.get(field) or 0) for field in fields)
			for row in frappe.get_all(kind, {"parent": doctype}, fields)
		)
		for kind in ("Custom DocPerm", "DocPerm")
	)
	if custom == standard:
		frappe.db.delete("Custom DocPerm", {"parent": doctype})


def _name(doctype: str, role: str) -> str:
	return f"{_MARK}-{frappe.scrub(doctype)}-{frappe.scrub(role)}"


def _add(name: str, doctype: str, role: str, rights: tuple[str, ...]) -> None:
	row = frappe.get_doc(
		{
			"doctype": "Custom DocPerm",
			"parent": doctype,
			"parenttype": "DocType",
			"parentfield": "permissions",
			"role": role,
			"permlevel": 0,
			"if_owner": 0,
			**{right: int(right in rights) for right in _ALL},
		}
	)
	# Whoever may change the settings may change what they mean.
	row.insert(set_name=name, ignore_permissions=True)
