// The block "Order Flow" on top of a Sales Order. It only draws what the server answered.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	/** The steps of an order's life, and the capability without which a step is left out. */
	steps() {
		return [
			{ key: "order", label: __("Order") },
			{ key: "approval", label: __("Approval"), needs: "approval" },
			{ key: "lock", label: __("Lock"), needs: "stock_lock" },
			{ key: "pick", label: __("Pick"), needs: "fulfilment" },
			{ key: "dispatch", label: __("Dispatch") },
			{ key: "deliver", label: __("Delivery") },
			{ key: "invoice", label: __("Invoice"), needs: "billing" },
			{ key: "paid", label: __("Paid"), needs: "billing" },
		].filter((step) => !step.needs || sales_wh_flow.is_on(step.needs));
	},

	/** Flow status -> the step it speaks of, and whether that step is finished. */
	places: {
		Draft: ["order", false],
		"Pending Approval": ["approval", false],
		Rejected: ["approval", false],
		Approved: ["approval", true],
		Backordered: ["lock", false],
		"Partly Locked": ["lock", false],
		Locked: ["lock", true],
		Picking: ["pick", false],
		Packing: ["pick", false],
		"Ready for Dispatch": ["pick", true],
		"Partly Dispatched": ["dispatch", false],
		Dispatched: ["dispatch", true],
		Delivered: ["deliver", true],
		Completed: ["deliver", true],
	},

	draw(frm, overview) {
		const flow = sales_wh_flow.order_flow;
		const block = sales_wh_flow.block_of(frm, "swf-flow");
		const is_folded = localStorage.getItem("swf_flow_folded") !== "0";
		const asks =
			flow.not_asked(overview.owed).length || overview.approvals.some(({ state }) => state !== "Approved");
		block.append(flow.headline(overview), flow.promise(overview, frm.doc.name), flow.stepper(overview));
		asks && block.append(flow.approvals(overview));
		flow.tell_of_the_rest(block);
		const details = $(`<div class="swf-details ${is_folded ? "hidden" : ""}"></div>`).appendTo(block);
		[
			asks ? "" : flow.approvals(overview),
			flow.lines(overview),
			sales_wh_flow.returns.part(overview),
			flow.papers(overview),
			sales_wh_flow.door_money.part(overview),
			sales_wh_flow.billing.part(overview),
		].forEach((part) => details.append(part));
		flow.make_fold(block, details);
		block.toggleClass("is-folded", block.find(".swf-fold").length > 0 && is_folded);
		return block;
	},

	/** Folded, the block keeps to its first approval, those that wait for the reader before others, and says how many follow. */
	tell_of_the_rest(block) {
		const approvals = block.find(".swf-approval");
		const mine = approvals.has("[data-decide]");
		mine.first().insertBefore(approvals.not(mine.first()).first());
		if (approvals.length > 1) {
			const words = __("and {0} more", [approvals.length - 1]);
			$(`<button class="btn btn-xs btn-default swf-rest"></button>`)
				.text(words)
				.on("click", () => block.find(".swf-fold").trigger("click"))
				.appendTo(block.find(".swf-approvals-links"));
		}
	},

	/** What waits for a decision is always there; lines and papers are a click away, or stay open once opened. */
	make_fold(block, details) {
		if (!details.children().length && block.find(".swf-approval").length < 2) {
			return;
		}
		const button = $(`<button class="btn btn-xs btn-default swf-fold"></button>`);
		const name_it = () => button.text(details.hasClass("hidden") ? __("Show Details") : __("Hide Details"));
		button.appendTo(block.find(".swf-actions")).on("click", () => {
			details.toggleClass("hidden");
			block.toggleClass("is-folded", details.hasClass("hidden"));
			localStorage.setItem("swf_flow_folded", details.hasClass("hidden") ? "1" : "0");
			name_it();
		});
		name_it();
	},

	headline(overview) {
		const status = overview.flow_status || "Draft";
		const [words, colour] = overview.native || [];
		const native =
			words && words !== __(status)
				? `<span class="swf-muted">ERPNext: ${sales_wh_flow.pill(words, colour, "no-indicator-dot")}</span>`
				: "";
		const sentence = sales_wh_flow.order_flow.sentence(status, overview);
		return `<div class="swf-headline">
			<span class="swf-title">${__("Order Flow")}</span>
			${sales_wh_flow.status_pill(status)}
			<span class="swf-sentence">${sales_wh_flow.escape(sentence)}</span>
			${native}
			<span class="swf-actions"></span>
		</div>`;
	},

	/** What the status means here, and what happens next. */
	sentence(status, { lines, approvals, owed, pick_lists, delivery_notes, returns }) {
		const expected = ((returns && returns.cases) || []).filter((one) => one.is_of_box && one.expected > 0);
		const refused = expected.map((one) => one.name).join(", ");
		const missing = sales_wh_flow.order_flow.not_asked(owed).length;
		const open = approvals.filter((approval) => approval.state === "Open");
		const offered = open.filter(sales_wh_flow.is_offered);
		const asked = open.filter((approval) => !offered.includes(approval));
		const roles = [...new Set(asked.map((approval) => __(approval.approver_role)))].join(", ");
		const locked = lines.filter((line) => line.waiting <= 0).length;
		const holds_stock = lines.some((line) => line.locked > 0);
		const lies_free = lines.some((line) => line.free > 0)
			? __("Stock lies free for it and is not locked yet.")
			: "";
		const names = (papers, docstatus) =>
			papers
				.filter((paper) => paper.docstatus === docstatus)
				.map((paper) => paper.name)
				.join(", ");
		const texts = {
			Draft: () =>
				missing
					? __("Needs {0} before it can be submitted.", [
							missing === 1 ? __("1 approval") : __("{0} approvals", [missing]),
						])
					: __("Not submitted yet."),
			"Pending Approval": () =>
				[
					asked.length ? __("Waits for a decision by: {0}.", [roles]) : "",
					offered.length ? __("A condition is offered: accept or decline it.") : "",
				].join(" "),
			Rejected: () => __("An approval was refused. Change the order, save it and ask again."),
			Approved: () => __("Every approval is given. The order can be submitted."),
			Backordered: () =>
				lies_free ||
				(lines.some((line) => line.waiting > 0)
					? __("No stock is locked yet. Lines are locked by themselves as stock comes in.")
					: __("Its lines ask for no stock: tick Reserve Stock in them to have it locked.")),
			"Partly Locked": () =>
				lies_free ||
				__("Fully locked lines: {0} of {1}. The rest is locked by itself as stock comes in.", [
					locked,
					lines.length,
				]),
			Locked: () => __("Everything that is still open is locked for this order."),
			Picking: () => __("The warehouse is picking: {0}.", [names(pick_lists, 0)]),
			Packing: () => __("Picked; boxes are being packed."),
			"Ready for Dispatch": () =>
				names(delivery_notes, 0)
					? __("Picked and ready to leave: submit {0}.", [names(delivery_notes, 0)])
					: __("Picked and ready to leave: make the Delivery Note of {0}.", [names(pick_lists, 1)]),
			"Partly Dispatched": () => __("A part has left; the rest follows."),
			Dispatched: () =>
				refused
					? __("Everything has left. Not all of it was accepted: {0} waits for what comes back.", [refused])
					: __("Everything has left. Delivery is not confirmed yet."),
			Delivered: () => __("The customer has everything."),
			Completed: () => __("Delivered, invoiced and paid."),
			"On Hold": () =>
				holds_stock ? __("On hold. What is locked stays locked.") : __("On hold. No stock is locked."),
			Closed: () =>
				holds_stock ? __("Closed. It still holds locked stock.") : __("Closed. Nothing more is shipped."),
			Cancelled: () => __("Cancelled. Its stock is free again."),
		};
		return texts[status] ? texts[status]() : "";
	},

	stepper(overview) {
		const flow = sales_wh_flow.order_flow;
		const steps = flow.steps();
		const status = overview.flow_status || "Draft";
		const [key, is_finished] = sales_wh_flow.billing.place(overview) || flow.places[status] || [null, false];
		const here = steps.findIndex((step) => step.key === key);
		const reached = is_finished ? here : here - 1;
		const items = steps.map((step, index) => {
			const is_done = index <= reached;
			const state = is_done ? "is-done" : index === here ? "is-here" : "";
			const colour = index === here ? sales_wh_flow.colour_of(status) : is_done ? "green" : "gray";
			return `<li class="swf-step ${state} ${index === here ? "is-named" : ""}">
				<span class="swf-dot indicator-pill no-indicator-dot ${colour}">${is_done ? "✓" : index + 1}</span>
				<span class="swf-step-label">${sales_wh_flow.escape(step.label)}</span>
				<span class="swf-step-note">${flow.note(step.key, overview)}</span>
			</li>`;
		});
		return `<ol class="swf-steps ${here < 0 ? "is-muted" : ""}">${items.join("")}</ol>`;
	},

	/** How far a step is, in few words: of the approvals, then always of the order's lines. */
	note(key, { lines, approvals, pick_lists, delivery_notes, docstatus, flow_status, money }) {
		const part = (count, all) => (all ? __("{0} of {1}", [count, all]) : "");
		const of_lines = (is_done) => {
			const done = lines.filter(is_done).length;
			return lines.length === 1 ? __("{0} of 1 line", [done]) : __("{0} of {1} lines", [done, lines.length]);
		};
		const is_open = docstatus === 1 && lines.length;
		const notes = {
			order: () => (docstatus === 1 ? __("submitted") : docstatus === 2 ? __("cancelled") : __("draft")),
			approval: () =>
				approvals.length
					? part(approvals.filter((approval) => approval.state === "Approved").length, approvals.length)
					: docstatus === 1
						? __("none")
						: "",
			lock: () =>
				is_open && flow_status !== "Closed"
					? of_lines(
							(line) =>
								line.waiting <= 0 && (flow_status !== "Backordered" || line.delivered >= line.ordered)
						)
					: "",
			pick: () =>
				is_open && pick_lists.length
					? of_lines(
							(line) =>
								flt(
									line.ordered - line.delivered - sales_wh_flow.order_flow.picked(line, pick_lists),
									6
								) <= 0
						)
					: "",
			dispatch: () => (is_open ? of_lines((line) => line.delivered >= line.ordered) : ""),
			deliver: () => (is_open && delivery_notes.length ? of_lines((line) => line.arrived >= line.ordered) : ""),
			invoice: () => sales_wh_flow.billing.invoice_note(money),
			paid: () => sales_wh_flow.billing.paid_note(money),
		};
		return notes[key]();
	},
});
