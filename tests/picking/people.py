"""People of each role and two warehouses, committed: for calls through a real server."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace

import frappe
from frappe.permissions import add_user_permission
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD
from tests.site import set_switches

PICKERS = ("stock user", "stock manager")
"""They are permitted the own warehouse alone."""


def people_and_places(roles: Mapping[str, tuple[str, ...]], **switches) -> Iterator[SimpleNamespace]:
	"""``names``: {who: user}; ``places``: {"own" or "other": warehouse}.

	Afterwards every switch is off, also what was asked for beside the stock lock and fulfilment.
	"""
	frappe.set_user("Administrator")
	set_switches(stock_lock=True, fulfilment=True, **switches)
	names = {who: make.make_user(*given) for who, given in roles.items()}
	places = {which: make.make_warehouse() for which in ("own", "other")}
	for who, name in names.items():
		update_password(name, PASSWORD)
		if who in PICKERS:
			add_user_permission("Warehouse", places["own"], name, ignore_permissions=True)
	frappe.db.commit()
	yield SimpleNamespace(names=names, places=places)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	set_switches(**dict.fromkeys(switches, "0"))
	frappe.db.commit()
