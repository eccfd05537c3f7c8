// How an approval is shown.
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
		const asked = `<b>${escape(waits_for || who_in_turn || __(approver_role))}</b>`;
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
});
