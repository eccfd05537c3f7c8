"""What `milestones.api` answers."""

from datetime import datetime
from typing import TypedDict


class MessageOfOrder(TypedDict):
	"""A message about an order. ``channel``: E-Mail, Desk, Notification or Webhook; ``why``: in words, why it
	is in this state, else "".
	"""

	name: str
	box: str | None
	milestone: str
	audience: str
	receiver: str | None
	channel: str
	state: str
	why: str | None
	happened_on: datetime
	sent_on: datetime | None


class PreviewedMessage(TypedDict):
	"""What would be told now. ``message`` is HTML; webhooks and Notifications have no words of ours: ""."""

	rule: str
	audience: str
	channel: str
	receiver: str
	state: str
	why: str
	language: str
	subject: str
	message: str
