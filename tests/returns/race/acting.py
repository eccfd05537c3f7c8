"""What a runner can do with goods that come back."""

import os
import signal

import frappe

from sales_wh_flow.base import retry
from sales_wh_flow.returns import api, jobs
from sales_wh_flow.stock_lock.store import picked_bundles, picks
from tests.racing import actions
from tests.racing.harness import ready


def post(case: str) -> dict:
	frappe.get_doc("Return Case", case)
	ready()
	return api.post_return(case)


def credit(case: str) -> dict:
	frappe.get_doc("Return Case", case)
	ready()
	return api.credit_return(case)


def scan(text: str) -> str:
	frappe.db.exists("Serial No", text)
	ready()
	return api.open_return_by_scan(text)


def cancel_case(case: str) -> None:
	frappe.get_doc("Return Case", case)
	ready()
	api.cancel_return(case, "nothing came")


def submit_native_return(note: str) -> str:
	"""Somebody submits a return of ERPNext's own that lies there as a draft."""
	return actions.submit("Delivery Note", note)


def cancel_note(note: str) -> str:
	doc = frappe.get_doc("Delivery Note", note)
	ready()
	actions.do(doc, "cancel")
	return note


def reopen_and_die(reopening: str, is_written: bool) -> None:
	"""The job is killed (SIGKILL) at its first step: when that is committed, or just before."""
	ready()
	native = retry._commit

	def commit(done):
		if is_written:
			native(done)
		os.kill(os.getpid(), signal.SIGKILL)

	retry._commit = commit
	jobs.reopen_order(reopening)


def reopen(reopening: str) -> None:
	ready()
	jobs.reopen_order(reopening)


def start_reopening(order: str) -> str:
	frappe.get_doc("Sales Order", order)
	ready()
	return api.reopen_order(order, "To Pick", "the customer changed his mind")


def count_picked(orders: list[str], pick_lists: list[str]) -> None:
	"""As while Bins are held; whoever has to wait for another's order or list two seconds gives up."""
	frappe.db.sql("set session innodb_lock_wait_timeout = 2")
	ready()
	try:
		picks.write_picked(orders)
		picked_bundles.write_delivered(pick_lists)
	finally:
		frappe.db.sql("set session innodb_lock_wait_timeout = default")
