"""What the invariants of money at the door are judged on, stated independently of door_money."""

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.audit.rules.door_money_invariants import (
	DoorMoneyEvidence,
	KeptMoney,
	LostPayment,
	OtherSum,
)
from sales_wh_flow.audit.store.line_evidence import AuditScope

_STANDS = "coalesce(proof.replaced_by, '') = '' and proof.money_taken > 0"

_OF_ORDERS = """proof.box in (
	select content.parent from `tabOrder Box Item` content where content.sales_order in %(orders)s)"""


def read_door_money(scope: AuditScope) -> DoorMoneyEvidence:
	"""Three statements."""
	where = "1 = 1" if scope.orders is None else _OF_ORDERS
	kept = frappe.db.sql(
		f"""select proof.name, proof.money_taken, date(proof.happened_on) from `tabDelivery Proof` proof
		left join `tabPayment Entry` entry on entry.name = proof.payment_entry
		where {_STANDS} and (coalesce(proof.payment_entry, '') = '' or entry.docstatus = 2)
			and proof.recorded_on < %(week_ago)s and {where}""",
		{**scope.values, "week_ago": add_to_date(now_datetime(), days=-7)},
	)
	lost = frappe.db.sql(
		f"""select proof.name, proof.payment_entry from `tabDelivery Proof` proof
		left join `tabPayment Entry` entry on entry.name = proof.payment_entry
		where {_STANDS} and coalesce(proof.payment_entry, '') <> '' and entry.name is null and {where}""",
		scope.values,
	)
	others = frappe.db.sql(
		f"""select entry.name, entry.base_received_amount, (
				select sum(proof.money_taken) from `tabDelivery Proof` proof
				where proof.payment_entry = entry.name and coalesce(proof.replaced_by, '') = '') taken
		from `tabPayment Entry` entry
		where entry.docstatus < 2 and entry.name in (
			select proof.payment_entry from `tabDelivery Proof` proof where {_STANDS} and {where})
		having abs(entry.base_received_amount - taken) > 0.005""",
		scope.values,
	)
	return DoorMoneyEvidence(
		tuple(KeptMoney(proof, amount, str(day)) for proof, amount, day in kept),
		tuple(LostPayment(*row) for row in lost),
		tuple(OtherSum(*row) for row in others),
	)
