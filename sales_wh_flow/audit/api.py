"""What the desk and other programs may call to check orders and stock, and to mend what can be mended."""

import frappe

from sales_wh_flow.audit import check as lock_check
from sales_wh_flow.audit import visible
from sales_wh_flow.audit import words as check_messages
from sales_wh_flow.audit.answers import CheckedPart, Mended, ShownFinding
from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.base import border
from sales_wh_flow.stock_lock import jobs, permissions
from sales_wh_flow.stock_lock import words as lock_messages


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def check_locks(
	items: list[str] | str | None = None, orders: list[str] | str | None = None
) -> list[ShownFinding]:
	"""What is wrong with the stock lock, of the whole site or of these items and orders, in the orders and
	warehouses that the user may see; empty when all is well. Changes nothing. For Stock and System Managers.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_audit()
	findings = visible.findings(lock_check.look(items, orders))
	return [_shown(finding) for finding in findings]


@frappe.whitelist(methods=["GET"])
@border.checked()
def check_part(kind: str = lock_check.ITEMS, key: str = "") -> CheckedPart:
	"""One part of the check of the whole site: the first one, or the one behind the part of this kind and
	key; for Stock and System Managers, as `check_locks`. No part takes longer on a bigger site.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_audit()
	part = lock_check.part_after(kind, key)
	if part is None:
		return {"findings": [], "kind": "", "key": ""}
	findings = visible.findings(lock_check.look_at(part))
	return {"findings": [_shown(finding) for finding in findings], "kind": part.kind, "key": part.last}


@frappe.whitelist(methods=["POST"])
@border.checked(with_left=border.flag)
def mend_locks(with_left: bool | int = True) -> Mended:
	"""Write what the entries say into Bins and order lines where they differ; for Stock Managers, in the
	orders and warehouses that they may see. ``with_left``: check all of it once more.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	report = jobs.repair_drift(visible.report)
	frappe.db.rollback()  # the check reads what is committed
	return {"mended": lock_messages.mended(report), "left": check_locks() if with_left else []}


def _shown(finding: Finding) -> ShownFinding:
	return {
		"code": finding.code,
		"text": check_messages.finding_in_words(finding),
		"found": finding.found,
		"expected": finding.expected,
		"item_code": finding.item_code,
		"warehouse": finding.warehouse,
		"batch_no": finding.batch_no,
		"serial_no": finding.serial_no,
		"order": finding.order,
		"row": finding.row,
		"lock": finding.lock,
	}
