// The Sales Order's form: the flow's block and its buttons.
sales_wh_flow.on_form("Sales Order", {
	/** Before anything is drawn: what the block shows is asked while Frappe draws, and rows are drawn once. */
	before_load(frm) {
		sales_wh_flow.sales_order.ask_ahead(frm);
		sales_wh_flow.order_grid.lay_out(frm, false);
		return Promise.resolve();
	},

	onload(frm) {
		const hear = (event, is_ours) =>
			frappe.realtime.on(event, (message) => {
				const is_shown = cur_frm === frm && !frm.is_new() && is_ours(message);
				if (is_shown && sales_wh_flow.any_on()) {
					frm.is_dirty() ? sales_wh_flow.sales_order.show(frm) : frm.reload_doc();
				}
			});
		if (!frm.swf_is_listening) {
			frm.swf_is_listening = true;
			// The status is published to whoever has the order open; two open orders both look again.
			hear("swf_flow_status", ({ flow_status }) => flow_status !== frm.doc.swf_flow_status);
			hear("swf_approval", ({ sales_order }) => sales_order === frm.doc.name);
		}
	},

	refresh(frm) {
		const own = ["swf_flow_status", "swf_stage", "swf_return_status", "swf_dispatch_section"];
		sales_wh_flow.toggle_fields(frm, own);
		sales_wh_flow.order_grid.lay_out(frm, true);
		sales_wh_flow.order_grid.explain_reserve_stock(frm);
		// Not awaited: other scripts of the form need not wait for the block.
		sales_wh_flow.sales_order.show(frm);
	},

	before_submit(frm) {
		return sales_wh_flow.is_on("approval") ? sales_wh_flow.sales_order.ask_what_is_owed(frm) : null;
	},
});

frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	/** What the block shows: the order at a glance, its approvals, its money, and when its locks end. */
	ask_all({ name: sales_order, docstatus }) {
		const { ask_beside, is_on } = sales_wh_flow;
		return Promise.all([
			ask_beside("order_board.api.order_overview", { sales_order }),
			is_on("approval") ? ask_beside("approval.api.approvals_of", { sales_order }) : null,
			is_on("billing") ? ask_beside("billing.api.money_of", { sales_order }) : null,
			is_on("stock_lock") && docstatus === 1
				? ask_beside("stock_lock.serving.api.lock_life", { sales_order })
				: null,
		]);
	},

	/** Asks while Frappe still draws the form that was opened. */
	ask_ahead(frm) {
		const { name } = frm.doc;
		const is_asked = sales_wh_flow.any_on() && !frm.is_new();
		frm.swf_ahead = is_asked ? { name, answers: sales_wh_flow.sales_order.ask_all(frm.doc) } : null;
	},

	/** Draws block, pills and buttons from the server's answer; nothing while every switch is off. */
	async show(frm) {
		if (!sales_wh_flow.any_on() || frm.is_new() || frm.swf_shown !== frm.doc.name) {
			sales_wh_flow.block_of(frm, "swf-flow", false);
		}
		if (!sales_wh_flow.any_on() || frm.is_new()) {
			return;
		}
		const turn = (frm.swf_turn = (frm.swf_turn || 0) + 1);
		const name = frm.doc.name;
		const ahead = frm.swf_ahead;
		frm.swf_ahead = null;
		const [overview, answer, money, life] = await (ahead && ahead.name === name
			? ahead.answers
			: sales_wh_flow.sales_order.ask_all(frm.doc));
		if (turn !== frm.swf_turn || frm.doc.name !== name) {
			return; // another order, or a later refresh, is on the page by now
		}
		const nothing = { owed: [], approvals: [], shadows: [], may_ask: false, may_withdraw: false, is_on: false };
		const shown = { ...overview, ...nothing, ...answer, money, docstatus: frm.doc.docstatus };
		const { approvals } = shown;
		frm.swf_shown = name;
		sales_wh_flow.sales_order.take_status(frm, shown);
		const block = sales_wh_flow.order_flow.draw(frm, shown);
		if (shown.docstatus === 1) {
			sales_wh_flow.order_grid.show_states(frm, sales_wh_flow.order_grid.states_of(frm, shown));
		}
		sales_wh_flow.order_flow.add_promise_actions(frm, block, shown);
		sales_wh_flow.sales_order.wire_decisions(frm, block, approvals);
		sales_wh_flow.sales_order.add_actions(frm, block, shown);
		sales_wh_flow.sales_order.quieten_submit(frm, shown);
		sales_wh_flow.stock_lock.on_order(frm, block, overview.lines, life);
	},

	/** The page's pill says the flow status; what ERPNext says is kept beside it in the block. */
	take_status(frm, overview) {
		frm.doc.swf_flow_status = overview.flow_status || "";
		frm.refresh_field("swf_flow_status");
		frm.toolbar.set_indicator();
		const settings = frappe.listview_settings["Sales Order"] || {};
		overview.native = settings.swf_native_indicator && settings.swf_native_indicator(frm.doc);
	},

	wire_decisions(frm, block, approvals) {
		const { name } = frm.doc;
		block.find("[data-decide]").on("click", async (event) => {
			const button = $(event.currentTarget);
			const approval = approvals.find(
				(one) => one.name === button.closest("[data-approval]").attr("data-approval")
			);
			const verb = button.attr("data-decide");
			const answer = await sales_wh_flow
				.approval_actions(approval)
				.find((one) => one.verb === verb)
				.run();
			sales_wh_flow.announce(answer);
			await frm.reload_doc();
		});
		block.find("[data-row]").on("click", (event) => {
			event.preventDefault();
			sales_wh_flow.order_flow.show_row(frm, cint($(event.currentTarget).attr("data-row")));
		});
		block.find("[data-withdraw]").on("click", () => sales_wh_flow.sales_order.withdraw(frm));
		block.find("[data-show='what_if']").on("click", () => sales_wh_flow.what_if.open(name));
		block.find("[data-show='reasons']").on("click", () => sales_wh_flow.order_flow.show_reasons(frm));
	},

	/** The paper that is worked on next: the draft list or note, or the note of what is picked. */
	paper_actions({ pick_lists, delivery_notes, lines }) {
		const open = (label, doctype, paper) => ({
			label,
			run: () => frappe.set_route("Form", doctype, paper.name),
			is_main: true,
		});
		const list = pick_lists.find((one) => one.docstatus === 0);
		if (list && frappe.model.can_read("Pick List")) {
			return [open(__("Open Pick List"), "Pick List", list)];
		}
		const note = delivery_notes.find((one) => one.docstatus === 0);
		if (note && frappe.model.can_read("Delivery Note")) {
			return [open(__("Open Delivery Note"), "Delivery Note", note)];
		}
		const picked = pick_lists.find(
			(one) => one.docstatus === 1 && lines.some((line) => line.picked > 0 && line.warehouse === one.warehouse)
		);
		if (picked && frappe.model.can_create("Delivery Note")) {
			return [open(__("Open Picked List"), "Pick List", picked)];
		}
		return [];
	},

	/** The main action stands in the form's head, and on a phone, where the head has no room, in the block. */
	add_actions(frm, block, shown) {
		const place = block.find(".swf-actions");
		const found = sales_wh_flow.sales_order.actions(frm, shown);
		sales_wh_flow.sales_order.take_over_delivery_note(frm);
		const main = found.find((one) => one.is_main);
		found.forEach((one) => (one.is_main = one === main));
		found.sort((one, other) => one.is_main - other.is_main); // each is put in front of the one before
		// One black button: what comes next. ERPNext's group stays, in grey.
		frm.page.inner_toolbar.toggleClass("swf-has-main", Boolean(main));
		found.forEach(({ label, run, is_main, group }) => {
			if (group) {
				sales_wh_flow.add_button(frm, label, run, group);
				return;
			}
			if (is_main) {
				sales_wh_flow.add_button(frm, label, run);
				frm.change_custom_button_type(label, null, "primary");
			}
			$(`<button class="btn btn-xs ${is_main ? "btn-primary swf-phone-only" : "btn-default"}"></button>`)
				.text(label)
				.on("click", run)
				.prependTo(place);
		});
	},

	actions(frm, shown) {
		const { lines, may_ask, transfers = [], money } = shown;
		const order = sales_wh_flow.sales_order;
		const { status, docstatus } = frm.doc;
		const found = sales_wh_flow.billing.actions(frm, money);
		if (docstatus === 0 && may_ask && !frm.is_dirty()) {
			found.push({ label: __("Ask for Approval"), run: () => order.ask_for_approval(frm), is_main: true });
		}
		const is_locked = lines.some((line) => line.locked > 0);
		if (is_locked && ["Stock Manager", "System Manager"].some((role) => frappe.user.has_role(role))) {
			const group = __("Stock Reservation");
			found.push({ label: __("Release Locks"), run: () => order.release_locks(frm), group });
		}
		if (docstatus !== 1 || sales_wh_flow.is_status("no_demand", status)) {
			return found;
		}
		const lies_free = lines.some((line) => line.free > 0);
		const is_missing = lines.some((line) => flt(line.waiting - line.free, 6) > 0);
		// While a change waits for approval nothing more is locked, picked or shipped.
		const is_held = sales_wh_flow.is_status("held", shown.flow_status);
		if (sales_wh_flow.is_on("stock_lock") && (lies_free || is_missing) && !is_held && frm.has_perm("submit")) {
			found.push({ label: __("Lock What Is Free"), run: () => order.lock_waiting(frm), is_main: lies_free });
		}
		const to_pick = lines.some((line) => !line.brought_to && flt(line.locked - line.picked, 6) > 0);
		if (sales_wh_flow.is_on("fulfilment") && to_pick && !is_held && frappe.model.can_create("Pick List")) {
			found.push({ label: __("Make Pick Lists"), run: () => order.make_pick_lists(frm), is_main: true });
		}
		found.push(...(is_held ? [] : order.whole_order_actions(frm, shown)), ...order.paper_actions(shown));
		if (sales_wh_flow.is_on("stock_lock") && is_missing) {
			const run = () => sales_wh_flow.shortage.open(frm);
			found.push({ label: __("What Is Missing"), run, is_main: !is_held });
		}
		const unasked = transfers.some((one) => !one.request);
		if (unasked && frappe.model.can_create("Material Request")) {
			found.push({ label: __("Request Transfers"), run: () => order.request_transfers(frm) });
		}
		if (transfers.length && frm.has_perm("submit")) {
			found.push({ label: __("Send Directly"), run: () => order.send_directly(frm, transfers) });
		}
		const is_open = lines.some((line) => flt(line.ordered - line.delivered - line.picked, 6) > 0);
		if (sales_wh_flow.is_on("stock_lock") && is_open && frm.has_perm("submit")) {
			found.push({ label: __("Re-route"), run: () => sales_wh_flow.reroute.open(frm) });
		}
		return found;
	},
});
