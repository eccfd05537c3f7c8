"""What becomes of boxes on their way: couriers send signed messages, a driver proves what he delivered."""

import json
from datetime import datetime, timezone

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

import frappe

from sales_wh_flow.couriers import api as couriers_api
from sales_wh_flow.couriers.rules import signature, states
from sales_wh_flow.delivery import api as delivery_api
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.site_floor import Floor, PackedBox
from sales_wh_flow_demo.site_people import do_owed_now, key

ROADS = (
	("in_transit", "out_for_delivery", "delivered"),
	("in_transit", "delivered"),
	("in_transit", "delivery_failed"),
	("in_transit", "out_for_delivery", "delivered"),
	("in_transit", "out_for_delivery"),
	(),
	("delivered",),
	("in_transit",),
)
"""What the courier tells of one parcel after the other; nothing of one."""
NOT_HOME = "consignee_not_home"
SIGNATURE = (
	"data:image/png;base64,"
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""What a receiver drew on the glass: a dot is enough."""


class Road(Floor):
	"""A day on which goods are on their way, and arrive or not."""

	def follow_parcels(self, boxes: list[PackedBox]) -> list[PackedBox]:
		"""The courier tells of its parcels, each message signed. Returns those that arrived."""
		secret = frappe.get_doc("Courier", doing.PARCELS).get_password("webhook_secret")
		arrived = []
		for box, road in zip(boxes, ROADS * (len(boxes) // len(ROADS) + 1), strict=False):
			for state in road:
				self._courier_says(secret, box, state)
			if not road:
				days = frappe.get_cached_value("Courier", box.courier, "silent_after_days")
				silent = f"not a word yet; after {days} working days Silent Parcels names it"
				self.tell(box.order, ev.ParcelTold(self.today, box.order, box.name, silent, box.courier))
			if road[-1:] == ("delivered",):
				arrived.append(box)
		do_owed_now("sales_wh_flow.couriers.jobs.confirm_delivered")
		for box in arrived:
			self.tell(box.order)
		return arrived

	def _courier_says(self, secret: str, box: PackedBox, state: str) -> None:
		told = {"tracking_number": box.tracking_no, "status": state}
		told["happened_on"] = datetime.now(timezone.utc).isoformat()
		told["reason"] = NOT_HOME if state == states.DELIVERY_FAILED else ""
		outcome = self._post(secret, f"{box.tracking_no}-{state}", json.dumps(told).encode(), box.courier)
		words = state.replace("_", " ") + ("" if outcome == "Moved" else f" ({outcome})")
		why = told["reason"].replace("_", " ")
		self.tell(box.order, ev.ParcelTold(self.today, box.order, box.name, words, box.courier, why))

	def _post(self, secret: str, message: str, body: bytes, courier: str) -> str:
		"""What the site's door for couriers answers to a message, as to one that comes by HTTP."""
		stamp = str(int(datetime.now(timezone.utc).timestamp()))
		signed = signature.sign_message(secret, message, stamp, body)
		headers = {"webhook-id": message, "webhook-timestamp": stamp, "webhook-signature": signed}
		asked = EnvironBuilder(method="POST", query_string={"courier": courier}, data=body, headers=headers)
		with self.acting("Guest"):
			frappe.local.request = Request(asked.get_environ())
			try:
				return couriers_api.receive()["outcome"]
			finally:
				del frappe.local.request

	def drive(self, boxes: list[PackedBox]) -> list[PackedBox]:
		"""The driver delivers: the first box is signed for, the second refused, the others are still to go.

		Returns the boxes that were refused.
		"""
		driver = self.email_of(doing.DRIVER)
		answers = (
			{"answer": "accept", "receiver": "Reception", "signature": SIGNATURE},
			{"answer": "refuse", "reason": "Not Ordered", "receiver": "Yard foreman"},
		)
		refused = []
		for box, receipt in zip(boxes, answers, strict=False):
			told = ""
			with self.step(box.order, f"delivering {box.name}", driver):
				told = delivery_api.prove_delivery(box.name, receipt, key())["state"]
			why, words = receipt.get("reason", ""), told.lower()
			if told and not why:
				words += f", signed by {receipt['receiver']}"
			if told:
				self.tell(box.order, ev.ParcelTold(self.today, box.order, box.name, words, doing.DRIVER))
			if told and why:
				refused.append(box)
				self.tell(box.order, ev.GoodsRefused(self.today, box.order, self._in_box(box), why))
		return refused

	def _in_box(self, box: PackedBox) -> tuple[ev.Row, ...]:
		fields = ["sales_order_item", "item_code", "qty_stock", "stock_uom", "batch_no", "serial_nos"]
		rows = frappe.get_all("Order Box Item", {"parent": box.name}, fields, order_by="idx")
		where = self.records.plain(box.warehouse)
		return tuple(
			ev.Row(
				row.sales_order_item,
				frappe.db.get_value("Sales Order Item", row.sales_order_item, "idx") or 0,
				row.item_code,
				where,
				row.qty_stock,
				row.stock_uom,
				(row.batch_no or row.serial_nos or "").replace("\n", " "),
			)
			for row in rows
		)
