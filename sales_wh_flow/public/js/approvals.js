// Approvals on the desk: how one is shown, and the dialogs in which it is decided, forwarded or bound to a condition.
// The server checks each time who may. Frappe joins this file into several scripts; running it again must do no harm.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** By the state of an Order Approval, of one that was not asked yet, and of what a shadow rule saw. */
	approval_colours: {
		Open: "orange",
		Approved: "green",
		Rejected: "red",
		Superseded: "gray",
		"Not Asked": "gray",
		Shadow: "purple",
	},

	/** Whether an approver has offered a condition that nobody has answered yet. */
	is_offered({ state, condition }) {
		return state === "Open" && Boolean(condition) && condition.state === "Offered";
	},

	/** Whose turn it is; HTML. */
	who_decides(approval) {
		const { waits_for, who_in_turn, approver_role, who_can_decide = [], requested_by } = approval;
		const { escape } = sales_wh_flow;
		if (sales_wh_flow.is_offered(approval)) {
			return __("{0} accepts or declines the condition", [`<b>${escape(requested_by)}</b>`]);
		}
		const asked = `<b>${escape(waits_for || who_in_turn || approver_role)}</b>`;
		const named = who_can_decide.slice(0, 3).map(escape).join(", ");
		const more = who_can_decide.length - 3;
		if (!named) {
			return __("{0} decides, but nobody there can at this moment", [asked]);
		}
		if (named === escape(waits_for)) {
			return __("{0} decides", [asked]);
		}
		const people = more > 0 ? __("{0} and {1} more", [named, more]) : named;
		return __("{0} decides ({1})", [asked, people]);
	},

	/** "2 of 3" of an approval with several levels or voters; empty for a simple one. */
	level_words({ level, levels, needed, given }) {
		const words = [];
		if (levels > 1) {
			words.push(__("level {0} of {1}", [level, levels]));
		}
		if (needed > 1) {
			words.push(__("{0} of {1} have approved", [given || 0, needed]));
		}
		return words.join(", ");
	},

	/** When a decision is due, coloured: red once it is late, orange on its last day. */
	due_pill(due) {
		if (!due) {
			return "";
		}
		const moment = frappe.datetime.str_to_obj(due);
		const hours = (moment - frappe.datetime.str_to_obj(frappe.datetime.system_datetime())) / 3600000;
		const when = frappe.datetime.str_to_user(due);
		const title = `<span title="${sales_wh_flow.escape(when)}">`;
		if (hours < 0) {
			return `${title}${sales_wh_flow.pill(__("Overdue since {0}", [sales_wh_flow.short_time(due)]), "red")}</span>`;
		}
		const colour = hours < 24 ? "orange" : "gray";
		return `${title}${sales_wh_flow.pill(__("Due {0}", [sales_wh_flow.short_time(due)]), colour)}</span>`;
	},

	/** Day and hour without the year, in the user's format. */
	short_time(moment) {
		const [day, time = ""] = frappe.datetime.str_to_user(moment).split(" ");
		return `${day} ${time.slice(0, 5)}`.trim();
	},

	/** Asks for a comment and approves or refuses. */
	decide(approval, verb) {
		const is_refusal = verb === "refuse";
		return sales_wh_flow.ask_and_tell({
			title: is_refusal ? __("Refuse Approval") : __("Approve"),
			approval,
			fields: [sales_wh_flow.comment_field(is_refusal)],
			label: is_refusal ? __("Refuse") : __("Approve"),
			is_danger: is_refusal,
			run: ({ comment }) => sales_wh_flow.tell(verb, { approval: approval.name, comment: comment || "" }),
		});
	},

	comment_field(is_refusal) {
		return {
			fieldtype: "Small Text",
			fieldname: "comment",
			label: is_refusal ? __("Why") : __("Comment"),
			reqd: is_refusal ? 1 : 0,
			description: is_refusal ? __("Shown to whoever wrote the order.") : "",
		};
	},

	/** Hands one request to another user, who may then decide it. */
	forward(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Forward"),
			approval,
			fields: [
				{
					fieldtype: "Link",
					fieldname: "to_user",
					label: __("To"),
					options: "User",
					reqd: 1,
					filters: { enabled: 1, user_type: "System User" },
					description: __("Must be able to read the order. Decides instead of you, just this once."),
				},
				{ fieldtype: "Small Text", fieldname: "comment", label: __("Comment"), reqd: 1 },
			],
			label: __("Forward"),
			run: ({ to_user, comment }) => sales_wh_flow.tell("forward", { approval: approval.name, to_user, comment }),
		});
	},

	/** Approves if the sales user changes the order so. */
	approve_with_condition(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Approve with a Condition"),
			approval,
			fields: [
				{
					fieldtype: "Select",
					fieldname: "kind",
					label: __("Condition"),
					options: [
						{ value: "Smaller Discount", label: __("Smaller discount") },
						{ value: "Prepayment", label: __("Prepayment") },
						{ value: "Available Quantity", label: __("Ship at most what is available") },
					],
					default: "Smaller Discount",
					reqd: 1,
					description: __(
						"Who asked accepts it: the order is changed so, and passes without being asked again. Or declines: you decide anew."
					),
				},
				...sales_wh_flow.condition_values(),
				{ fieldtype: "Small Text", fieldname: "comment", label: __("Comment") },
			],
			label: __("Offer"),
			run: ({ kind, most_discount, prepayment, comment }) =>
				sales_wh_flow.tell("approve_with_condition", {
					approval: approval.name,
					kind,
					value: { "Smaller Discount": most_discount, Prepayment: prepayment }[kind] || 0,
					comment: comment || "",
				}),
		});
	},

	/** What each kind of condition needs to know; only the chosen one's field is shown. */
	condition_values() {
		const of_kind = (kind) => ({
			depends_on: `eval:doc.kind === '${kind}'`,
			mandatory_depends_on: `eval:doc.kind === '${kind}'`,
		});
		return [
			{
				fieldtype: "Percent",
				fieldname: "most_discount",
				label: __("Discount Granted at Most (%)"),
				description: __("Lines with more are priced up to this, the order's own discount counted."),
				...of_kind("Smaller Discount"),
			},
			{
				fieldtype: "Percent",
				fieldname: "prepayment",
				label: __("Paid before Goods Leave (%)"),
				description: __("Share of the order's total. Until it is paid nothing is shipped."),
				...of_kind("Prepayment"),
			},
			{
				fieldtype: "HTML",
				fieldname: "available",
				options: `<p class="text-muted">${__(
					"Each line is cut to what is free in stock at the moment of accepting; lines without any are taken off."
				)}</p>`,
				depends_on: "eval:doc.kind === 'Available Quantity'",
			},
		];
	},

	accept_condition(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Accept the Condition"),
			approval,
			fields: [
				{
					fieldtype: "HTML",
					options: `<p><b>${sales_wh_flow.escape(approval.condition.text)}</b></p>
						<p>${__("The order is changed accordingly and passes this approval.")}</p>`,
				},
			],
			label: __("Accept"),
			run: () => sales_wh_flow.tell("accept_condition", { approval: approval.name }),
		});
	},

	decline_condition(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Decline the Condition"),
			approval,
			fields: [sales_wh_flow.comment_field(true)],
			label: __("Decline"),
			is_danger: true,
			run: ({ comment }) => sales_wh_flow.tell("decline_condition", { approval: approval.name, comment }),
		});
	},

	/** A dialog about one approval. Resolves to what the server answered; stays open while it refuses. */
	ask_and_tell({ title, approval, fields, label, is_danger, run }) {
		return new Promise((resolve) => {
			const dialog = new frappe.ui.Dialog({
				title,
				fields: [
					{
						fieldtype: "HTML",
						options: `<p><b>${sales_wh_flow.escape(approval.rule)}</b><br>${sales_wh_flow.escape(
							approval.reason
						)}</p>`,
					},
					...fields,
				],
				primary_action_label: label,
				primary_action(values) {
					dialog.disable_primary_action();
					run(values)
						.then((answer) => {
							dialog.hide();
							resolve(answer);
						})
						.catch(() => dialog.enable_primary_action());
				},
			});
			if (is_danger) {
				dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
			}
			dialog.show();
		});
	},

	/** What came of a decision, in a passing message; a submit that was refused stays on the screen. */
	announce(answer) {
		const { state, submitted, waits_for = [], why_not, forwarded_to, condition_state } = answer;
		const { escape } = sales_wh_flow;
		if (why_not) {
			frappe.msgprint({
				title: __("Approved, but Not Submitted"),
				message: `${__("The approval is given. The order could not be submitted yet:")}<br>${why_not}`,
				indicator: "orange",
			});
			return;
		}
		const is_refused = state === "Rejected";
		let message = __("Approved. It still waits for: {0}", [waits_for.map(escape).join(", ")]);
		if (forwarded_to) {
			message = __("Forwarded to {0}.", [escape(forwarded_to)]);
		} else if (is_refused) {
			message = __("Refused. The author was told why.");
		} else if (state === "Open") {
			message = __("Noted. It still waits for others.");
		} else if (submitted) {
			message = __("Approved. The order is submitted.");
		} else if (!waits_for.length) {
			message = __("Approved.");
		}
		if (condition_state) {
			message = __("Offered. The author was told.");
		}
		frappe.show_alert({ message, indicator: is_refused ? "red" : "green" }, 7);
	},

	/** What a user may do about an approval: [{verb, label, css, run}], run resolves to the server's answer. */
	approval_actions(approval) {
		const flow = sales_wh_flow;
		const all = [
			[approval.may_i_decide, "approve", __("Approve"), "btn-primary", () => flow.decide(approval, "approve")],
			[approval.may_i_decide, "refuse", __("Refuse"), "btn-danger", () => flow.decide(approval, "refuse")],
			[
				approval.may_i_set_condition,
				"condition",
				__("With Condition"),
				"btn-default",
				() => flow.approve_with_condition(approval),
			],
			[approval.may_i_forward, "forward", __("Forward"), "btn-default", () => flow.forward(approval)],
			[
				approval.may_i_accept_condition,
				"accept",
				__("Accept Condition"),
				"btn-primary",
				() => flow.accept_condition(approval),
			],
			[
				approval.may_i_accept_condition,
				"decline",
				__("Decline"),
				"btn-default",
				() => flow.decline_condition(approval),
			],
		];
		return all.filter(([is_there]) => is_there).map(([, verb, label, css, run]) => ({ verb, label, css, run }));
	},
});
