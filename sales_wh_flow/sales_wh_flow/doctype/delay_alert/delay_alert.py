from sales_wh_flow.base.records import Record


class DelayAlert(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.delay_alert_event.delay_alert_event import DelayAlertEvent

		best_step: DF.Data | None
		cause: DF.SmallText | None
		company: DF.Link | None
		deleted_order: DF.Data | None
		done_on: DF.Datetime | None
		due_on: DF.Datetime | None
		expected_on: DF.Date | None
		happenings: DF.Table[DelayAlertEvent]
		is_handed_over: DF.Check
		is_shadow: DF.Check
		lateness: DF.Literal["At Risk", "Late"]
		level: DF.Int
		open_of_order: DF.Data | None
		promised_on: DF.Date | None
		raised_on: DF.Datetime | None
		responsible_role: DF.Link | None
		responsible_user: DF.Link | None
		sales_order: DF.Link | None
		snooze_reason: DF.SmallText | None
		snoozed_until: DF.Datetime | None
		stage: DF.Data | None
		state: DF.Literal["Open", "Snoozed", "Done"]
		warehouse: DF.Link | None
	# end: auto-generated types
	pass
