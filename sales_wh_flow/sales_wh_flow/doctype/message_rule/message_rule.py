from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.milestones import check_rule
from sales_wh_flow.milestones.store import queue
from sales_wh_flow.milestones.store.rules import forget_rules


class MessageRule(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.message_rule_template.message_rule_template import (
			MessageRuleTemplate,
		)

		audience: DF.Literal["Customer", "Seller", "Warehouse", "Accounts"]
		channel: DF.Literal["Mail", "Desk", "Webhook", "Notification"]
		company: DF.Link | None
		customer_group: DF.Link | None
		digest: DF.Check
		milestone: DF.Literal[
			"Confirmed",
			"Approved and Locked",
			"Short",
			"Delayed",
			"Ready",
			"Dispatched",
			"Delivered",
			"Refused",
			"Return Announced",
			"Return Received",
			"Refunded",
			"May Be Invoiced",
		]
		notification: DF.Link | None
		receiver_role: DF.Link | None
		state: DF.Literal["Off", "Shadow", "On"]
		templates: DF.Table[MessageRuleTemplate]
		title: DF.Data
		webhook_secret: DF.Password | None
		webhook_shown: DF.Data | None
		webhook_url: DF.Password | None

	# end: auto-generated types
	def validate(self):
		check_rule.check_message_rule(self)

	def on_update(self):
		forget_rules()

	def after_rename(self, old, new, merge=False):
		forget_rules()

	def on_trash(self):
		queue.outlive_rule(self.name)
		forget_rules()
