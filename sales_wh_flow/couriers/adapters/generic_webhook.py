"""A courier, or a program between, that sends signed JSON of any shape and is asked for labels the same way;
freight is the company's own list.
"""

from datetime import datetime, timezone
from http.client import HTTPException

from sales_wh_flow.base import call_out
from sales_wh_flow.couriers.adapters.own_rates import OwnRates
from sales_wh_flow.couriers.port import CourierAccount, CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules import label_message, signature
from sales_wh_flow.couriers.rules.labels import Label, LabelAsk

MOST_BYTES = 6 * 1024 * 1024
SECONDS = 30.0
"""Some carriers take their time over a label."""

_BUSY = (408, 425, 429)
"""Asked too early or too often: no refusal."""


class GenericWebhook(OwnRates):
	"""Reads bodies by the paths and words of the courier's form: ``rules/courier_message.py``. Labels are
	made where *Address for Labels* says: ``rules/label_message.py``.
	"""

	knows_keys = True

	def __init__(self, account: CourierAccount):
		super().__init__(account)
		self.can_label = bool(account.label_url)

	def label(self, ask: LabelAsk) -> Label | None:
		if not self.can_label:
			return None
		now = datetime.now(timezone.utc)
		answer = self._call(ask.key, label_message.body_of_label(ask, now), now)
		try:
			return label_message.label_told(answer)
		except ValueError as error:
			raise CourierIsSilent(f"{self.account.courier}: {error}") from error

	def cancel(self, label_ref: str, tracking_no: str = "") -> bool:
		if not self.can_label:
			return False
		now = datetime.now(timezone.utc)
		body = label_message.body_of_void(label_ref, tracking_no, now)
		try:
			return label_message.is_voided(self._call(f"void-{label_ref}"[:140], body, now))
		except CourierSaysNo:
			return False
		except ValueError as error:
			raise CourierIsSilent(f"{self.account.courier}: {error}") from error

	def _call(self, key: str, body: bytes, now: datetime) -> bytes:
		account, stamp = self.account, str(int(now.timestamp()))
		headers = {
			"webhook-id": key,
			"webhook-timestamp": stamp,
			"webhook-signature": signature.sign_message(account.label_secret, key, stamp, body),
			"content-type": "application/json",
		}
		try:
			answer = call_out.call(
				account.label_url,
				body,
				headers,
				account.may_be_private,
				most_bytes=MOST_BYTES,
				seconds=SECONDS,
			)
		except (OSError, HTTPException, call_out.AddressIsRefused) as error:
			raise CourierIsSilent(f"{account.courier}: {type(error).__name__}: {error}") from error
		if 400 <= answer.status < 500 and answer.status not in _BUSY:
			raise CourierSaysNo(label_message.why_not(answer.body) or f"HTTP {answer.status}")
		if not 200 <= answer.status < 300:
			raise CourierIsSilent(f"{account.courier}: HTTP {answer.status}")
		return answer.body
