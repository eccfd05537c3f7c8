"""What a phone does from the shelf to the courier, with lost answers; run in a process of its own."""

import random

import frappe
from frappe.utils import set_request

from sales_wh_flow.delivery import api as delivery
from sales_wh_flow.packing import api as packing
from sales_wh_flow.picking import api as picking
from tests.racing.harness import ready

LOST = 0.3
"""So often an answer does not arrive, and the phone sends the same once more."""


def work(lists: list[tuple[str, str]], boxes: int, handover: str, device: str) -> list[str]:
	"""Walk for each (Pick List, item), pack each piece into a box of its own, and hand the boxes over.

	The keys are the device's: who is killed and begins again sends what is done already under the same ones.
	"""
	set_request(method="POST", path="/")
	ready()
	chance, made = random.Random(), []

	def send(action, key: str, *args, **values):
		call = {**values, "key": f"{device}-{key}"}
		answer = action(*args, **call)
		if chance.random() < LOST:
			answer = action(*args, **call)
		return answer

	for pick_list, item in lists:
		for at in range(boxes):
			send(picking.confirm_scan, f"{pick_list}-found-{at}", pick_list, item)
		send(picking.finish_list, f"{pick_list}-done", pick_list)
		for at in range(boxes):
			key = f"{pick_list}-box-{at}"
			box = send(packing.open_box, f"{key}-open", pick_list=pick_list)["name"]
			send(packing.put_in, f"{key}-in", box=box, text=item, pick_list=pick_list)
			send(packing.close_box, f"{key}-close", box=box)
			send(delivery.scan_into_handover, f"{key}-gone", handover, box)
			made.append(box)
	frappe.db.commit()
	return made
