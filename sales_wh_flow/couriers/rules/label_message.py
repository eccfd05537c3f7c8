"""What a program between us and a courier is asked for a label, and how its answer is read."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.couriers.rules.labels import Declared, Label, LabelAsk, Party

MAKE, VOID = "label.create", "label.cancel"
_LONGEST_WHY = 280
PDF, ZPL = "PDF", "ZPL"


def body_of_label(ask: LabelAsk, happened_on: datetime) -> bytes:
	"""The body of the call that asks for a label."""
	return _body(
		MAKE,
		happened_on,
		{
			"key": ask.key,
			"box": ask.box,
			"service": ask.service,
			"label_format": ask.kind,
			"orders": list(ask.orders),
			"sender": _party(ask.sender),
			"ship_to": _party(ask.ship_to),
			"weight_kg": ask.kg,
			"size_cm": list(ask.sides_cm),
			"goods": [_goods(it) for it in ask.goods],
			"currency": ask.currency,
			"collect_on_delivery": ask.cod_amount,
			"incoterm": ask.incoterm,
			"instructions": ask.instructions,
		},
	)


def body_of_void(label_ref: str, tracking_no: str, happened_on: datetime) -> bytes:
	"""The body of the call that gives a label back."""
	return _body(VOID, happened_on, {"ref": label_ref, "tracking_number": tracking_no})


def label_told(body: bytes) -> Label:
	"""The label in an answer: {"tracking_number", "label": base64 of a PDF or of ZPL, "ref", "freight"}.

	Raises: ValueError saying what is missing.
	"""
	found = read_object(body)
	number = courier_message.tidy_number(found.get("tracking_number"))
	if not courier_message.is_number(number):
		raise ValueError("no tracking_number")
	content = decoded(found.get("label"))
	ref = str(found.get("ref") or number)[:140]
	return Label(number, ref, content, kind_of_label(content), _price(found.get("freight")))


def _price(told: object) -> float | None:
	"""What is no price is not known."""
	if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < 1e9:
		return None
	return float(told)


def is_voided(body: bytes) -> bool:
	"""Whether an answer says that the label is no longer charged for. Raises: ValueError for no answer."""
	return read_object(body).get("cancelled") is True


def why_not(body: bytes) -> str:
	"""The courier's own words of a refusal; empty for none."""
	try:
		found = read_object(body)
	except ValueError:
		return ""
	said = found.get("error") or found.get("message")
	said = said.get("message") if isinstance(said, dict) else said
	return " ".join(str(said).split())[:_LONGEST_WHY] if isinstance(said, str) else ""


def decoded(text: object) -> bytes:
	"""The bytes behind base64, ZPL as it is. Raises: ValueError for what is no label."""
	if not isinstance(text, str) or not text.strip():
		raise ValueError("no label")
	if "^XA" in text:
		return text.encode()
	content = base64.b64decode(text, validate=False)
	if not kind_of_label(content):
		raise ValueError("the label is neither PDF nor ZPL")
	return content


def kind_of_label(content: bytes) -> str:
	"""PDF or ZPL, by what is inside; empty for anything else."""
	if content.lstrip()[:5] == b"%PDF-":
		return PDF
	return ZPL if b"^XA" in content[:4000] and b"^XZ" in content[-4000:] else ""


def read_object(body: bytes) -> Mapping[str, object]:
	"""Raises: ValueError for what is no JSON object."""
	try:
		found = json.loads(body.decode("utf-8"), parse_constant=lambda _text: None)  # NaN
	except (UnicodeDecodeError, RecursionError) as error:
		raise ValueError("no JSON") from error
	if not isinstance(found, dict):
		raise ValueError("no object")
	return found


def _body(kind: str, happened_on: datetime, data: Mapping[str, object]) -> bytes:
	whole = {"type": kind, "timestamp": happened_on.isoformat(), "data": data}
	return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def _party(it: Party) -> dict[str, object]:
	return {
		"name": it.name,
		"company": it.company,
		"lines": list(it.lines),
		"city": it.city,
		"state": it.state,
		"postcode": it.postcode,
		"country": it.country,
		"phone": it.phone,
		"email": it.email,
	}


def _goods(it: Declared) -> dict[str, object]:
	found: dict[str, object] = {
		"item_code": it.item_code,
		"description": it.text,
		"qty": it.qty,
		"value": it.value,
		"weight_kg": it.kg,
		"hs_code": it.hs_code,
		"origin": it.origin,
	}
	if it.un_number:
		found["dangerous"] = {
			"un_number": it.un_number,
			"shipping_name": it.shipping_name,
			"class": it.hazard_class,
			"packing_group": it.packing_group,
			"limited_quantity": it.is_limited,
		}
	return found
