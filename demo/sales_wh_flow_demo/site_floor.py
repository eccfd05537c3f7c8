"""The warehouse on a site: what was picked goes into boxes, and boxes leave with couriers and their notes."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.couriers import api as couriers_api
from sales_wh_flow.delivery import api as delivery_api
from sales_wh_flow.dispatch.rules.courier import tracking_link
from sales_wh_flow.packing import api as packing_api
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.site_people import do_owed_now, key
from sales_wh_flow_demo.site_reading import pick_rows
from sales_wh_flow_demo.site_steps import PICKER, Day, digits

MOST_BOXES = 3
"""Of a pick list; what would need more goes into a crate."""


@dataclass(slots=True)
class PackedBox:
	"""A closed box on its way out. ``driver``: it goes with the own van."""

	name: str
	order: str
	pick_list: str
	warehouse: str
	courier: str
	service: str = ""
	tracking_no: str = ""
	driver: str = ""


class Floor(Day):
	"""A day on which goods leave in boxes."""

	@property
	def packer(self) -> str:
		return doing.PACKER if doing.PACKER in self.emails else self.first(PICKER)

	def pack(self, name: str, pick_list: str) -> list[PackedBox]:
		"""The closed boxes that hold what was picked on a list."""
		boxes: list[str] = []
		with self.step(name, f"packing {pick_list}", self.email_of(self.packer)):
			for group in packing_api.to_pack(pick_list)["ship_tos"]:
				boxes += [_packed(pick_list, plan) for plan in _plans(group)]
		if not boxes:
			return []
		fields = ["name", "box_type", "weighed_kg", "warehouse", "courier", "courier_service"]
		rows = frappe.get_all("Order Box", {"name": ("in", boxes)}, fields, order_by="name")
		weight_kg, kinds = sum(row.weighed_kg for row in rows), tuple(row.box_type or "" for row in rows)
		warehouse = self.records.plain(rows[0].warehouse)
		self.tell(name, ev.BoxesPacked(self.today, name, pick_list, warehouse, kinds, weight_kg, self.packer))
		return [
			PackedBox(row.name, name, pick_list, row.warehouse, row.courier or "", row.courier_service or "")
			for row in rows
		]

	def label(self, boxes: Iterable[PackedBox]) -> None:
		"""Each box gets the freight of its courier's own rates, and a number where it has any; with a label
		where a program makes some.
		"""
		for box in boxes:
			with self.step(box.order, f"sending {box.name}", self.email_of(self.packer)):
				if self.records.is_sample:  # nobody else has said what a parcel costs
					couriers_api.take_rate_for_boxes([box.name], box.courier, box.service)
				if _makes_labels(box):
					box.tracking_no = couriers_api.make_courier_label(box.name)["tracking_no"]
				elif not box.driver:
					number = f"{box.courier[:2].upper()}{73000000 + digits(box.name)}"
					written = couriers_api.write_tracking_number(box.name, number, key=key())
					box.tracking_no = written["tracking_no"]

	def hand_over(self, boxes: list[PackedBox]) -> None:
		"""Boxes of one courier, warehouse and driver are scanned into its hand-over, which is closed."""
		handover = self.scan(boxes)
		if not handover:
			return
		with self.step(boxes[0].order, f"closing {handover}", self.email_of(self.packer)):
			delivery_api.close_handover(handover, key(), f"{boxes[0].driver or boxes[0].courier}, driver")
		do_owed_now("sales_wh_flow.delivery.jobs.close_handover")
		left: dict[tuple[str, str], list[PackedBox]] = {}
		for box in boxes:
			note = frappe.db.get_value("Order Box", box.name, "delivery_note")
			if note:
				left.setdefault((box.order, note), []).append(box)
		for (order, note), some in left.items():
			self.tell(order, self._left(order, note, handover, some))

	def scan(self, boxes: list[PackedBox]) -> str:
		"""The open hand-over that these boxes were scanned into; empty where that was refused."""
		first, handover = boxes[0], ""
		with self.step(first.order, f"handing over {first.name}", self.email_of(self.packer)):
			driver = frappe.db.get_value("Driver", {"full_name": first.driver}) if first.driver else None
			vehicle = doing.PLATE if driver else None
			shown = delivery_api.begin_handover(first.courier, first.warehouse, key(), driver, vehicle)
			for box in boxes:
				delivery_api.scan_into_handover(shown["name"], box.tracking_no or box.name, key())
			handover = shown["name"]
		return handover

	def _left(self, order: str, note: str, handover: str, boxes: list[PackedBox]) -> ev.GoodsDispatched:
		lists = list(dict.fromkeys(box.pick_list for box in boxes))
		numbers = [box.tracking_no for box in boxes if box.tracking_no]
		pattern = frappe.get_cached_value("Courier", boxes[0].courier, "tracking_url")
		instructions = frappe.db.get_value("Sales Order", order, "swf_special_instructions")
		return ev.GoodsDispatched(
			self.today,
			order,
			delivery_note=note,
			pick_list=", ".join(lists),
			warehouse=self.records.plain(boxes[0].warehouse),
			rows=tuple(row for pick_list in lists for row in pick_rows(self.records, pick_list)),
			courier=boxes[0].courier,
			service=boxes[0].service,
			tracking_no=", ".join(numbers),
			tracking_link=(tracking_link(pattern, numbers[0]) or "") if numbers else "",
			instructions=instructions or "",
			handover=handover,
		)


def _makes_labels(box: PackedBox) -> bool:
	return bool(not box.driver and frappe.get_cached_value("Courier", box.courier, "label_url"))


def _plans(group: dict) -> list[tuple[str, list[tuple[str, float]]]]:
	"""(type, scans) of each box: as the page proposes them, else one crate, a box where there are no types.

	A scan is the text of a label and how many in stock units it stands for.
	"""
	proposal = group["proposal"]
	is_followed = not proposal["unknown"] and not proposal["too_large"]
	left = [[row, row["left"], list(row["serial_nos"])] for row in group["rows"] if is_positive(row["left"])]
	plans = []
	if is_followed and 0 < len(proposal["boxes"]) <= MOST_BOXES:
		for box in proposal["boxes"]:
			scans = [scan for item, qty in box["goods"] for scan in _scans(left, item, qty)]
			plans.append((box["kind"], scans))
	rest = [scan for row, _qty, _serials in left for scan in _scans(left, row["item_code"], float("inf"))]
	if rest:
		large = doing.BOX_TYPES[-1]["box_type"]
		plans.append((large if frappe.db.exists("Box Type", large) else "", rest))
	return plans


def _scans(left: list[list], item: str, wanted: float) -> list[tuple[str, float]]:
	"""What is scanned to take so much of an item out of what is left, which falls by it."""
	scans: list[tuple[str, float]] = []
	for entry in left:
		row, there, serials = entry
		part = min(there, wanted)
		if row["item_code"] != item or not is_positive(part):
			continue
		if serials:
			scans += [(serials.pop(0), 1.0) for _piece in range(int(part))]
		else:
			scans.append((row["batch_no"] or item, part))
		entry[1] = flt(there - part, 6)
		wanted -= part
	return scans


def _packed(pick_list: str, plan: tuple[str, list[tuple[str, float]]]) -> str:
	"""The closed box of a plan, weighed and labelled."""
	kind, scans = plan
	box = packing_api.open_box(key(), pick_list=pick_list, box_type=kind)["name"]
	for text, qty in scans:
		held = packing_api.put_in(key(), box, text, pick_list=pick_list, qty=qty)
	packing_api.close_box(key(), box, weighed_kg=max(round(held["expected_kg"], 2), 0.01))
	return box
