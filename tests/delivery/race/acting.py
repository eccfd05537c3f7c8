"""What two phones, two presses and two workers do at the same moment. The harness commits."""

from sales_wh_flow.collection import api as collection
from sales_wh_flow.couriers import api as couriers
from sales_wh_flow.delivery import api, jobs
from tests.delivery import delivery_world as world
from tests.racing.harness import ready


def scan(handover: str, box: str) -> str:
	ready()
	return world.scan(handover, box)["scanned"]


def scan_all(handover: str, boxes: list[str]) -> list[str]:
	ready()
	return [world.scan(handover, box)["scanned"] for box in boxes]


def scan_with_key(handover: str, box: str, key: str) -> dict:
	ready()
	return api.scan_into_handover(handover, box, key)


def take_out(handover: str, box: str) -> str:
	ready()
	return api.take_out_of_handover(handover, box, world.key())["taken_out"]


def begin(courier: str, warehouse: str) -> str:
	ready()
	return world.begin(courier, warehouse)


def press_close(handover: str) -> str:
	"""Press Close; the press itself does not run the job."""
	ready()
	return api.close_handover(handover, world.key())["state"]


def close(handover: str) -> str | None:
	"""What a worker does once Close was pressed."""
	ready()
	return jobs.close_handover(handover)


def prove(box: str, answer: str = "accept", **receipt) -> str:
	ready()
	return world.prove(box, answer, **receipt)["proof"]


def refuse(box: str) -> str:
	ready()
	return world.prove(box, "refuse", reason="Damaged")["proof"]


def correct(proof: str) -> str:
	ready()
	return world.correct(proof, "refuse", reason="Damaged")["proof"]


def get_label(box: str) -> str:
	ready()
	return couriers.make_courier_label(box)["tracking_no"]


def void_label(box: str) -> bool:
	ready()
	return couriers.void_courier_label(box, "Wrong tape")["is_taken_back"]


def fetch(box: str) -> str:
	ready()
	return collection.hand_out(world.key(), [box], "Ada", signature=world.PNG)["document"]
