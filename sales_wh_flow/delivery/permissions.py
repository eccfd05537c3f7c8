"""Who hands boxes over, who proves them, and who sees hand-overs and proofs.

Stock Users hand boxes over in the warehouses that they are permitted, and prove those that no driver answers
for. A driver proves the boxes that a hand-over or a trip gave him, in the warehouses and companies that User
Permissions leave him; so does a manager of the warehouse in his place.
"""

import frappe
from frappe.utils import get_fullname

from sales_wh_flow.base.compat import NO_OPINION
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.delivery.store import drivers, handovers
from sales_wh_flow.order.permissions import READING, condition_on
from sales_wh_flow.packing.permissions import own_places

STOCK = frozenset({"Stock User", "Stock Manager", "System Manager"})
MANAGING = frozenset({"Stock Manager", "System Manager"})
DRIVING = frozenset({"Delivery User"})
_OF_DELIVERIES = frozenset({"Sales User", "Sales Manager", "Delivery Manager"})
READERS = _OF_DELIVERIES | {"Accounts User", "Accounts Manager"}
"""Who reads every hand-over and proof that User Permissions leave, and writes none."""


def is_of_stock(user: str | None = None) -> bool:
	"""Whether a user has a role of the warehouse."""
	return not STOCK.isdisjoint(frappe.get_roles(user or frappe.session.user))


def works_in(warehouse: str, user: str | None = None) -> bool:
	"""Whether the user works in this warehouse: a role of the stock, and no User Permission against it or
	against its company.
	"""
	user = user or frappe.session.user
	return is_of_stock(user) and warehouse in own_places([warehouse], user)


def warehouses_of_user() -> list[str]:
	"""The leaf warehouses in use where the session's user works, by name."""
	if not is_of_stock():
		return []
	# Stock Managers alone read no Warehouse in ERPNext; whose they are is asked below.
	names = frappe.get_all("Warehouse", {"is_group": 0, "disabled": 0}, pluck="name", order_by="name")
	own = own_places(names)
	return [name for name in names if name in own]


def check_works_in(warehouse: str) -> None:
	"""Raises: PermissionError."""
	if not works_in(warehouse):
		refuse(RuleViolation("not_of_the_way", warehouse=warehouse))


def confirms_any() -> bool:
	"""Whether the session's user may confirm notes that he does not drive: whoever is more than a driver."""
	roles = set(frappe.get_roles())
	return bool(roles & (STOCK | _OF_DELIVERIES)) or DRIVING.isdisjoint(roles)


def is_driven_by_user(handover: str, delivery_note: str) -> bool:
	"""Whether the session's user drives this hand-over, or the trip of this note."""
	return drivers.drives(drivers.drivers_of(frappe.session.user), handover, delivery_note)


def manages() -> bool:
	"""Whether the session's user says what became of boxes, and of their money, in the place of others."""
	return not MANAGING.isdisjoint(frappe.get_roles())


def _may_prove(warehouse: str, handover: str | None, delivery_note: str | None) -> bool:
	user = frappe.session.user
	if works_in(warehouse, user):
		return True
	if DRIVING.isdisjoint(frappe.get_roles(user)) or warehouse not in own_places([warehouse], user):
		return False
	return drivers.drives(drivers.drivers_of(user), handover or "", delivery_note or "")


def check_may_prove(box: str, warehouse: str, handover: str | None, delivery_note: str | None) -> None:
	"""Whether the session's user may say what became of a box: as stored, never as sent.

	Raises: PermissionError.
	"""
	if not _may_prove(warehouse, handover, delivery_note):
		refuse(RuleViolation("not_of_the_way", warehouse=warehouse))
	answering = set() if manages() else drivers.who_answer(handover or "", delivery_note or "")
	if answering and frappe.session.user not in answering:
		driver = ", ".join(sorted(map(get_fullname, answering)))
		refuse(RuleViolation("box_of_driver", box=box, driver=driver))


def check_corrects_money(box: str, holder: str) -> None:
	"""Money at the door is corrected by whoever took it and has to hand it in, or by a manager.

	Raises: PermissionError.
	"""
	if frappe.session.user != holder and not manages():
		refuse(RuleViolation("money_of_other", box=box, holder=get_fullname(holder)))


def handover(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Courier Handover: a driver without another role sees his own, a reader those
	whose boxes he may all see.
	"""
	boxes = _boxes_of_reader(user)
	if boxes and handovers.holds_other_boxes(doc.name or "", boxes):
		return False
	return _sees(doc.warehouse, doc.name, None, ptype, user)


def proof(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False):
	"""Hook has_permission of Delivery Proof."""
	if _boxes_of_reader(user) and not frappe.has_permission("Order Box", "read", doc=doc.box, user=user):
		return False
	return _sees(doc.warehouse, doc.handover, doc.delivery_note, ptype, user)


def _boxes_of_reader(user: str | None) -> str:
	"""The SQL condition on the boxes that a reader sees who is permitted some customers or orders alone; ""
	for all. The warehouse and its drivers go by warehouses.
	"""
	user = user or frappe.session.user
	roles = set(frappe.get_roles(user))
	if roles & (STOCK | DRIVING) or not roles & READERS:
		return ""
	return condition_on("Order Box", user)


def _sees(warehouse: str, handover_name: str | None, note: str | None, ptype: str | None, user: str | None):
	user = user or frappe.session.user
	if ptype not in READING:
		return False
	roles = set(frappe.get_roles(user))
	if roles & (STOCK | READERS):
		return NO_OPINION  # Frappe has looked at the User Permissions of the warehouse
	return drivers.drives(drivers.drivers_of(user), handover_name or "", note or "")


def handovers_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Courier Handover."""
	boxes = _boxes_of_reader(user)
	if boxes:
		return f"not {handovers.other_boxes('`tabCourier Handover`.name', boxes)}"
	return _visible(user, "`tabCourier Handover`.name in ({handovers})")


def proofs_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Delivery Proof."""
	boxes = _boxes_of_reader(user)
	if boxes:
		return f"`tabDelivery Proof`.box in (select `tabOrder Box`.name from `tabOrder Box` where {boxes})"
	return _visible(
		user,
		"(`tabDelivery Proof`.handover in ({handovers}) or `tabDelivery Proof`.delivery_note in ({notes}))",
	)


def _visible(user: str | None, own: str) -> str:
	user = user or frappe.session.user
	if set(frappe.get_roles(user)) & (STOCK | READERS):
		return ""
	names = ", ".join(frappe.db.escape(name) for name in drivers.drivers_of(user))
	if not names:
		return "1 = 0"
	return own.format(
		handovers=f"select head.name from `tabCourier Handover` head where head.driver in ({names})",
		notes=f"""select stop.delivery_note from `tabDelivery Trip` trip join `tabDelivery Stop` stop
			on stop.parent = trip.name where trip.driver in ({names}) and {drivers.COUNTS}""",
	)


def rows_of_handovers(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Courier Handover Box: as its hand-over."""
	return _as_parent("Courier Handover Box", "Courier Handover", user)


def rows_of_proofs(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Delivery Proof Item: as its proof."""
	return _as_parent("Delivery Proof Item", "Delivery Proof", user)


def _as_parent(rows: str, parent: str, user: str | None) -> str:
	visible = condition_on(parent, user)
	if not visible:
		return ""
	return f"`tab{rows}`.parent in (select `tab{parent}`.name from `tab{parent}` where {visible})"


def check_may_take_back() -> None:
	"""What has left is taken back by the warehouse, or by whoever sends and bills; ERPNext lets each driver
	cancel every Delivery Note. Raises: PermissionError.
	"""
	if (STOCK | READERS).isdisjoint(frappe.get_roles()):
		refuse(RuleViolation("may_not_take_back"))
