"""What the desk and other programs may call. Writes are POST; the actor is always the session's user.

Each call loads the document by name, checks permission on it, and hands over to one verb of the flow.
"""

from dataclasses import asdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, get_datetime

from erpnext.selling.doctype.sales_order import sales_order as native_order

from sales_wh_flow import (
	border,
	check_messages,
	decision_messages,
	jobs,
	lock_messages,
	messages,
	permissions,
)
from sales_wh_flow.flow import approve as approval_flow
from sales_wh_flow.flow import (
	ask_for_stock,
	bring_together,
	conditional,
	decide,
	deliver_locked,
	dispatch,
	dry_run,
	edit_items,
	expire,
	explain,
	fix_stock_settings,
	give,
	give_up,
	line_stock,
	mail,
	pick,
	plans,
	refresh_status,
	release,
	serve,
	serving_desk,
	shortage,
	substitute,
	tell_sellers,
	typing_holds,
	wave,
)
from sales_wh_flow.flow import check as lock_check
from sales_wh_flow.flow import forward as forward_flow
from sales_wh_flow.flow import inbox as inbox_flow
from sales_wh_flow.flow import lock_actions as lock_actions_flow
from sales_wh_flow.flow import reasons as reasons_flow
from sales_wh_flow.flow import reroute as reroute_flow
from sales_wh_flow.flow import short_pick as picking_short
from sales_wh_flow.flow import warehouse_work as work_of_warehouses
from sales_wh_flow.flow import what_if as what_if_flow
from sales_wh_flow.flow import who_has_it as who_has
from sales_wh_flow.messages import FiguresChanged
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.reroute import Move
from sales_wh_flow.store import approvals, approvers, overview
from sales_wh_flow.store.retry import again_if_refused, from_a_fresh_transaction

_STOCK_ROWS = border.records(
	item_code=border.perhaps(border.name),
	warehouse=border.perhaps(border.name),
	qty=border.perhaps(border.number),
)


@frappe.whitelist(methods=["GET"])
@border.checked()
def order_overview(sales_order: str) -> dict:
	"""What the order's form shows: per line ordered, delivered, locked, waiting, picked; lists and notes
	made.

	Shape: {"flow_status", "lines": [{"idx", "item_code", "warehouse", "uom", "ordered", "delivered",
	"locked", "waiting", "picked", "reason"}], "pick_lists": [{"name", "docstatus", "warehouse"}],
	"delivery_notes": [{"name", "docstatus", "tracking_no", "tracking_link", "delivered_on"}], "transfers":
	`flow.bring_together.state_of`}. Unit: the item's stock UOM.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return {**overview.of(order), "transfers": bring_together.state_of(order)}


@frappe.whitelist(methods=["POST"])
@border.checked()
def lock_waiting(sales_order: str) -> float:
	"""Try again now to lock what an order waits for. Returns the quantity locked, in stock UOM."""
	frappe.get_doc("Sales Order", sales_order).check_permission("submit")
	return from_a_fresh_transaction(lambda: serve.order(sales_order, "asked by hand"))


@frappe.whitelist(methods=["GET"])
@border.checked()
def who_has_it(item_code: str, warehouse: str, sales_order: str | None = None) -> dict:
	"""Who holds an item's stock in a warehouse, who waits for it and what is on its way; shape:
	`flow.who_has_it`.
	"""
	frappe.get_doc("Item", item_code).check_permission("read")
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	return who_has.answer(item_code, warehouse, sales_order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def release_locks(sales_order: str, reason: str, rows: str | list | None = None) -> float:
	"""End an order's locks, or those of some of its rows, saying why; for Stock Managers. Returns the
	quantity freed, in stock UOM.
	"""
	permissions.check_may_release()
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")

	def work():
		freed = release.by_hand(order, reason, rows or None)
		refresh_status.of(order.name)
		return freed

	return from_a_fresh_transaction(work)


@frappe.whitelist(methods=["GET"])
@border.checked()
def check_locks(items: list[str] | str | None = None, orders: list[str] | str | None = None) -> list[dict]:
	"""What is wrong with the stock lock, of the whole site or of these items and orders; changes nothing.

	For Stock and System Managers. Shape: [{"code", "text", "found", "expected", "item_code", "warehouse",
	"batch_no", "serial_no", "order", "row", "lock"}], empty when all is well; what is not known is "".
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_audit()
	findings = lock_check.look(items, orders)
	return [{**asdict(finding), "text": check_messages.text_of(finding)} for finding in findings]


@frappe.whitelist(methods=["POST"])
@border.checked()
def correct_stock_settings(args: str | dict | None = None) -> None:
	"""Switch on in ERPNext's Stock Settings what Stock Lock needs, and off what contradicts it.

	``args``: Frappe's buttons in messages send it; nothing is read from it.
	"""
	frappe.get_doc("Stock Settings").check_permission("write")
	fix_stock_settings.fix()
	frappe.msgprint(_("Stock Settings are corrected. Stock Lock can be switched on."), alert=True)


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_pick_lists(sales_order: str) -> list[str]:
	"""Draft Pick Lists for what is locked, one per warehouse. Returns their names."""
	frappe.has_permission("Pick List", "create", throw=True)
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")

	def work():
		names = pick.make(frappe.get_doc("Sales Order", sales_order))
		refresh_status.of(sales_order)
		return names

	return again_if_refused(work)


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_delivery_note(pick_list: str) -> str:
	"""A draft Delivery Note for what a submitted Pick List picked. Returns its name."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return again_if_refused(lambda: dispatch.make_delivery_note(frappe.get_doc("Pick List", pick_list)))


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def make_delivery_note_of_order(
	source_name: str, target_doc: str | dict | None = None, kwargs: dict | None = None
) -> Document:
	"""ERPNext's draft Delivery Note of an order, which hooks.py sends here; not saved.

	``kwargs``: as ERPNext takes them. "for_reserved_stock" cuts the rows to what is locked.
	"""
	frappe.get_doc("Sales Order", source_name).check_permission("read")
	given = kwargs or {}
	return deliver_locked.note_of(source_name, target_doc, given, native_order.make_delivery_note)


@frappe.whitelist(methods=["POST"])
@border.checked()
def confirm_delivery(delivery_note: str) -> str:
	"""The customer has the goods. Returns when that was stamped."""
	note = frappe.get_doc("Delivery Note", delivery_note)
	note.check_permission("write")
	dispatch.confirm_delivery(note)
	return str(note.swf_delivered_on)


# Approvals


@frappe.whitelist(methods=["GET"])
@border.checked()
def approvals_of(sales_order: str) -> dict:
	"""An order's approvals, and what a draft owes by the rules of this moment.

	Shape: {"is_on", "may_ask", "owed": [{"rule", "criterion", "reason", "approver_role", "who_in_turn",
	"state", "who_can_decide": [full name]}], "approvals": [{"name", "rule", "criterion", "state", "reason",
	"approver_role", "since", "requested_by", "decided_by", "decided_on", "comment", "level", "levels",
	"needed", "given", "due_on", "waits_for", "forwarded_to", "condition": {"state", "kind", "value", "text",
	"by", "comment"} or {}, "decisions": [{"level", "action", "user", "on_behalf_of", "comment", "at"}],
	"who_can_decide": [full name], "decided_as", "may_i_decide", "may_i_forward", "may_i_set_condition",
	"may_i_accept_condition"}], "shadows": [{"rule", "reason", "since"}]}. ``state``: Open, Approved or
	Rejected, in ``owed`` also Not Asked; superseded approvals are left out. ``shadows``: what rules on trial
	would have asked. ``may_ask``: the button Ask for Approval makes sense for this user.
	People are given by full name, times as text, nothing as null.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return explain.of(order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def try_rule(rule: str, sales_order: str) -> dict:
	"""Dry run: what a saved rule, enabled or not, says of an order. Nothing is written, nobody is told.

	Shape: {"rule", "verdict", "measured", "allowed", "reason", "who": [full name]}: as in a row of
	``approval_reasons``, and who would be asked.
	"""
	frappe.get_doc("Order Approval Rule", rule).check_permission("read")
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return dry_run.of_rule(rule, order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def approval_measures() -> dict:
	"""What rules can measure. Shape: {criterion: [{"name", "unit", "comparisons": [text]}]}, the usual one
	first; ``unit`` of the threshold: %, amount, days, count, qty, or empty for yes or no.
	"""
	frappe.has_permission("Order Approval Rule", "read", throw=True)
	return dry_run.measures()


@frappe.whitelist(methods=["POST"])
@border.checked()
def ask_for_approval(sales_order: str) -> dict:
	"""Ask for what the saved draft owes. Shape: as ``approvals_of``, with "asked": [new approval]."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	asked = from_a_fresh_transaction(lambda: approval_flow.ask(sales_order))
	return {"asked": asked, **explain.of(frappe.get_doc("Sales Order", sales_order))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def approve(approval: str, comment: str | None = None) -> dict:
	"""Approve as the session's user. The last approval submits the order.

	Shape: {"state", "submitted", "waits_for": [rule], "why_not", "level", "needed", "given", "also": [rule],
	"condition_state"}. ``why_not`` (HTML) says why the order with all its approvals could not be submitted,
	else it is empty; ``also``: other rules that this approval answered; ``given`` of ``needed`` approvals on
	``level``.
	"""
	order = _order_to_decide(approval)
	return _shown(_decided(order, lambda: decide.grant(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def refuse(approval: str, comment: str) -> dict:
	"""Refuse as the session's user, saying why. Shape: as ``approve``."""
	order = _order_to_decide(approval)
	return _shown(from_a_fresh_transaction(lambda: decide.refuse(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def approve_with_condition(approval: str, kind: str, value: float = 0.0, comment: str | None = None) -> dict:
	"""Approve if the sales user accepts a condition. Shape: as ``approve``.

	``kind``: Smaller Discount (``value`` the most percent below list price), Prepayment (``value`` percent of
	the total) or Available Quantity.
	"""
	order = _order_to_decide(approval)
	percent = float(value or 0)
	return _shown(_decided(order, lambda: conditional.offer(order, approval, kind, percent, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def accept_condition(approval: str) -> dict:
	"""Change the order as the approver asked, with the session user's right to write it. Shape: as
	``approve``.
	"""
	order = _order_to_change(approval)
	return _shown(from_a_fresh_transaction(lambda: conditional.accept(order, approval)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def decline_condition(approval: str, comment: str | None = None) -> dict:
	"""Leave the order as it is; the approver decides anew. Shape: as ``approve``."""
	order = _order_to_change(approval)
	return _shown(from_a_fresh_transaction(lambda: conditional.decline(order, approval, comment)))


@frappe.whitelist(methods=["POST"])
@border.checked()
def forward(approval: str, to_user: str, comment: str) -> dict:
	"""Let somebody else decide in the session user's name. Shape: {"forwarded_to": full name}."""
	order = _order_to_decide(approval)
	return {
		"forwarded_to": from_a_fresh_transaction(lambda: forward_flow.to(order, approval, to_user, comment))
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def decide_many(approvals: str | list, action: str, comment: str | None = None) -> list[dict]:
	"""Approve or refuse up to 200 approvals, each in a transaction of its own.

	Shape: [{"approval", "ok", "state", "submitted", "message"}], in the order given; ``message`` says in
	plain text what came of it or why it was refused. One that this call answered with another one is ok.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	names = list(dict.fromkeys(approvals))
	if len(names) > MOST_AT_ONCE:
		frappe.throw(
			frappe._("{0} approvals are too many at once; choose at most {1}.").format(
				len(names), MOST_AT_ONCE
			)
		)
	verb = _verb(action)
	return [_decided_alone(name, verb, comment) for name in names]


@frappe.whitelist(methods=["POST"])
@border.checked()
def delegate(
	to_user: str,
	from_date: str,
	to_date: str,
	reason: str | None = None,
	company: str | None = None,
	from_user: str | None = None,
) -> str:
	"""Let somebody decide for the session's user, or for ``from_user`` (managers only), from day to day.

	Returns the name of the Approval Delegation.
	"""
	values = {"from_user": from_user or frappe.session.user, "to_user": to_user, "company": company or ""}
	delegation = frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			**values,
			"from_date": from_date,
			"to_date": to_date,
			"reason": reason,
		}
	)
	delegation.check_permission("create")
	return delegation.insert().name


@frappe.whitelist(methods=["POST"], allow_guest=True)
@border.checked()
def decide_by_link(token: str, action: str, comment: str | None = None) -> dict:
	"""Approve or refuse through the link of an e-mail. Shape: as ``approve``, with "text": what came of it.

	The link's user has to be logged in, unless the settings let its mere possession count.
	"""
	link = mail.read(token)
	mail.check_bearer(link)
	with mail.acting_as_bearer(link):
		order = _order_to_decide(link.approval)
		verb = _verb(action)

		def work():
			mail.read_under_lock(token, order)
			return verb(order, link.approval, comment, mail.via(link))

		shown = _shown(_decided(order, work))
	return {**shown, "text": decision_messages.outcome(shown)}


MOST_AT_ONCE = 200
"""Approvals in one call of ``decide_many``: what a request answers in time."""


def _decided(order: str, work):
	"""What came of a decision in a transaction of its own.

	Raises: as the decision; FiguresChanged once the approvals of the order show the figures of this moment.
	"""
	try:
		return from_a_fresh_transaction(work)
	except FiguresChanged:
		from_a_fresh_transaction(lambda: approval_flow.refresh_figures(order))
		frappe.db.commit()  # the refused decision wrote nothing; what is shown from now on has to stay
		raise


def _decided_alone(approval: str, verb, comment: str | None) -> dict:
	"""One row of ``decide_many``; a refusal undoes this one alone."""
	row = {"approval": approval, "ok": True, "state": "", "submitted": False, "message": ""}
	messages = list(frappe.local.message_log)
	try:
		order = _order_to_decide(approval)
		shown = _shown(_decided(order, lambda: verb(order, approval, comment)))
		frappe.db.commit()  # each decision stands alone: a later refusal must not undo it
		row.update({"state": shown["state"], "submitted": shown["submitted"]})
		row["message"] = decision_messages.outcome(shown)
	except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as error:
		frappe.db.rollback()
		frappe.local.message_log = messages
		mine = approvers.given_by(approval, frappe.session.user)
		row.update({"ok": mine, "state": "Approved" if mine else ""})
		row["message"] = frappe.utils.strip_html(str(error))
	return row


def _verb(action: str):
	"""What an action means. Raises: ValidationError."""
	verbs = {"approve": decide.grant, "refuse": decide.refuse}
	if action not in verbs:
		frappe.throw(frappe._("Choose approve or refuse, not {0}.").format(frappe.utils.escape_html(action)))
	return verbs[action]


def _order_to_decide(approval: str) -> str:
	"""The approval's order. Raises: PermissionError, which names no order, unless the user may read it."""
	order = approvals.order_of(approval)
	if not frappe.has_permission("Sales Order", "read", doc=order):
		approval = frappe.bold(frappe.utils.escape_html(approval))
		frappe.throw(frappe._("You may not see what {0} is about.").format(approval), frappe.PermissionError)
	return order


def _order_to_change(approval: str) -> str:
	order = _order_to_decide(approval)
	frappe.get_doc("Sales Order", order).check_permission("write")
	return order


def _shown(decision: decide.Decision) -> dict:
	return {
		"state": decision.state,
		"submitted": decision.is_submitted,
		"waits_for": list(decision.waits_for),
		"why_not": decision.why_not,
		"level": decision.level,
		"needed": decision.needed,
		"given": decision.given,
		"also": list(decision.also),
		"condition_state": decision.condition_state,
	}


@frappe.whitelist(methods=["POST"])
@border.checked(trans_items=border.records())
def update_items(
	parent_doctype: str, trans_items: str | list, parent_doctype_name: str, child_docname: str = "items"
) -> None:
	"""ERPNext's Update Items, which hooks.py sends here; of a Sales Order under its locks. ERPNext checks the
	rights.
	"""

	native = edit_items.native(
		parent_doctype, frappe.as_json(trans_items), parent_doctype_name, child_docname
	)
	if parent_doctype != "Sales Order":
		return native()
	frappe.get_doc(parent_doctype, parent_doctype_name).check_permission("write")
	return from_a_fresh_transaction(lambda: edit_items.update(parent_doctype_name, trans_items, native))


# Approval desk


@frappe.whitelist(methods=["GET"])
@border.checked()
def approval_reasons(sales_order: str) -> list[dict]:
	"""Why, or why not, each enabled rule asks about an order; by the rule's name.

	Shape: [{"rule", "criterion", "explanation", "verdict", "is_shadow", "measured", "allowed", "reason",
	"state"}], all in words. ``verdict``: Hit, Not Hit, Out of Scope or Error (nobody can tell, so the order
	is held); ``state``: Open, Approved, Rejected, Not Asked or empty.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reasons_flow.of(order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def what_if(sales_order: str) -> dict:
	"""What would come of approving an order now; nothing is written.

	Shape: {"sales_order", "customer", "customer_name", "currency", "exposure": {"limit", "before", "order",
	"after", "share_pct", "pending_orders", "pending_value"}, "margin": null or {"revenue", "cost", "margin",
	"margin_pct", "worst": [{"margin_pct", "idx", "item_code"}], "lines_without_cost"}, "stock": null or
	{"lines": [{"idx", "item_code", "item_name", "uom", "warehouse", "needed", "free", "locked", "missing",
	"expected"}], "others": {"named": [{"sales_order", "customer", "item_code", "warehouse", "wanted",
	"before", "after", "lost", "day_before", "day_after"}], "more", "hidden"}}}. Unit: quantities in stock
	UOM, amounts in company currency. ``stock`` is null while Stock Lock is off, ``margin`` for who may not
	see ERPNext's gross profit; ``hidden`` counts orders that the user may not read.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return what_if_flow.of(order)


@frappe.whitelist(methods=["GET"])
@border.checked(due=border.name)
def approval_inbox(
	mine: bool = True,
	company: str | None = None,
	customer: str | None = None,
	rule: str | None = None,
	due: str | None = None,
	older_than_days: int | None = None,
	min_value: float | None = None,
	sort: str = "due",
	start: int = 0,
	page_length: int = 20,
) -> dict:
	"""Orders with open approvals that this user may read; ``mine``: only those the user can decide now.

	``due``: overdue, today (overdue included) or any. ``min_value``: in company currency. ``sort``: due,
	oldest or value. Shape: {"is_on", "mine", "overdue", "all" (counts of orders that fit the filters),
	"orders": [{"sales_order", "customer", "customer_name", "company", "value", "currency", "delivery_date",
	"is_submitted", "asked_by", "since", "due", "is_overdue", "approvals": [{"name", "rule", "reason",
	"since", "due", "waits_for", "level", "needed", "given", "condition", "is_mine"}]}]}. Times as text,
	empty where there is none; ``condition``: offered and not answered yet.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	return inbox_flow.page(
		mine,
		sort,
		start,
		page_length,
		company=company,
		customer=customer,
		rule=rule,
		due=due,
		older_than_days=older_than_days,
		min_value=min_value,
	)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def approvals_waiting_for_me(filters: str | list | dict | None = None) -> dict:
	"""What the number card shows: how many orders wait for this user's decision, and where it leads.

	Frappe's card posts ``filters``; there are none. Shape: {"value", "fieldtype", "route"}.
	"""
	frappe.has_permission("Order Approval", "read", throw=True)
	return {"value": inbox_flow.waiting_for_me(), "fieldtype": "Int", "route": ["approval-inbox"]}


# Life of a lock


@frappe.whitelist(methods=["GET"])
@border.checked()
def stock_places(item_code: str | None = None, warehouse: str | None = None) -> list[dict]:
	"""Where an item lies, or what lies in a warehouse; shape: `flow.who_has_it.places`."""
	frappe.has_permission("Item", "read", doc=item_code or None, throw=True)
	frappe.has_permission("Warehouse", "read", doc=warehouse or None, throw=True)
	return who_has.places(item_code, warehouse) if item_code or warehouse else []


@frappe.whitelist(methods=["GET"])
@border.checked()
def lock_life(sales_order: str) -> dict:
	"""When an order's locks end by themselves, and to whom its stock could be given.

	Shape: {"ending": None or as `flow.expire.preview`, "receivers": as `flow.give.receivers`, for those who
	may give, else []}.
	"""
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	may_give = permissions.may_release()
	return {
		"ending": expire.preview(sales_order),
		"receivers": give.receivers(sales_order) if may_give else [],
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def extend_locks(sales_order: str, until: str, reason: str) -> None:
	"""Let an order's locks live until then: once, with a reason, as far as its Stock Lock Policy allows."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	from_a_fresh_transaction(lambda: expire.extend(sales_order, get_datetime(until), reason))


@frappe.whitelist(methods=["POST"])
@border.checked(rows=border.numbers_by_name)
def give_locks(sales_order: str, to_order: str, reason: str, rows: str | dict | None = None) -> float:
	"""Give stock an order holds to another that waits for it; for Stock Managers.

	``rows``: {row of the giving order: quantity at most}, all of it without; of a product bundle, how many.
	Returns the quantity given, in stock UOM.
	"""
	permissions.check_may_release()
	for name in (sales_order, to_order):
		frappe.get_doc("Sales Order", name).check_permission("read")
	return from_a_fresh_transaction(lambda: give.to(sales_order, to_order, reason, rows or None))


@frappe.whitelist(methods=["GET"])
@border.checked()
def lock_actions(sales_order: str, row: str) -> dict:
	"""What this user can do with the lock of one order line; shape: `flow.lock_actions.of_row`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return lock_actions_flow.of_row(order, row)


@frappe.whitelist(methods=["POST"])
@border.checked()
def move_lock(sales_order: str, row: str, warehouse: str, qty: float, reason: str) -> list[dict]:
	"""Move so much of an order line, with its lock, to another warehouse; shape: `flow.reroute.move`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	return from_a_fresh_transaction(
		lambda: lock_actions_flow.move(sales_order, row, warehouse, flt(qty), reason)
	)


@frappe.whitelist(methods=["GET"])
@border.checked()
def plan_serving() -> dict:
	"""What serving waiting demand would do now; for Stock Managers. Shape: `flow.serving_desk.dry_run`."""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	return serving_desk.dry_run()


@frappe.whitelist(methods=["POST"])
@border.checked()
def apply_serving(digest: str) -> dict:
	"""Carry out the plan that was shown; for Stock Managers. Shape: {"orders", "qty", "taken"}, in stock UOM.

	Raises: ValidationError when stock or orders changed since: the plan would be another one.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	frappe.db.rollback()  # plan on what is committed now
	planned = serve.plan()
	if serve.digest(planned) != digest:
		messages.refuse(RuleViolation("plan_is_old"))
	served = jobs.carry_out(planned.plan)
	tell_sellers.what_their_orders_got(served.got, served.lost)
	return {
		"orders": len(served.got),
		"qty": sum(served.got.values()),
		"taken": sum(served.lost.values()),
	}


@frappe.whitelist(methods=["POST"])
@border.checked()
def mend_locks() -> dict:
	"""Write what the entries say into Bins and order lines where they differ; for Stock Managers.

	Shape: {"mended": [sentence], "left": what still is wrong, as `check_locks`}.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	report = jobs.repair_drift()
	frappe.db.commit()  # what was mended stays, and the check reads what is committed
	return {"mended": lock_messages.mended(report), "left": check_locks()}


@frappe.whitelist(methods=["POST"])
@border.checked(rows=_STOCK_ROWS)
def typing(form: str, rows: str | list) -> list[dict]:
	"""What this user's draft asks for, and what others are typing for the same; shape:
	`flow.typing_holds.exchange`.
	"""
	frappe.has_permission("Sales Order", "create", throw=True)
	return typing_holds.exchange(form, rows)


# Routing


@frappe.whitelist(methods=["GET"])
@border.checked()
def route_plans(sales_order: str) -> dict:
	"""Ways to serve a draft: fewest parcels, earliest, cheapest with transfers; one parcel, later, where no
	other plan sends all in one and one warehouse will have it all.

	Shape: {"currency", "kept": rows that stay as chosen, "plans": [{"way": fewest | fastest | cheapest |
	later, "warehouses": [name], "parcels", "cost", "has_freight": known for each parcel, "last_day": ""
	without one, "short": lines, "lines": [{"idx", "item_code", "item_name", "warehouse", "qty", "uom",
	"missing", "brought_to": "" or where it goes by transfer first, "promised_on", "source"}]}]}. No plan
	where no rule is for any line that may move. Unit: quantities in the line's UOM, cost in the company's
	currency.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return plans.of(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def take_plan(sales_order: str, plan: str) -> None:
	"""Write one of the plans (fewest, fastest, cheapest, later) into the draft and mark its rows as chosen,
	or plan every row by its rule again (rule).
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	plans.take(order, plan)


@frappe.whitelist(methods=["GET"])
@border.checked(rows=_STOCK_ROWS)
def availability(company: str, rows: list[dict] | str) -> list[dict]:
	"""Where the stock for lines is, saved or not. ``rows``: [{"item_code", "warehouse", "qty": stock UOM}].

	Shape: a row each: {"item_code", "uom", "state": here | elsewhere | on its way | short, "here",
	"elsewhere", "day", "short", "places": [{"warehouse", "qty"}], "coming": [{"warehouse", "qty", "due",
	"document"}]}; null for what is no stock item. Only warehouses the user may see are told. Unit: stock UOM.
	"""
	frappe.has_permission("Sales Order", "read", throw=True)
	frappe.has_permission("Item", "read", throw=True)
	return line_stock.of(company, rows)


# What is missing


@frappe.whitelist(methods=["GET"])
@border.checked()
def missing_lines(sales_order: str) -> dict:
	"""What an order waits for and what can be done about it; shape: `flow.shortage.look`."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return shortage.look(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def request_stock(sales_order: str, kind: str, rows: str | list | None = None) -> str:
	"""A Material Request (Purchase, Material Transfer or Manufacture) for what the rows miss, all of them for
	none. Returns its name.
	"""
	frappe.has_permission("Material Request", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return from_a_fresh_transaction(lambda: ask_for_stock.request(sales_order, kind, rows or None))


@frappe.whitelist(methods=["POST"])
@border.checked()
def order_from_suppliers(sales_order: str, rows: str | list | None = None) -> list[str]:
	"""Draft Purchase Orders for what the rows miss, one for each default supplier. Returns their names."""
	frappe.has_permission("Purchase Order", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return from_a_fresh_transaction(lambda: ask_for_stock.order_from_suppliers(sales_order, rows or None))


@frappe.whitelist(methods=["POST"])
@border.checked()
def take_substitute(
	sales_order: str,
	row: str,
	item_code: str,
	price_rule: str,
	consent_by: str,
	consent_how: str,
	consent_on: str | None = None,
) -> str:
	"""Another item for what a row misses, with the customer's consent. Returns the name of its new row."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	consent = substitute.Consent(consent_by, consent_how, consent_on or "")
	return from_a_fresh_transaction(lambda: substitute.take(sales_order, row, item_code, price_rule, consent))


@frappe.whitelist(methods=["POST"])
@border.checked(due=border.moment)
def split_backorder(sales_order: str, rows: str | list | None = None, due: str | None = None) -> dict:
	"""Move what the rows miss into a Sales Order of its own. Shape: {"name", "docstatus"}; 0 = it waits for
	approval.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	frappe.has_permission("Sales Order", "create", throw=True)
	name = from_a_fresh_transaction(lambda: give_up.backorder(sales_order, rows or None, due))
	return {"name": name, "docstatus": int(frappe.db.get_value("Sales Order", name, "docstatus"))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def close_short(sales_order: str, reason: str, rows: str | list | None = None) -> float:
	"""Give up what the rows miss, saying why. Returns the quantity given up, in stock UOM."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	return from_a_fresh_transaction(lambda: give_up.close_short(sales_order, reason, rows or None))


@frappe.whitelist(methods=["GET"])
@border.checked()
def reroute_choices(sales_order: str) -> dict:
	"""What of a submitted order may be served from elsewhere, and what the rules would do; shape:
	`flow.reroute.look`.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return reroute_flow.look(order)


@frappe.whitelist(methods=["POST"])
@border.checked(moves=border.records(row=border.name, warehouse=border.name, qty=border.number))
def reroute(sales_order: str, moves: str | list, reason: str = "") -> list[dict]:
	"""Serve so much of these rows from those warehouses: [{"row", "warehouse", "qty"}], in stock UOM.

	Returns where what moved is now; shape: `flow.reroute.move`.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	wanted = [Move(one["row"], one["warehouse"], one["qty"]) for one in moves]
	why = reason.strip() or frappe._("chosen by hand")
	return from_a_fresh_transaction(lambda: reroute_flow.move(sales_order, wanted, why))


@frappe.whitelist(methods=["POST"])
@border.checked()
def request_transfers(sales_order: str) -> str:
	"""A Material Request that brings the order's goods to the warehouse it is sent from. Returns its name."""
	frappe.has_permission("Material Request", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return from_a_fresh_transaction(lambda: bring_together.request(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def send_directly(sales_order: str) -> None:
	"""Send an order's goods from where they lie after all, instead of bringing them together."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	from_a_fresh_transaction(lambda: bring_together.send_directly(sales_order))


# Warehouse work


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_work(company: str | None = None) -> dict:
	"""What the warehouses that the user may see have to do; shape: `flow.warehouse_work.overview`."""
	frappe.has_permission("Warehouse", "read", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.overview(company or None)


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_lines(warehouse: str, kind: str) -> list[dict]:
	"""The lines behind one number of a warehouse; shape: `flow.warehouse_work.lines`."""
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.lines(warehouse, kind)


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave(warehouse: str, by: str, key: str = "") -> str:
	"""One draft Pick List for a group of a warehouse's orders. Returns its name."""
	frappe.has_permission("Pick List", "create", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	return from_a_fresh_transaction(lambda: wave.make(warehouse, by, key))


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave_delivery_notes(pick_list: str) -> list[str]:
	"""Draft Delivery Notes for what a wave picked, one for each order. Returns their names."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return wave.make_delivery_notes(picked)


@frappe.whitelist(methods=["POST"])
@border.checked()
def short_pick(pick_list: str, row: str, found: float, reason: str) -> dict:
	"""A picker found only so much of a row, in stock UOM, and says why; the rest is served from elsewhere.

	Shape: {"missing", "moved": [[warehouse, quantity]], "left", "pick_list_is_gone", "is_served_soon"}. Who
	may not change the order moves nothing; the settings may let the flow do it right afterwards.
	"""
	doc = frappe.get_doc("Pick List", pick_list)
	doc.check_permission("write")
	order = next((it.sales_order for it in doc.locations if it.name == row and it.sales_order), None)
	may_move = bool(order) and all(
		frappe.has_permission("Sales Order", right, doc=order) for right in ("write", "submit")
	)
	rest = from_a_fresh_transaction(
		lambda: picking_short.record(pick_list, row, flt(found), reason, may_move=may_move)
	)
	return {
		"missing": rest.missing_stock,
		"moved": [list(part) for part in rest.moved],
		"left": rest.left_stock,
		"pick_list_is_gone": rest.pick_list_is_gone,
		"is_served_soon": rest.is_served_soon,
	}
