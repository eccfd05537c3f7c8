"""Who does a step on a site: in their name, in a transaction of their own, as the desk would."""

import secrets
from contextlib import contextmanager

import frappe
from frappe.utils import cstr, getdate, strip_html

from sales_wh_flow.base import jobs
from sales_wh_flow_demo import approvers
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import Order
from sales_wh_flow_demo.loading.records import Records


class People:
	"""The people of a loaded company; ``events`` is what they did so far, in its order."""

	def __init__(self, records: Records):
		self.records = records
		self.data = records.data
		self.today = getdate()
		self.events: list[ev.Event] = []
		self.orders: dict[str, Order] = {}
		self.emails = {person.name: records.email(person) for person in self.data.people}
		self._status: dict[str, str] = {}
		self._last_message = ""

	def tell(self, name: str, *story: ev.Event) -> None:
		self.events += story
		status = cstr(frappe.db.get_value("Sales Order", name, "swf_flow_status")) or "Draft"
		if self._status.get(name) != status:
			self._status[name] = status
			self.events.append(ev.StatusReached(self.today, name, status))

	def first(self, role: str) -> str:
		"""The name of the first person with the role, else the Administrator's."""
		holders = approvers.holders(self.data.people, role)
		return holders[0].name if holders else "Administrator"

	def email_of(self, person: str) -> str:
		return self.emails.get(person, "Administrator")

	@contextmanager
	def acting(self, user: str):
		"""As this user, in a transaction of their own."""
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
			frappe.db.commit()
		finally:
			messages = [strip_html(cstr(message.get("message"))) for message in frappe.local.message_log]
			self._last_message = messages[-1] if messages else ""
			frappe.local.message_log = []
			frappe.set_user(before)

	@contextmanager
	def step(self, name: str, what: str, user: str):
		"""A step that may be refused: then nothing of it stays, and the story says so."""
		try:
			with self.acting(user):
				yield
		except (frappe.ValidationError, frappe.PermissionError) as refused:
			message = self.reason(refused)
			frappe.db.rollback()
			who = next((person for person, email in self.emails.items() if email == user), user)
			told = ev.StepRefused(self.today, name, what, who, message)
			if told not in self.events:
				self.tell(name, told)

	def reason(self, refused: Exception) -> str:
		"""What the person was told: the error's text, else the last message."""
		told = strip_html(str(refused)) or self._last_message
		return told or type(refused).__name__


def key() -> str:
	"""As a phone makes one for each action."""
	return secrets.token_hex(16)


def do_owed_now(method: str) -> None:
	"""What a step owes since its commit is done at once, as a worker of the desk would do it."""
	for name, owner in frappe.get_all("Owed Work", {"method": method}, ["name", "owner"], as_list=True):
		before = frappe.session.user
		frappe.set_user(owner)
		try:
			jobs.do_owed(name)
			frappe.db.commit()
		finally:
			frappe.set_user(before)
