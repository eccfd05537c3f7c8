// What a user may do about an approval, and what came of it. The server checks each time who may.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
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
		const { state, submitted, waits_for = [], why_not, condition_state } = answer;
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
		const said = sales_wh_flow.what_was_said(answer);
		if (said) {
			message = said;
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

	/** What came of words without a decision; empty for a decision. HTML. */
	what_was_said({ forwarded_to, asked_back, answered, reminded }) {
		const { escape } = sales_wh_flow;
		if (forwarded_to) {
			return __("Forwarded to {0}.", [escape(forwarded_to)]);
		}
		if (asked_back) {
			return __("{0} was asked. The time to decide stands still until the answer.", [escape(asked_back)]);
		}
		if (answered) {
			return __("{0} hears your answer.", [escape(answered)]);
		}
		return reminded
			? __("Reminded: {0}.", [reminded.map(escape).join(", ") || __("nobody is left to decide")])
			: "";
	},

	/** What a user may do about an approval: [{verb, label, css, run}], run resolves to the server's answer. */
	approval_actions(approval) {
		const flow = sales_wh_flow;
		const all = [
			[approval.may_i_decide, "approve", __("Approve"), "btn-primary", () => flow.decide(approval, "approve")],
			[
				approval.may_i_set_condition,
				"condition",
				__("With Condition"),
				"btn-default",
				() => flow.approve_with_condition(approval),
			],
			[approval.may_i_ask_back, "ask_back", __("Ask Back"), "btn-default", () => flow.ask_back(approval)],
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
			[approval.may_i_answer, "answer", __("Answer"), "btn-primary", () => flow.answer(approval)],
			[approval.may_i_remind, "remind", __("Remind"), "btn-default", () => flow.remind(approval)],
			// Away from Approve: a thumb that slips must not refuse.
			[approval.may_i_decide, "refuse", __("Refuse"), "btn-danger", () => flow.decide(approval, "refuse")],
		];
		return all.filter(([is_there]) => is_there).map(([, verb, label, css, run]) => ({ verb, label, css, run }));
	},
});
