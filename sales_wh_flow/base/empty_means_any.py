"""In rules, policies and zones an empty scope means any.

Frappe fills what is missing in a new document with the user's defaults (company, country, customer group,
whatever a field is called like), and a rule for all would silently become a rule for some.
"""

from frappe.core.doctype.user_permission.user_permission import get_user_permissions


class EmptyMeansAny:
	"""Mixed into the controllers of rules, policies and their rows: links that may be empty stay empty.

	What User Permissions leave somebody is filled in as ever: who may see one company makes rules for it.
	"""

	def update_if_missing(self, d):
		walls = get_user_permissions()
		scope = {
			field.fieldname
			for field in self.meta.get("fields", {"fieldtype": "Link"})
			if not field.reqd and field.options not in walls
		}
		values = d if isinstance(d, dict) else d.get_valid_dict()
		super().update_if_missing({key: value for key, value in values.items() if key not in scope})
