// The dialog that checks the stock lock and mends it.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** Looks whether the locks are right; offers to mend what a computer can mend. */
	async check() {
		const findings = await sales_wh_flow.call("audit.api.check_locks", {}, "GET", {
			freeze: true,
			freeze_message: __("Checking the stock locks..."),
		});
		const list = (rows) => `<ul>${rows.map((words) => `<li>${sales_wh_flow.escape(words)}</li>`).join("")}</ul>`;
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
				const { mended, left } = await sales_wh_flow.tell("audit.api.mend_locks", {}, __("Mending..."));
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
