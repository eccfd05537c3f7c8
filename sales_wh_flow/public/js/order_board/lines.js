// The lower part of the block "Order Flow": every line, and the documents made from the order.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	lines({ lines, docstatus, pick_lists, flow_status, promise }) {
		const flow = sales_wh_flow.order_flow;
		const has_story = docstatus === 1 || lines.some((line) => line.route_reason);
		if (!lines.length || !has_story || docstatus === 2) {
			return "";
		}
		const picking = pick_lists.filter((list) => list.docstatus === 0).map((list) => list.warehouse);
		const has_days = lines.some((line) => line.promised_on);
		const state = (line) => flow.line_pill(line, picking, flow_status);
		const columns = flow.columns(docstatus, state, promise, has_days);
		const head = columns
			.map((column) => `<th class="${column.css || ""}">${sales_wh_flow.escape(column.label)}</th>`)
			.join("");
		const rows = lines.map((line) => {
			const cells = columns.map(
				(column) =>
					`<td class="${column.css || ""} ${column.is_zero && column.is_zero(line) ? "is-zero" : ""}"
						data-label="${sales_wh_flow.escape(column.label)}">${column.show(line)}</td>`
			);
			return `<tr>${cells.join("")}</tr>`;
		});
		return `<div class="swf-part"><div class="swf-caption">${__("Lines")}</div>
			<div class="swf-scroll is-whole"><table class="swf-lines ${columns.length > 9 ? "is-wide" : ""}">
				<thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody>
			</table></div></div>`;
	},

	columns(docstatus, state, promise, has_days) {
		const { escape, qty } = sales_wh_flow;
		const amount = (key, label) => ({
			label,
			css: "swf-number",
			is_zero: (line) => !line[key],
			show: (line) => qty(line[key]),
		});
		const day = (key, label) => ({
			label,
			css: "swf-number swf-day",
			is_zero: (line) => !line[key],
			show: (line) => (line[key] ? frappe.datetime.str_to_user(line[key]) : ""),
		});
		const what = [
			{ label: "#", css: "swf-idx", show: (line) => line.idx },
			{
				label: __("Item"),
				css: "swf-item",
				show: (line) =>
					`<b>${escape(line.item_code)}</b>${
						line.item_name && line.item_name !== line.item_code
							? `<div class="swf-muted">${escape(line.item_name)}</div>`
							: ""
					}`,
			},
			{
				label: __("Warehouse"),
				css: "swf-warehouse",
				show: (line) =>
					`${escape(line.warehouse || __("None"))}${
						line.route_reason ? `<div class="swf-muted">${escape(line.route_reason)}</div>` : ""
					}`,
			},
			{
				label: __("Ordered"),
				css: "swf-number",
				show: sales_wh_flow.in_units,
			},
		];
		if (docstatus !== 1) {
			return has_days ? [...what, day("promised_on", __("Planned"))] : what;
		}
		return [
			...what,
			amount("locked", __("Locked")),
			amount("picked", __("On Pick Lists")),
			amount("delivered", __("Dispatched")),
			amount("waiting", __("Waiting")),
			...(promise && has_days ? [day("promised_on", __("Planned"))] : []),
			...(promise ? [day("expected_on", __("Expected"))] : []),
			{ label: __("State"), css: "swf-state", show: state },
		];
	},

	/** What of a line is picked and has not left; nothing while a list of its warehouse is still worked on. */
	picked(line, pick_lists) {
		const is_worked_on = pick_lists.some((list) => list.docstatus === 0 && list.warehouse === line.warehouse);
		return is_worked_on ? 0 : line.picked;
	},

	line_pill(line, picking, flow_status) {
		return sales_wh_flow.pill(...sales_wh_flow.order_flow.line_state(line, picking, flow_status));
	},

	/** [words, colour]. ``picking``: warehouses with an open pick list of the order. */
	line_state(line, picking, flow_status) {
		const { qty } = sales_wh_flow;
		if (line.delivered >= line.ordered) {
			const has_arrived = line.arrived >= line.ordered || sales_wh_flow.is_status("arrived", flow_status);
			return [has_arrived ? __("Delivered") : __("Dispatched"), "green"];
		}
		if (flow_status === "Closed") {
			return [__("Closed"), "gray"];
		}
		if (line.waiting > 0) {
			return line.locked > 0 || line.delivered > 0
				? [__("{0} waiting", [qty(line.waiting)]), "yellow"]
				: [__("Waiting for stock"), "red"];
		}
		if (line.picked > 0) {
			return picking.includes(line.warehouse) ? [__("Being picked"), "purple"] : [__("Picked"), "cyan"];
		}
		return line.locked > 0 ? [__("Locked"), "blue"] : [__("Not locked"), "gray"];
	},

	/** "4 Nos of PUMP from Munich to Hamburg", and how far that is. */
	transfer(one) {
		const { escape, link, pill, qty } = sales_wh_flow;
		const state = !one.request
			? pill(__("Not asked for"), "orange")
			: one.docstatus
				? pill(__("Asked for"), "blue")
				: pill(__("Draft"), "gray");
		const words = __("#{0}: {1} {2} of {3} from {4} to {5}", [
			one.idx,
			qty(one.qty),
			escape(__(one.uom)),
			escape(one.item_code),
			escape(one.source),
			escape(one.target),
		]);
		return `<li>${one.request ? link("Material Request", one.request) : ""} ${state}
			<span class="swf-muted">${words}</span></li>`;
	},

	papers({ pick_lists, delivery_notes, backorders = [], transfers = [] }) {
		const { escape, link, pill, tracking_link } = sales_wh_flow;
		const lists = pick_lists.map(
			(list) => `<li>${link("Pick List", list.name)}
				${list.docstatus ? pill(__("Picked"), "green") : pill(__("To pick"), "purple")}
				<span class="swf-muted">${escape(list.warehouse)}</span></li>`
		);
		const notes = delivery_notes.map((note) => {
			const state = note.delivered_on
				? pill(__("Delivered"), "green")
				: note.docstatus
					? pill(__("Dispatched"), "blue")
					: pill(__("Draft"), "gray");
			const when = note.delivered_on ? frappe.datetime.str_to_user(note.delivered_on) : "";
			const tracking = note.tracking_no ? tracking_link(note.tracking_link, note.tracking_no) : "";
			return `<li>${link("Delivery Note", note.name)} ${state}
				<span class="swf-muted">${when}</span> ${tracking}</li>`;
		});
		const group = (label, items) =>
			items.length ? `<div><div class="swf-caption">${label}</div><ul>${items.join("")}</ul></div>` : "";
		const split_off = backorders.map(
			(order) =>
				`<li>${link("Sales Order", order.name)} ${sales_wh_flow.status_pill(
					order.swf_flow_status || "Draft"
				)}</li>`
		);
		const body =
			group(__("Brought Together First"), transfers.map(sales_wh_flow.order_flow.transfer)) +
			group(__("Pick Lists"), lists) +
			group(__("Delivery Notes"), notes) +
			group(__("Backorders"), split_off);
		return body ? `<div class="swf-part swf-papers">${body}</div>` : "";
	},
});
