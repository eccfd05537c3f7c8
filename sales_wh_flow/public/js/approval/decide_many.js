// The dialog in which many approvals are given or refused at once.
frappe.provide("sales_wh_flow");

/** One comment for all of them; each is decided by itself, so one that fails does not undo another.
 * `then` is done before what came of each is shown. */
sales_wh_flow.decide_many = async (approvals, action, then) => {
	const is_refusal = action === "refuse";
	const comes_of_it = is_refusal ? [] : await sales_wh_flow.what_approving_brings(approvals);
	const { escape } = sales_wh_flow;
	const rows = approvals
		.slice(0, 8)
		.map((one) => `<li><b>${escape(one.rule)}</b> ${escape(one.about.name)}<br>${escape(one.reason)}</li>`);
	const more = approvals.length > 8 ? `<li>${__("and {0} more", [approvals.length - 8])}</li>` : "";
	const title = is_refusal ? __("Refuse") : __("Approve");
	const dialog = new frappe.ui.Dialog({
		title: approvals.length > 1 ? __("{0} {1} Approvals", [title, approvals.length]) : title,
		fields: [
			{ fieldtype: "HTML", options: `<ul class="swf-inbox-asked">${rows.join("")}${more}</ul>` },
			...comes_of_it,
			sales_wh_flow.comment_field(is_refusal),
		],
		primary_action_label: title,
		primary_action: async ({ comment }) => {
			dialog.disable_primary_action();
			try {
				const results = await decide_in_parts(approvals, action, comment || "");
				dialog.hide();
				await then();
				show_results(results, approvals);
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	if (is_refusal) {
		dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
	}
	dialog.show();
};

/** A few at a time: each approval may submit an order, and the page says how far it is. */
async function decide_in_parts(approvals, action, comment) {
	const names = approvals.map(({ name }) => name);
	const results = [];
	for (let at = 0; at < names.length; at += 5) {
		const part = names.slice(at, at + 5);
		results.push(...(await sales_wh_flow.tell("approval.api.decide_many", { approvals: part, action, comment })));
		if (names.length > 5) {
			frappe.show_progress(__("Deciding"), results.length, names.length, "", true);
		}
	}
	return results;
}

/** What came of each; a single success is said in passing. */
function show_results(results, approvals) {
	const { escape, pill, link } = sales_wh_flow;
	if (results.length === 1 && results[0].ok) {
		const indicator = results[0].state === "Rejected" ? "red" : "green";
		frappe.show_alert({ message: escape(results[0].message || __(results[0].state)), indicator }, 7);
		return;
	}
	const known = Object.fromEntries(approvals.map((one) => [one.name, one]));
	const rows = results.map((one) => {
		const { rule = one.approval, about } = known[one.approval] || {};
		const words = one.submitted ? __("Approved, submitted") : __(one.state);
		const state = one.ok ? pill(words, sales_wh_flow.approval_colours[one.state]) : pill(__("Not decided"), "red");
		return `<div class="swf-approval"><div class="swf-approval-text">
			<b>${escape(rule)}</b> ${about ? link(about.doctype, about.name) : ""} ${state}
			<div>${escape(one.message || "")}</div></div></div>`;
	});
	const done = results.filter((one) => one.ok).length;
	frappe.msgprint({
		title: __("Decided {0} of {1}", [done, results.length]),
		message: rows.join(""),
		wide: true,
	});
}
