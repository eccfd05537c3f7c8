// "Close Lines Short" on a Sales Order: a line or a part of it, with the reason; and open it again.
frappe.provide("sales_wh_flow.shortage");

const CLOSE = "shortage.api.close_line_short";

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		const is_open = frm.doc.docstatus === 1 && !sales_wh_flow.is_status("no_demand", frm.doc.status);
		if (is_open && sales_wh_flow.is_on("stock_lock") && frappe.model.can_submit("Sales Order")) {
			frm.add_custom_button(
				__("Close Lines Short"),
				() => sales_wh_flow.shortage.open_lines_dialog(frm),
				__("Status")
			);
		}
	},
});

Object.assign(sales_wh_flow.shortage, {
	async open_lines_dialog(frm) {
		const answer = await sales_wh_flow.ask("shortage.api.closable_lines", { sales_order: frm.doc.name });
		if (!answer.open.length && !answer.closed.length) {
			frappe.msgprint(__("All lines are delivered; nothing can be closed short."), __("Close Lines Short"));
			return;
		}
		const shortage = sales_wh_flow.shortage;
		const choices = [
			...answer.open.map((line) => ({ ...line, method: CLOSE })),
			...answer.closed.map((line) => ({ ...line, method: "shortage.api.open_line_again" })),
		];
		const dialog = new frappe.ui.Dialog({
			title: __("Close Lines Short"),
			fields: [
				{
					fieldname: "line",
					fieldtype: "Select",
					label: __("Line"),
					options: choices.map((line, at) => ({ value: String(at), label: shortage.words_of_line(line) })),
					default: "0",
					onchange: () => shortage.propose(dialog, choices),
				},
				{
					fieldname: "qty",
					fieldtype: "Float",
					is_plain: true,
					label: __("Quantity"),
					reqd: 1,
					default: choices[0].qty,
				},
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Why"),
					reqd: 1,
					description: __("The ordered quantity changes by this. The reason is kept."),
				},
			],
			primary_action_label: shortage.verb_of(choices[0]),
			primary_action: async ({ line, qty, reason }) => {
				const { method, row } = choices[cint(line)];
				await sales_wh_flow.tell(method, { sales_order: frm.doc.name, row, qty, reason });
				dialog.hide();
				frm.reload_doc();
			},
		});
		dialog.show();
	},

	propose(dialog, choices) {
		const line = choices[cint(dialog.get_value("line"))];
		dialog.set_value("qty", line.qty);
		dialog.get_primary_btn().text(sales_wh_flow.shortage.verb_of(line));
	},

	verb_of: ({ method }) => (method === CLOSE ? __("Close Short") : __("Open Again")),

	/** "#1 NAILS: 4 Nos open", or what of it was closed. */
	words_of_line({ method, idx, item_code, qty, uom }) {
		const row = idx ? `#${idx} ` : "";
		const figures = [`${row}${item_code}`, sales_wh_flow.qty(qty), uom];
		return method === CLOSE ? __("{0}: {1} {2} open", figures) : __("{0}: {1} {2} closed short", figures);
	},
});
