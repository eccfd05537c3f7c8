// "Re-open" on a Sales Order: the plan first, then one job. Cancel is offered only while nothing happened.
frappe.provide("sales_wh_flow.reopen");

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		sales_wh_flow.block_of(frm, "swf-reopening", false);
		if (!frm.doc.docstatus || !sales_wh_flow.is_on("returns")) {
			return undefined;
		}
		return frm.doc.docstatus === 1 ? sales_wh_flow.reopen.add_button(frm) : sales_wh_flow.reopen.lead_on(frm);
	},
});

Object.assign(sales_wh_flow.reopen, {
	async add_button(frm) {
		const { name } = frm.doc;
		const plan = await sales_wh_flow.ask("returns.api.plan_reopening", { sales_order: name });
		if (frm.doc.name !== name || !(plan.touched || plan.unfinished)) {
			return;
		}
		frm.page.btn_secondary.addClass("hide"); // Cancel would be refused
		sales_wh_flow.reopen.tell_how_far(frm, plan);
		if (plan.may_cancel && plan.state !== "Running") {
			frm.add_custom_button(__("Re-open"), () => sales_wh_flow.reopen.open_dialog(frm, plan));
		}
	},

	open_dialog(frm, plan) {
		const choices = [
			{ value: "To Pick", label: __("To be picked: the order and its turn stay") },
			{ value: "Draft", label: __("A draft: the order is cancelled and written anew") },
			{ value: "Cancelled", label: __("Cancelled") },
		];
		if (!plan.steps.length && !plan.unfinished) {
			choices.shift(); // nothing but its advance keeps it from being cancelled
		}
		const dialog = new frappe.ui.Dialog({
			title: __("Re-open {0}", [frm.doc.name]),
			size: "large",
			fields: [
				{ fieldname: "plan", fieldtype: "HTML" },
				{
					fieldname: "back_to",
					fieldtype: "Select",
					label: __("Back To"),
					options: choices,
					default: plan.back_to || choices[0].value,
					read_only: plan.unfinished ? 1 : 0,
				},
				...sales_wh_flow.reopen.payment_fields(plan),
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: plan.unfinished ? 0 : 1 },
			],
		});
		dialog.fields_dict.plan.$wrapper.html(sales_wh_flow.reopen.words(plan));
		if (plan.may_start || plan.unfinished || plan.payments.length) {
			dialog.set_primary_action(
				plan.unfinished ? __("Go On") : __("Undo All of This"),
				async ({ back_to, reason, ...chosen }) => {
					const payments = plan.payments
						.map(({ document_name }, at) => ({ payment: document_name, choice: chosen[`payment_${at}`] }))
						.filter(({ choice }) => choice);
					const asked = {
						sales_order: frm.doc.name,
						back_to,
						reason,
						payments: JSON.stringify(payments),
					};
					await sales_wh_flow.tell("returns.api.reopen_order", asked, __("Please wait ..."));
					dialog.hide();
					await frm.reload_doc(); // it says how far it is, until it is done
				}
			);
		}
		if (plan.state === "Stopped" && plan.may_cancel) {
			dialog.set_secondary_action_label(__("Give It Up"));
			dialog.set_secondary_action(async () => {
				await sales_wh_flow.tell("returns.api.give_up_reopening", { sales_order: frm.doc.name });
				dialog.hide();
				await frm.reload_doc();
			});
		}
		dialog.show();
	},

	/** What becomes of each payment: never deleted. */
	payment_fields({ payments, unfinished }) {
		return unfinished
			? []
			: payments.map(({ document_type, document_name, choices, may, of_order_alone }, at) => ({
					fieldname: `payment_${at}`,
					fieldtype: "Select",
					label: `${__(document_type)} ${document_name || __("(hidden from you)")}`,
					options: ["", ...choices].map((value) => ({ value, label: value && __(value) })),
					read_only: may ? 0 : 1,
					depends_on: of_order_alone ? "eval:doc.back_to !== 'To Pick'" : "",
					description: may
						? __("Unlink: it stays with the customer. Keep as Advance: it stays with this order.")
						: __("Ask Accounts to unlink it."),
				}));
	},

	/** The documents in the order in which they are undone; what can't be, why, and who may. */
	words({ steps, unfinished, holds_order, stopped_by }) {
		const { escape, link, pill } = sales_wh_flow;
		const rows = steps.map((step) => {
			const verb = { Cancel: __("Cancel"), Empty: __("Empty") }[step.action] || __("Delete");
			const not_mine = step.may ? "" : pill(__("May be done by: {0}", [step.who.join(", ")]), "orange");
			const blocks = step.blocks.map((text) => `<div class="text-danger">${text}</div>`).join("");
			const { document_type, document_name } = step;
			const name = document_name ? link(document_type, document_name) : __("(hidden from you)");
			return `<li>${verb} ${escape(__(document_type))} ${name} ${not_mine}${blocks}</li>`;
		});
		const told = unfinished
			? `<p>${__("It was begun: {0}", [link("Order Reopening", unfinished)])}</p>
				${stopped_by ? `<p class="text-danger">${__("Stopped: {0}", [escape(stopped_by)])}</p>` : ""}`
			: `<p>${__("This is undone, in this order. What has left the house stays history.")}</p>`;
		const held = holds_order.length
			? `<p class="text-danger">${__("The order can only go back to be picked, as long as there is: {0}.", [
					escape(holds_order.join(", ")),
				])}</p>`
			: "";
		return `${told}<ol class="swf-undo">${rows.join("")}</ol>${held}`;
	},
});
