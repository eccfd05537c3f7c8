// The dialog "Re-route" of a Sales Order.
frappe.provide("sales_wh_flow.reroute");

Object.assign(sales_wh_flow.reroute, {
	/** Before and after for every line that may move; nothing is written until the user presses Re-route. */
	async open(frm) {
		const { lines } = await sales_wh_flow.ask("reroute.api.reroute_choices", { sales_order: frm.doc.name });
		if (!lines.length) {
			frappe.msgprint(__("Nothing of this order can move: all of it is picked or delivered."), __("Re-route"));
			return;
		}
		const reroute = sales_wh_flow.reroute;
		const dialog = new frappe.ui.Dialog({
			title: __("Re-route"),
			size: "extra-large",
			fields: [
				{ fieldtype: "HTML", fieldname: "lines", options: reroute.html(lines) },
				{
					fieldtype: "Data",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("Kept on the lines and in the timeline."),
				},
			],
			primary_action_label: __("Re-route"),
			async primary_action({ reason }) {
				const moves = reroute.moves(dialog, lines);
				if (!moves.length) {
					frappe.show_alert({ message: __("Every line stays where it is."), indicator: "orange" });
					return;
				}
				const moved = await sales_wh_flow.tell(
					"reroute.api.reroute",
					{ sales_order: frm.doc.name, moves: JSON.stringify(moves), reason },
					__("Moving lines and locks...")
				);
				dialog.hide();
				await frm.reload_doc();
				const words = moved.map((one) => `${sales_wh_flow.qty(one.qty)} × ${one.item_code}: ${one.warehouse}`);
				frappe.show_alert({ message: words.map(sales_wh_flow.escape).join("<br>"), indicator: "green" }, 10);
			},
		});
		dialog.show();
		dialog.$body.find("[data-place]").on("change input", () => reroute.count(dialog, lines));
		reroute.count(dialog, lines);
	},

	html(lines) {
		const { escape, qty } = sales_wh_flow;
		const rows = lines.map((line) => {
			const proposed = Object.fromEntries(line.proposal.map((one) => [one.warehouse, one.qty]));
			const names = new Set([...line.choices.map((one) => one.warehouse), ...Object.keys(proposed)]);
			names.delete(line.warehouse);
			const free = Object.fromEntries(line.choices.map((one) => [one.warehouse, one.free]));
			const places = [...names].map(
				(name) => `<label class="swf-source"><span>${escape(name)}
					<span class="swf-muted">${__("{0} free", [qty(free[name] || 0)])}</span></span>
					<input type="number" min="0" step="any" class="form-control input-xs" data-place="${escape(name)}"
						value="${proposed[name] || 0}"></label>`
			);
			return `<div class="swf-gap" data-row="${escape(line.row)}">
				<div class="swf-gap-what"><span><b>#${line.idx} ${escape(line.item_code)}</b> ${escape(line.item_name || "")}
				<span class="swf-gap-facts">${__("{0} {1} open in {2}: {3} locked, {4} waiting", [
					qty(line.open),
					escape(line.uom),
					escape(line.warehouse),
					qty(line.locked),
					qty(line.waiting),
				])}${line.listed ? ` · ${__("{0} on Pick Lists stay", [qty(line.listed)])}` : ""}</span></span></div>
				<div class="swf-sources">${places.join("") || `<span class="swf-muted">${__("No other warehouse has any free.")}</span>`}</div>
				<div class="swf-after"></div>
			</div>`;
		});
		return `<p class="swf-muted">${__(
			"How much of each line shall come from where? What you see filled in is what the routing rules would do now."
		)}</p>${rows.join("")}`;
	},

	moves(dialog, lines) {
		return lines.flatMap((line) =>
			dialog.$body
				.find(`[data-row="${line.row}"] [data-place]`)
				.map((_at, box) => ({ row: line.row, warehouse: $(box).attr("data-place"), qty: flt($(box).val()) }))
				.get()
				.filter((move) => move.qty > 0)
		);
	},

	/** The line below each row: what would be where, and what of it locked at once. */
	count(dialog, lines) {
		const { escape, qty } = sales_wh_flow;
		lines.forEach((line) => {
			const moves = sales_wh_flow.reroute.moves(dialog, [line]);
			const gone = moves.reduce((sum, move) => sum + move.qty, 0);
			const stays = flt(line.open - gone, 6);
			const free = Object.fromEntries(line.choices.map((one) => [one.warehouse, one.free]));
			const parts = moves.map((move) =>
				__("{0} from {1} ({2} locked at once)", [
					qty(move.qty),
					escape(move.warehouse),
					qty(Math.min(free[move.warehouse] || 0, move.qty)),
				])
			);
			if (stays > 0) {
				parts.unshift(
					__("{0} stay in {1} ({2} locked)", [
						qty(stays),
						escape(line.warehouse),
						qty(Math.min(line.locked, stays)),
					])
				);
			}
			const is_too_much = stays < 0;
			dialog.$body
				.find(`[data-row="${line.row}"] .swf-after`)
				.toggleClass("text-danger", is_too_much)
				.html(
					is_too_much
						? __("{0} more than can move", [qty(-stays)])
						: `<b>${__("After")}:</b> ${parts.join(" · ")}`
				);
		});
	},
});
