from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.milestones import check_rule
from sales_wh_flow.milestones.store import queue
from sales_wh_flow.milestones.store.rules import forget_rules


class MessageRule(EmptyMeansAny, Document):
	def validate(self):
		check_rule.check_message_rule(self)

	def on_update(self):
		forget_rules()

	def after_rename(self, old, new, merge=False):
		forget_rules()

	def on_trash(self):
		queue.outlive_rule(self.name)
		forget_rules()
