"""What the flow does while a Delivery Note lives."""

from sales_wh_flow.approval import gate, judge_change
from sales_wh_flow.billing import money
from sales_wh_flow.delivery import gate as delivery_gate
from sales_wh_flow.delivery import undo
from sales_wh_flow.dispatch import cut_units, deliver, fit_bundles, on_the_way, picked_parts, whole_bundles
from sales_wh_flow.milestones import happened
from sales_wh_flow.order import let_go, links, refresh_status
from sales_wh_flow.order_changes import beside_lists
from sales_wh_flow.packing import follow_documents as boxes
from sales_wh_flow.packing import gate as packing_gate
from sales_wh_flow.packing import slips
from sales_wh_flow.returns import box_returned, case_state, components, inspect, limit


def before_insert(doc, method=None):
	judge_change.check_unvalidated(doc)


def before_validate(doc, method=None):
	links.complete_links(doc)
	inspect.answer_for_return(doc)
	deliver.carry_over(doc)
	on_the_way.name_targets(doc)
	cut_units.put_together(doc)
	fit_bundles.fit(doc)


def validate(doc, method=None):
	components.as_sent(doc)
	slips.count_slips(doc)
	deliver.keep_bundles_apart(doc)
	picked_parts.name_lots(doc)
	deliver.check_courier(doc)
	judge_change.check_delivery(doc)


def before_submit(doc, method=None):
	gate.keep_granted_credit_of_orders(doc, "against_sales_order")
	limit.check_return_limit(doc)
	packing_gate.check_packed(doc)
	whole_bundles.check_bundles_are_whole(doc)
	beside_lists.refuse_beside_lists(doc)


def on_submit(doc, method=None):
	deliver.count_bundles(doc)
	boxes.leave_with(doc)
	box_returned.follow(doc)
	refresh_status.of_submitted(doc, "items", "against_sales_order")
	happened.note_all("May Be Invoiced", money.refresh_of_rows(doc, "against_sales_order"))


def before_cancel(doc, method=None):
	undo.check_document(doc)


def on_cancel(doc, method=None):
	deliver.count_bundles(doc)
	undo.take_boxes_back(doc)
	case_state.follow_case_papers(doc)
	boxes.come_back_from(doc)
	refresh_status.of_submitted(doc, "items", "against_sales_order")
	happened.note_all("May Be Invoiced", money.refresh_of_rows(doc, "against_sales_order"))


def before_update_after_submit(doc, method=None):
	delivery_gate.check_confirmation(doc)


def on_discard(doc, method=None):
	boxes.let_go_of(doc)
	case_state.follow_case_papers(doc)


def after_delete(doc, method=None):
	case_state.follow_case_papers(doc)


def on_update_after_submit(doc, method=None):
	refresh_status.refresh_orders_of(doc, "items", "against_sales_order")
	happened.note_all("May Be Invoiced", money.refresh_of_rows(doc, "against_sales_order"))


def on_trash(doc, method=None):
	boxes.let_go_of(doc)
	let_go.let_go_of_number(doc)
