"""What a killed or doubled sender does, in a process of its own."""

import os
import signal
import time

import frappe

from sales_wh_flow.base import retry
from sales_wh_flow.milestones import api, jobs
from tests.racing.harness import ready


def send_messages() -> int:
	"""The job, as a worker runs it."""
	ready()
	return jobs.send_messages()


def die_before_commit(messages: int) -> None:
	"""The job is killed when it has queued so many mails and committed all but the last."""
	ready()
	native, left = retry._commit, [messages]

	def commit(done):
		left[0] -= 1
		if left[0] <= 0 and frappe.db.sql("select 1 from `tabOrder Message` where state = 'Sent' limit 1"):
			os.kill(os.getpid(), signal.SIGKILL)
		native(done)

	retry._commit = commit
	jobs.send_messages()


def note_ready(order: str) -> None:
	"""The same happening is noted by several at once."""
	from sales_wh_flow.milestones import happened

	ready()
	happened.note_happened("Ready", order)


def copy_link(order: str) -> str:
	"""Somebody who has the order's form open copies its customer's link."""
	frappe.get_doc("Sales Order", order)
	ready()
	return api.customer_page_link(order)


def cancel_slowly(order: str) -> None:
	"""The order is cancelled by somebody whose transaction lasts."""
	ready()
	frappe.get_doc("Sales Order", order).cancel()
	time.sleep(1.5)


def send_meanwhile() -> int:
	"""The job begins while somebody is at the orders, and has seen them as they were before."""
	ready()
	time.sleep(0.7)
	return jobs.send_messages()
