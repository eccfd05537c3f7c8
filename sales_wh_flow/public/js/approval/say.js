// What is said before a decision: reminding, asking back, answering, and taking the request back.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Everybody who has not decided yet hears of it once more. */
	remind(approval) {
		return sales_wh_flow.tell("approval.desk.api.remind", { approval: approval.name });
	},

	ask_back(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Ask Back"),
			approval,
			fields: [
				sales_wh_flow.words_field(
					__("Question"),
					__(
						"Whoever asked for the approval hears it. The time to decide stands still until the answer; you may decide before."
					)
				),
			],
			label: __("Ask"),
			run: ({ comment }) =>
				sales_wh_flow.tell("approval.desk.api.ask_back", { approval: approval.name, comment }),
		});
	},

	answer(approval) {
		const question = `<p class="swf-quote">${sales_wh_flow.escape(approval.question)}</p>`;
		return sales_wh_flow.ask_and_tell({
			title: __("Answer"),
			approval,
			fields: [
				{ fieldtype: "HTML", options: question },
				sales_wh_flow.words_field(
					__("Answer"),
					__("Whoever asked hears it, and everybody sees it on the order.")
				),
			],
			label: __("Answer"),
			run: ({ comment }) => sales_wh_flow.tell("approval.desk.api.answer", { approval: approval.name, comment }),
		});
	},

	words_field(label, description) {
		return { fieldtype: "Small Text", fieldname: "comment", label, reqd: 1, description };
	},
});

Object.assign(sales_wh_flow, {
	/** Takes back all that is still open, so that the document can be changed without being asked about. */
	take_request_back(frm, method, args) {
		const dialog = new frappe.ui.Dialog({
			title: __("Take the Request Back"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__(
						"Nobody is asked any more, and it stays a draft. What was approved counts on. Ask again when you are ready."
					)}</p>`,
				},
				{ fieldtype: "Small Text", fieldname: "comment", label: __("Why") },
			],
			primary_action_label: __("Withdraw"),
			async primary_action({ comment }) {
				dialog.disable_primary_action();
				try {
					await sales_wh_flow.tell(method, { ...args, comment: comment || "" });
				} catch (refused) {
					dialog.enable_primary_action();
					return;
				}
				dialog.hide();
				await frm.reload_doc();
				frappe.show_alert({ message: __("The request was taken back."), indicator: "gray" });
			},
		});
		dialog.show();
	},
});

frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	withdraw(frm) {
		sales_wh_flow.take_request_back(frm, "approval.desk.api.withdraw", { sales_order: frm.doc.name });
	},

	/** While an order waits, Submit is not the step that the form offers first. */
	quieten_submit(frm, { owed, approvals, docstatus }) {
		const waits =
			docstatus === 0 &&
			!frm.is_dirty() &&
			(owed.some((need) => need.state !== "Approved") || approvals.some((one) => one.state === "Open"));
		const paint = (is_quiet) =>
			frm.page.btn_primary.toggleClass("btn-primary", !is_quiet).toggleClass("btn-default", is_quiet);
		paint(waits);
		const native = __("Submit this document to confirm");
		if (waits && frm.layout.message.text().includes(native)) {
			frm.layout.show_message();
		}
		// Save takes the same button: it is loud again as soon as something is typed.
		frm.$wrapper.off("dirty.quieten").on("dirty.quieten", () => paint(false));
	},
});
