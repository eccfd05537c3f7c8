// The dialog that checks the stock lock and mends it.
frappe.provide("sales_wh_flow.stock_lock");

const list = (rows) => `<ul>${rows.map((words) => `<li>${sales_wh_flow.escape(words)}</li>`).join("")}</ul>`;

Object.assign(sales_wh_flow.stock_lock, {
	/** All that is wrong: the site is looked at part by part, so that no request takes long on a big one. */
	async findings() {
		const findings = [];
		frappe.dom.freeze(__("Checking the stock locks..."));
		try {
			let part = await sales_wh_flow.ask("audit.api.check_part", {});
			while (part.kind) {
				findings.push(...part.findings);
				part = await sales_wh_flow.ask("audit.api.check_part", { kind: part.kind, key: part.key });
			}
		} finally {
			frappe.dom.unfreeze();
		}
		return findings;
	},

	/** Looks whether the locks are right; offers to mend what a computer can mend. */
	async check() {
		const findings = await sales_wh_flow.stock_lock.findings();
		if (!findings.length) {
			frappe.msgprint({
				title: __("Stock Locks"),
				indicator: "green",
				message: __("Everything agrees: Bins, order lines, reservations and events."),
			});
			return;
		}
		const texts = findings.slice(0, 100).map((finding) => finding.text);
		const dialog = new frappe.ui.Dialog({
			title: __("Stock Locks"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${
						findings.length === 1
							? __("One figure does not agree:")
							: __("{0} figures do not agree:", [findings.length])
					}</p>${list(texts)}`,
				},
			],
			primary_action_label: __("Mend"),
			async primary_action() {
				dialog.hide();
				const { mended } = await sales_wh_flow.tell("audit.api.mend_locks", { with_left: 0 }, __("Mending..."));
				const left = await sales_wh_flow.stock_lock.findings();
				const parts = [
					mended.length
						? `<p>${__("Mended:")}</p>${list(mended)}`
						: `<p>${__("Nothing could be mended.")}</p>`,
					left.length
						? `<p>${__("Still wrong; a person has to look:")}</p>${list(left.map((it) => it.text))}`
						: `<p>${__("Now everything agrees.")}</p>`,
				];
				frappe.msgprint({
					title: __("Stock Locks"),
					indicator: left.length ? "orange" : "green",
					message: parts.join(""),
				});
			},
		});
		dialog.show();
	},
});
