"""A stranger's request at the webhook, and its answer; also where Frappe could not read the body.

Frappe takes a JSON body apart before any method runs. What it can't read ends in an error of the server with
a traceback, for strangers too; a courier would send it for ever, and nobody could look at what came.
"""

import json

import frappe

from sales_wh_flow.base import retry
from sales_wh_flow.base.compat import read_body
from sales_wh_flow.base.turns import address_of
from sales_wh_flow.couriers import turns, webhook

_PATHS = frozenset(
	f"/api/{version}method/sales_wh_flow.couriers.api.receive" for version in ("", "v1/", "v2/")
)
_REFUSED = "Refused"


def answer_signed(request) -> tuple[int, str]:
	"""(status, outcome) of a message, which is believed by its signature."""
	sender = address_of(request)
	if turns.was_refused_too_often(sender):
		return 429, _REFUSED
	message = _message_of(request)
	courier = message and webhook.check_signature(message)
	if not courier:
		turns.count_refused(sender)
		return (401 if message else 413), _REFUSED
	if not turns.may_take(courier):
		return 429, _REFUSED
	return 200, retry.again_if_refused(lambda: webhook.take_message(courier, message))


def answer_unread(response=None, request=None) -> None:
	"""Hook after_request: a message whose body Frappe could not take apart is answered like any other."""
	if request is None or request.path.rstrip("/") not in _PATHS or request.method != "POST":
		return
	if response is None or response.status_code < 400 or _could_be_read(request):
		return
	frappe.set_user("Guest")
	status, outcome = answer_signed(request)
	response.status_code = status
	response.mimetype = "application/json"
	response.set_data(json.dumps({"message": {"outcome": outcome}}, separators=(",", ":")))


def _could_be_read(request) -> bool:
	"""Whether Frappe got as far as our method."""
	body = request.get_data()
	if not (body and request.is_json):
		return True
	try:
		return isinstance(read_body(body), dict | list)
	except (ValueError, RecursionError):
		return False


def _message_of(request) -> webhook.Message | None:
	"""None for what is too long to be a courier's."""
	if (request.content_length or 0) > webhook.MOST_BYTES or len(request.get_data()) > webhook.MOST_BYTES:
		return None
	head = request.headers
	return webhook.Message(
		courier=request.args.get("courier", ""),
		message_id=head.get("webhook-id", ""),
		stamp=head.get("webhook-timestamp", ""),
		signatures=head.get("webhook-signature", ""),
		body=request.get_data(),
	)
