// What a Sales Order says while it is opened again: how far it is, what stopped it, and where it goes on.
frappe.provide("sales_wh_flow.reopen");

const LOOK_AGAIN_MS = 3000;

Object.assign(sales_wh_flow.reopen, {
	/** Above the fields, until it is done: then the form is read anew. */
	tell_how_far(frm, plan) {
		const { link, escape } = sales_wh_flow;
		if (!plan.unfinished) {
			return;
		}
		const record = link("Order Reopening", plan.unfinished);
		if (plan.state === "Stopped") {
			const told = [
				__("Re-open has stopped: {0}", [escape(plan.stopped_by)]),
				__("Mend that, then press Re-open: it goes on, or is given up there."),
			];
			sales_wh_flow.reopen.notice(frm, "orange", `${told.join(" ")} ${record}`);
			return;
		}
		const told = __("{0} is opening this order again. What was made of it is undone, step by step.", [
			escape(plan.asked_by),
		]);
		sales_wh_flow.reopen.notice(frm, "blue", `${told} ${record}`);
		sales_wh_flow.reopen.look_again(frm);
	},

	notice(frm, colour, html) {
		const block = sales_wh_flow.block_of(frm, "swf-reopening");
		block.attr("role", "status").html(`<div class="form-message ${colour}">${html}</div>`);
	},

	/** While the form is open and nobody writes in it. */
	look_again(frm) {
		const { name } = frm.doc;
		clearTimeout(sales_wh_flow.reopen.timer);
		sales_wh_flow.reopen.timer = setTimeout(async () => {
			const is_shown = () => window.cur_frm === frm && frm.doc.name === name && !frm.is_dirty();
			if (!is_shown()) {
				return;
			}
			const plan = await sales_wh_flow.ask_beside("returns.api.plan_reopening", { sales_order: name });
			if (!is_shown()) {
				return;
			}
			if (plan.state === "Running") {
				sales_wh_flow.reopen.look_again(frm);
			} else if (plan.new_order) {
				frappe.set_route("Form", "Sales Order", plan.new_order);
			} else {
				await frm.reload_doc();
			}
		}, LOOK_AGAIN_MS);
	},

	/** A cancelled order leads to the one that was written in its place; Amend would be refused. */
	async lead_on(frm) {
		const { name } = frm.doc;
		const plan = await sales_wh_flow.ask_beside("returns.api.plan_reopening", { sales_order: name });
		if (frm.doc.name !== name) {
			return;
		}
		sales_wh_flow.reopen.tell_how_far(frm, plan);
		if (plan.state === "Stopped" && plan.may_cancel) {
			frm.add_custom_button(__("Re-open"), () => sales_wh_flow.reopen.open_dialog(frm, plan));
		}
		if (plan.new_order) {
			const go_on = () => frappe.set_route("Form", "Sales Order", plan.new_order);
			frm.page.set_primary_action(plan.new_order, go_on);
			const told = __("Written anew as {0}.", [sales_wh_flow.link("Sales Order", plan.new_order)]);
			sales_wh_flow.reopen.notice(frm, "blue", told);
		}
	},
});
