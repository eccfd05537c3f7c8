"""What users read when an approval is needed, or can't be given: what, where, and what to do."""

import frappe
from frappe import _

from sales_wh_flow.approval import entrance_refusals


class ApprovalRequired(frappe.ValidationError):
	"""The order owes approvals that nobody has given yet."""


class FiguresChanged(frappe.ValidationError):
	"""What an approval showed got worse before it was decided."""


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		**entrance_refusals.texts_of_entrances(),
		"figures_changed": (
			_(
				"The figures of {approval} got worse since they were shown: {reason}. "
				"Look at them and decide again."
			),
			_("Figures Changed"),
			FiguresChanged,
		),
		"row_sent_twice": (
			_("{name} has a row twice in {table}; only the last would be stored. Send each row once."),
			_("Row Sent Twice"),
			invalid,
		),
		"already_decided": (
			_("{approval} is {state} already. Reload the order to see who decided."),
			_("Already Decided"),
			invalid,
		),
		"not_an_approver": (
			_(
				"{approval} waits for someone else: {role}. Only those who are asked can decide, "
				"by role or by name."
			),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"voted_already": (
			_("You have approved {approval} already. Others on this level have to decide."),
			_("Already Decided"),
			invalid,
		),
		"waits_for_answer": (
			_("{approval} waits for the sales user, who has to accept or decline the condition: {condition}"),
			_("Waits for an Answer"),
			invalid,
		),
		"link_is_not_ours": (
			_("This link was not made by this site, or is not complete. Open the order in the desk instead."),
			_("Link Can't Be Used"),
			frappe.PermissionError,
		),
		"link_is_too_old": (
			_("This link is too old. Open the order in the desk to decide about {approval}."),
			_("Link Is Too Old"),
			invalid,
		),
		"link_is_dead": (
			_(
				"This link does not work any more: its user may not decide {approval}. "
				"Ask whoever sent it to you."
			),
			_("Link Does Not Work Any More"),
			frappe.PermissionError,
		),
		"link_was_used": (
			_("This link was used before; it decides once. Open the order to see what became of {approval}."),
			_("Link Was Used"),
			invalid,
		),
		"link_is_outdated": (
			_("The order changed after this link was sent. Open it in the desk to decide about {approval}."),
			_("Order Changed"),
			invalid,
		),
		"forward_to_itself": (
			_("{user} is asked already. Forward the request to somebody else."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_blind": (
			_("{user} is disabled or may not read {order}. Choose somebody who may."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_author": (
			_("{user} wrote the order or asked for its approval. Choose somebody else to decide."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_asked": (
			_("{user} is asked by name already, or has decided. Choose somebody else."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"unknown_condition": (
			_("{kind} is no condition the flow knows. Choose one of: {known}."),
			_("Unknown Condition"),
			invalid,
		),
		"condition_percent": (
			_("{kind} of {value} % makes no sense: a discount is below 100, a prepayment up to 100."),
			_("Percent"),
			invalid,
		),
		"condition_met": (
			_("The order meets this condition already: {condition} Approve it as it is, or ask for more."),
			_("Nothing to Change"),
			invalid,
		),
		"nothing_available": (
			_("Nothing of Sales Order {order} is free in stock: nothing would be left to order."),
			_("Nothing Available"),
			invalid,
		),
		"condition_needs_draft": (
			_("Sales Order {order} is submitted: a condition can change drafts only. Approve or refuse it."),
			_("Not a Draft"),
			invalid,
		),
		"no_condition": (
			_("{approval} has no condition that waits for an answer. Reload the order to see why."),
			_("Nothing to Accept"),
			invalid,
		),
		"delegation_to_itself": (
			_("{user} can't stand in for the same user. Choose somebody else."),
			_("Delegation"),
			invalid,
		),
		"delegation_to_oneself": (
			_(
				"Nobody takes over by himself, or for longer than named, what {user} decides. Ask {user} or "
				"another System Manager to name you as the substitute for these days."
			),
			_("Delegation"),
			frappe.PermissionError,
		),
		"delegation_in_circle": (
			_(
				"{substitute} has handed on to {user}, directly or through others, at that time: the "
				"requests would go in a circle. Choose somebody else or other days."
			),
			_("Goes in a Circle"),
			invalid,
		),
		"delegation_dates": (
			_("The delegation ends on {last}, before it begins on {first}."),
			_("Delegation"),
			invalid,
		),
		"delegation_to_disabled": (
			_("{user} is disabled or has no access to the desk, and can't decide for anybody."),
			_("Delegation"),
			invalid,
		),
		"limit_too_low": (
			_(
				"{approval} is about an order of {value}, which is above your authority. "
				"Somebody with a higher limit has to decide."
			),
			_("Above Your Authority"),
			frappe.PermissionError,
		),
		"no_approver": (_("Name at least one approver."), _("Approver Missing"), invalid),
		"approver_twice": (
			_("{approver} is named twice on level {level}. Delete one of the rows."),
			_("Named Twice"),
			invalid,
		),
		"level_without_approver": (
			_("Level {level} has no approver. Name one, or number the levels without gaps."),
			_("Empty Level"),
			invalid,
		),
		"level_below_one": (
			_("Level {level} does not exist; levels are numbered from 1."),
			_("Level"),
			invalid,
		),
		"limit_not_rising": (
			_(
				"Level {level} may decide up to {limit}, level {below} before it up to {below_limit} "
				"already: level {level} would never decide anything. Raise its limit."
			),
			_("Limits Contradict Each Other"),
			invalid,
		),
		"level_twice": (
			_("Level {level} is described twice under Levels. Delete one of the rows."),
			_("Level Twice"),
			invalid,
		),
		"more_than_are_asked": (
			_(
				"Level {level} needs {needed} approvals but asks {asked} people. Lower the number or "
				"name more."
			),
			_("Too Few Approvers"),
			invalid,
		),
		"escalation_without_due": (
			_("Level {level}: '{step}' needs a due time. Fill Due After (Working Hours)."),
			_("Due Time Missing"),
			invalid,
		),
		"no_next_level": (
			_("Level {level} is the last one: there is no next level to ask. Choose a role instead."),
			_("No Next Level"),
			invalid,
		),
		"escalates_to_itself": (
			_("Level {level} asks the role {role} from the start; when due, ask another one."),
			_("Goes in a Circle"),
			invalid,
		),
		"own_order": (
			_(
				"{approval} is about your own order: you made it, asked for it or changed it. Somebody else "
				"with the approver's role has to decide."
			),
			_("Own Order"),
			frappe.PermissionError,
		),
		"order_changed": (
			_("{order} changed after {approval} was asked. Look at it again before you decide."),
			_("Order Changed"),
			invalid,
		),
		"waits_for_approval": (
			_(
				"Sales Order {order} was changed after it was approved and waits for: {rules}. Nothing of it "
				"is picked, shipped or billed until somebody approves, or the change is taken back."
			),
			_("Waits for Approval"),
			invalid,
		),
		"draft_ships_nothing": (
			_(
				"Sales Order {order} is a draft. Nothing of it is picked, shipped or billed before it is "
				"submitted, with its approvals: submit it first."
			),
			_("Not Submitted"),
			invalid,
		),
		"reminded_already": (
			_("Everybody was reminded of {approval} at {at}. You can remind again from {again}."),
			_("Reminded Already"),
			invalid,
		),
		"condition_needs_order": (
			_(
				"Quotation {quotation} can be approved or refused, not under a condition. Ask back to say "
				"what would have to change."
			),
			_("Quotation"),
			invalid,
		),
		"withdraw_needs_draft": (
			_(
				"{order} is submitted: what waits is its change. Take the change back with "
				"Update Items, or wait for the decision."
			),
			_("Not a Draft"),
			invalid,
		),
		"nothing_to_withdraw": (
			_("Nothing of {order} waits for an approval. Reload it to see why."),
			_("Nothing to Take Back"),
			invalid,
		),
		"no_question": (
			_("{approval} has no question that waits for an answer. Reload the order to see why."),
			_("Nothing to Answer"),
			invalid,
		),
		"switched_off": (
			_("{capability} is switched off in Sales Flow Settings."),
			_("Switched Off"),
			invalid,
		),
	}
