"""Open an order again: undo what was made from it, step by step, each in a transaction of its own.

What is done is written down with the step itself, so a job that is killed goes on where it was, and one that
runs twice does nothing twice. Every step is done by the right of whoever asked for it.
"""

from collections.abc import Iterator, Mapping

import frappe

from sales_wh_flow.base import background, hold_rows, retry, said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.base.told import told_by
from sales_wh_flow.packing import empty_box
from sales_wh_flow.returns import open_case, release_payment, reopen_plan, sayings
from sales_wh_flow.returns.rules import reopening
from sales_wh_flow.returns.rules.reopening import AMEND, CANCEL, UndoStep
from sales_wh_flow.returns.store import reopenings

_JOB = "sales_wh_flow.returns.jobs.reopen_order"


def start(order: str, back_to: str, reason: str | None, choices: Mapping[str, str] | None = None) -> str:
	"""Ask for it; the name of the Order Reopening. Asked twice it is one. ``choices``: of its payments,
	{name: Unlink or Keep as Advance}.

	Raises: ValidationError naming what can't be undone, and what the user may not undo.
	"""
	open_case.check_is_on()
	hold_rows.hold_order_row(order)
	name = reopenings.unfinished(order)
	if not name:
		why = require_reason(reason, RuleViolation("reopen_without_reason", order=order))
		if back_to not in reopening.BACK_TO:
			refuse(RuleViolation("unknown_stage", stage=back_to))
		refuse(_bad_choices(choices or {}, back_to))
		papers = reopen_plan.papers_of(order, choices)
		advances = release_payment.advances_in_the_way(order)
		steps = reopening.reopening_steps(order, papers, back_to, choices, advances)
		if not papers and (back_to == reopening.TO_PICK or not advances):
			refuse(RuleViolation("nothing_to_undo", order=order))
		refuse(it for paper in papers for it in paper.blocks)
		refuse(reopen_plan.what_keeps_the_order(order, back_to, choices or {}))
		refuse(_forbidden(step) for step in steps if not reopen_plan.may_do(step))
		name = reopenings.begin(order, back_to, str(why), steps)
	else:
		refuse(_other_wish(name, order, back_to, choices or {}))
		refuse(_forbidden(step) for step in reopenings.steps_left(name) if not reopen_plan.may_do(step))
		reopenings.run_again(name)
	background.owe(_JOB, queue="long", job_id=f"reopen_{name}", reopening=name)
	return name


def give_up(order: str) -> str:
	"""What stopped is not gone on with; the name of the Order Reopening. What is undone stays undone.

	Raises: ValidationError where none has stopped.
	"""
	hold_rows.hold_order_row(order)
	name = reopenings.unfinished(order)
	state = hold_rows.held_document("Order Reopening", name).state if name else ""
	if state != reopenings.STOPPED:
		refuse(RuleViolation("no_reopening_stopped", order=order))
	reopenings.give_up_stopped(str(name))
	return str(name)


def undo_all(name: str) -> None:
	"""Do the steps that are left. What refuses a step stops it, and is written down."""
	order = frappe.db.get_value("Order Reopening", name, "sales_order")
	while True:
		try:
			if not retry.from_a_fresh_transaction(lambda: do_next(name, order)):
				return
		except (frappe.ValidationError, frappe.PermissionError) as problem:
			# What ERPNext or the flow said to whoever would have pressed Cancel by hand.
			why = told_by(problem, most=800)
			retry.from_a_fresh_transaction(lambda said_so=why: stop_and_tell(name, said_so))
			return


def stop_and_tell(name: str, why: str) -> None:
	"""It waits, and whoever asked for it learns why: the job has nobody else to tell. What somebody gave up
	meanwhile stays given up.
	"""
	if not reopenings.stop(name, why):
		return
	actor, order = frappe.db.get_value("Order Reopening", name, ["actor", "sales_order"])
	told = said.keep(sayings.reopening_stopped, order=order, why=why)
	notify({actor}, order, told)


def do_next(name: str, order: str) -> bool:
	"""Do one step and write it down; False when none is left. The order is held before its record, as by
	whoever asks for it, and whoever lets its boxes leave.
	"""
	hold_rows.hold_order_row(order)
	found = reopenings.next_undo_step(name)
	record = frappe.db.get_value("Order Reopening", name, ["sales_order", "back_to", "state"], as_dict=True)
	if record.state in reopenings.ENDED:
		return False
	if not found or found[1].doctype == "Sales Order":
		if _made_meanwhile(name, record.sales_order):
			return True
	if not found:
		reopenings.end_reopening(name)
		return False
	row, step = found
	_do(name, step, record)
	reopenings.did(row)
	return True


def _made_meanwhile(name: str, order: str) -> bool:
	"""Whatever was made from the order since it was asked for is undone, too."""
	papers = reopen_plan.papers_of(order)
	if not papers:
		return False
	refuse(it for paper in papers for it in paper.blocks)
	reopenings.add_steps(name, reopening.reopening_steps(order, papers, reopening.TO_PICK))
	return True


def _do(name: str, step: UndoStep, record) -> None:
	order = record.sales_order
	if step.action == AMEND:
		_amend(name, step.name)
		return
	if step.action in reopening.PAYMENT_CHOICES:
		if not reopen_plan.may_do(step):
			refuse(_forbidden(step))
		release_payment.take_off(step, order, from_order=record.back_to != reopening.TO_PICK)
		return
	if step.action == reopening.EMPTY:
		if not reopen_plan.may_do(step):
			refuse(_forbidden(step))
		empty_box.take_order_out(step.name, order, reopenings.reason_of(name))
		return
	docstatus = frappe.db.get_value(step.doctype, step.name, "docstatus")
	if docstatus in (None, 2):
		return  # somebody has done it
	if not reopen_plan.may_do(step):
		refuse(_forbidden(step))
	doc = frappe.get_doc(step.doctype, step.name)
	if step.doctype == "Pick List":
		notify(
			{doc.owner, doc.get("swf_picker")} - {None, ""},
			order,
			said.keep(sayings.pick_is_off, pick_list=doc.name, order=order),
		)
	if step.action == CANCEL or docstatus == 1:
		doc.cancel()
	else:
		doc.delete()


def _amend(name: str, order: str) -> None:
	if frappe.db.exists("Sales Order", {"amended_from": order, "docstatus": ("<", 2)}):
		return
	copy = frappe.copy_doc(frappe.get_doc("Sales Order", order))
	copy.update({"amended_from": order, "docstatus": 0})
	copy.insert()
	reopenings.name_new_order(name, copy.name)


def _other_wish(name: str, order: str, back_to: str, choices: Mapping[str, str]) -> Iterator[RuleViolation]:
	"""What runs is gone on with, and not turned into something else."""
	record = hold_rows.held_document("Order Reopening", name)
	known = {row.document_name: row.action for row in record.steps}
	if back_to != record.back_to or any(known.get(payment) != it for payment, it in choices.items()):
		yield RuleViolation(
			"is_opened_again", order=order, actor=record.actor, stage=record.back_to, name=name
		)


def _bad_choices(choices: Mapping[str, str], back_to: str) -> Iterator[RuleViolation]:
	for payment, choice in choices.items():
		if choice not in reopening.PAYMENT_CHOICES:
			yield RuleViolation("unknown_payment_choice", payment=payment, choice=choice)
		elif choice == reopening.KEEP and back_to != reopening.TO_PICK:
			yield RuleViolation("no_order_to_keep_it", payment=payment)


def _forbidden(step: UndoStep) -> RuleViolation:
	return RuleViolation("step_is_forbidden", doctype=step.doctype, name=step.name)
