"""What the flow does while a Sales Order lives. Every handler only calls the flow."""

from sales_wh_flow.approval import gate, hands, house_rates, judge_change, keep_as_draft
from sales_wh_flow.base import imported_rows
from sales_wh_flow.billing import money
from sales_wh_flow.delays import follow as delays
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.milestones import deleted_order, happened
from sales_wh_flow.order import let_go, read_all_lines, refresh_status, write_all_lines
from sales_wh_flow.order_changes import delivery_schedule, status_change, update_items
from sales_wh_flow.packing import address_follows, collect_stays
from sales_wh_flow.reroute import bring_together
from sales_wh_flow.returns import cancel_untouched
from sales_wh_flow.routing import route
from sales_wh_flow.shortage import by_policy, give_up
from sales_wh_flow.stock_lock import lock, release


def before_insert(doc, method=None):
	hands.credit_author(doc)


def before_validate(doc, method=None):
	status_change.start_as_draft(doc)
	route.suggest(doc)
	read_all_lines.read_all_lines(doc)


def validate(doc, method=None):
	lock.want_free_goods(doc)
	deliver.check_courier(doc)
	house_rates.keep_rates_of(doc)
	gate.follow_changes(doc)


def before_submit(doc, method=None):
	if keep_as_draft.may_be_submitted(doc):
		lock.prepare(doc)
		write_all_lines.write_all_lines(doc)


def on_submit(doc, method=None):
	gate.confirm(doc)
	lock.for_order(doc)
	refresh_status.refresh_order(doc.name)
	happened.note_all("May Be Invoiced", money.refresh_money([doc.name]))
	by_policy.look_by_policy_soon(doc)
	bring_together.bring_together_soon(doc)


def on_update(doc, method=None):
	refresh_status.of_draft(doc)
	keep_as_draft.ask_and_say(doc)
	imported_rows.keep_rows_apart()


def before_update_after_submit(doc, method=None):
	update_items.keep_erpnext_from_reserving(doc)
	collect_stays.keep_collecting(doc)
	address_follows.follow_address(doc)
	gate.keep_granted_credit(doc)


def on_update_after_submit(doc, method=None):
	judge_change.judge_submitted(doc)
	refresh_status.refresh_order(doc.name)
	happened.note_all("May Be Invoiced", money.refresh_money([doc.name]))
	imported_rows.keep_rows_apart()


def before_cancel(doc, method=None):
	lock.prepare(doc)
	cancel_untouched.check(doc.name)


def on_cancel(doc, method=None):
	release.release_after_cancel(doc)
	gate.withdraw_after_cancel(doc)
	give_up.keep_backorder_alive(doc)
	bring_together.drop_requests(doc.name)
	refresh_status.refresh_order(doc.name)
	money.forget_order(doc.name)


def on_discard(doc, method=None):
	delivery_schedule.end_schedule(doc)
	gate.withdraw_after_cancel(doc)
	refresh_status.refresh_order(doc.name)


def on_change(doc, method=None):
	status_change.refuse_for_draft(doc)
	is_sent, status = status_change.follow_bare_write(doc)
	if is_sent or status:
		happened.note_all("May Be Invoiced", money.refresh_money([doc.name]))
	if status == "Closed":
		bring_together.drop_requests(doc.name)


def on_trash(doc, method=None):
	gate.keep_approvals_of_deleted(doc)
	give_up.forget_actions(doc)
	money.forget_order(doc.name)
	deleted_order.let_go_of_order(doc.name)
	delays.end_of_order(doc.name)
	let_go.let_go_of_number(doc)
