// How the page Pack is drawn. Everything that is text is escaped here.
frappe.provide("sales_wh_flow");

const { escape } = sales_wh_flow;
const figure = (value) => sales_wh_flow.qty(flt(value, 3));

function button(label, action, data, kind = "default") {
	const attributes = Object.entries(data).map(([key, value]) => `data-${key}="${escape(value)}"`);
	return `<button class="btn btn-${kind}" data-do="${action}" ${attributes.join(" ")}>${label}</button>`;
}

function lot(row) {
	const parts = [row.batch_no, ...(row.serial_nos || [])].filter(Boolean).map(escape);
	return parts.length ? `<div class="text-muted">${parts.join(", ")}</div>` : "";
}

function list_card(one) {
	const orders =
		one.orders > 1 ? __("{0} orders", [one.orders]) : `${escape(one.order)} · ${escape(one.customer_name)}`;
	const left = __("{0} of {1} rows to pack", [one.left, one.rows]);
	const courier = one.courier ? ` · ${escape(one.courier)}` : "";
	return `<a class="swf-pack-card" href="${frappe.router.make_url(["pack", one.name])}">
		<b>${escape(one.name)}</b><div>${orders}</div>
		<div class="text-muted">${left} · ${escape(one.warehouse)}${courier}</div></a>`;
}

function left_rows(to) {
	const rows = to.rows
		.slice()
		.sort((a, b) => (b.left > 0) - (a.left > 0))
		.map(
			(row) => `<li class="${row.left > 0 ? "" : "is-done"}" data-item="${escape(row.item_code)}">
				<div>${escape(row.item_name)}${row.item_name === row.item_code ? "" : ` <span class="text-muted">${escape(row.item_code)}</span>`}
					${lot(row)}${to.orders.length > 1 ? `<div class="text-muted">${escape(row.order)}</div>` : ""}</div>
				<b>${row.left > 0 ? `${figure(row.picked - row.left)} / ${figure(row.picked)}` : `✓ ${figure(row.picked)}`} ${escape(row.uom)}</b></li>`
		);
	return `<ul class="swf-pack-rows">${rows.join("")}</ul>`;
}

function proposal(to) {
	const { boxes, unknown, too_large } = to.proposal;
	const parts = [];
	if (boxes.length) {
		const counts = boxes.reduce((all, box) => ({ ...all, [box.kind]: (all[box.kind] || 0) + 1 }), {});
		const names = Object.entries(counts).map(([kind, count]) => `${count} × ${escape(kind)}`);
		parts.push(__("Proposed: {0}", [names.join(", ")]));
	}
	if (too_large.length) {
		parts.push(__("In no box: {0}", [too_large.map(escape).join(", ")]));
	}
	if (boxes.length && unknown.length) {
		parts.push(__("Not measured: {0}", [unknown.map(escape).join(", ")]));
	}
	return parts.length ? `<p class="text-muted swf-pack-proposal">${parts.join(" · ")}</p>` : "";
}

function box_row(box, it) {
	const out = box.state === "Open";
	const take = (serial) =>
		button(
			"−",
			"take_out",
			{ box: box.name, row: it.name, ...(serial ? { serial } : {}) },
			"default swf-pack-minus"
		);
	const buttons = out ? (it.serial_nos.length ? it.serial_nos.map(take).join("") : take()) : "";
	return `<li><div>${escape(it.item_name)}${lot(it)}</div><b>${figure(it.qty)} ${escape(it.uom)}</b>${buttons}</li>`;
}

function box_card(box, chosen, carries, makers) {
	const weight = box.weighed_kg || box.expected_kg;
	const about = [
		box.box_type,
		carries ? __("Pallet of {0} boxes", [carries]) : "",
		weight ? `${figure(weight)} kg` : "",
		box.parent_box ? __("on {0}", [box.parent_box]) : "",
		[box.courier, box.tracking_no].filter(Boolean).join(" "),
		box.cod_amount ? __("collect {0}", [format_number(box.cod_amount, null, 2)]) : "",
	];
	const has_label = Boolean(box.label_made_on);
	const wants_label = !carries && box.contents.length && !box.tracking_no && makers.has(box.courier);
	const buttons =
		box.state === "Open"
			? [
					box.name === chosen || carries ? "" : button(__("Pack This"), "choose", { box: box.name }),
					button(__("Close"), "close_now", { box: box.name }, "primary"),
					button(__("Weigh and Close"), "close_box", { box: box.name }),
					box.contents.length ? "" : button(__("Cancel"), "cancel_box", { box: box.name }),
				]
			: [
					wants_label
						? button(__("Get Label"), "make_label", { box: box.name, courier: box.courier }, "primary")
						: "",
					button(__("Label"), "print", { box: box.name }),
					button(__("Packing List"), "print", { box: box.name, what: "list" }),
					box.parent_box ? button(__("Off the Pallet"), "off_pallet", { box: box.name }) : "",
					has_label ? button(__("Void Label"), "void_label", { box: box.name, number: box.tracking_no }) : "",
					box.parent_box || has_label ? "" : button(__("Open Again"), "open_again", { box: box.name }),
				];
	return `<section class="swf-pack-box ${box.name === chosen ? "is-chosen" : ""}" data-box="${escape(box.name)}">
		<header><b>${escape(box.name)}</b><span class="indicator-pill ${box.state === "Open" ? "blue" : "green"}">
			${escape(__(box.state))}</span></header>
		<div class="text-muted">${about.filter(Boolean).map(escape).join(" · ")}</div>
		<ul class="swf-pack-rows">${box.contents.map((it) => box_row(box, it)).join("")}</ul>
		<footer>${buttons.join("")}</footer></section>`;
}

/** Nothing is packed yet, no serial number is to be scanned, and one box is enough as far as sizes are known. */
function fits_in_one({ rows, boxes, proposal: { boxes: proposed, too_large } }) {
	const by_hand = rows.some((row) => row.left > 0 && row.serial_nos.length);
	return !boxes.some((box) => box.state === "Open") && !by_hand && proposed.length <= 1 && !too_large.length;
}

function on_it(to, pallet) {
	return to.boxes.filter((box) => box.parent_box === pallet.name).length;
}

/** One courier takes a pallet: a button for each that has several boxes here. */
function pallets(loose, at) {
	const couriers = [...new Set(loose.map((box) => box.courier || ""))];
	return couriers
		.filter((courier) => loose.filter((box) => (box.courier || "") === courier).length > 1)
		.map((courier) => {
			const label =
				couriers.length > 1 && courier ? __("Put on a Pallet: {0}", [escape(courier)]) : __("Put on a Pallet");
			return button(label, "stack", { at, courier });
		});
}

function ship_to(to, at, chosen, makers) {
	const is_left = to.rows.some((row) => row.left > 0);
	const closed = to.boxes.some((box) => box.state === "Closed");
	const sent = to.boxes.some((box) => box.state === "Closed" && box.is_of_list);
	const loose = to.boxes.filter((box) => box.state === "Closed" && !box.parent_box && box.contents.length);
	const buttons = [
		is_left ? button(__("Open a Box"), "open_box", { at }) : "",
		is_left ? button(__("Put In All"), "put_all", { at }) : "",
		is_left && fits_in_one(to) ? button(__("All in One Box"), "pack_all", { at }, "primary") : "",
		...pallets(loose, at),
		sent && frappe.model.can_read("Courier") ? button(__("Compare Couriers"), "compare", { at }) : "",
		closed && frappe.model.can_create("Delivery Note")
			? button(__("Make Delivery Note"), "make_note", { at }, is_left ? "default" : "primary")
			: "",
	];
	const card = (box) => box_card(box, chosen, on_it(to, box), makers);
	const open = to.boxes.filter((box) => box.state === "Open");
	const here = open.filter((box) => box.name === chosen);
	const others = open.filter((box) => box.name !== chosen);
	return `<section class="swf-pack-to"><h5>${escape(to.customer_name)}</h5>
		<div class="text-muted swf-pack-address">${escape(to.text).replace(/\n/g, ", ")}</div>
		${proposal(to)}
		<div class="swf-pack-boxes">${[...here, ...others].map(card).join("")}</div>
		${left_rows(to)}<footer>${buttons.join("")}</footer>
		${closed_boxes(to, card)}</section>`;
}

const other_lists = (boxes) =>
	boxes === 1 ? __("1 closed box of other lists") : __("{0} closed boxes of other lists", [boxes]);

/** What was closed last is at hand; those of other lists that stand here, too, are one tap away. */
function closed_boxes(to, card) {
	const closed = to.boxes.filter((box) => box.state !== "Open");
	const own = closed.filter((box) => box.is_of_list || !box.contents.length);
	const rest = closed.filter((box) => !own.includes(box));
	const folded = rest.length
		? `<details class="swf-pack-closed"><summary>${other_lists(rest.length)}</summary>
			<div class="swf-pack-boxes">${rest.map(card).join("")}</div></details>`
		: "";
	return `<div class="swf-pack-boxes">${own.map(card).join("")}</div>${folded}`;
}

const nothing_left = ({ is_picked }) => (is_picked ? __("All is packed.") : __("This list is not picked yet."));

/** Why there is nothing to pack here, and where to go. */
function nothing(found) {
	if (found.is_picked) {
		return `<p class="swf-pack-empty text-muted">${__("Nothing of this list was picked for an order.")}</p>`;
	}
	const pick = frappe.router.make_url(["pick", found.pick_list]);
	return `<p class="swf-pack-empty">${nothing_left(found)}<br><a class="btn btn-default" href="${pick}">${__("Pick")}</a></p>`;
}

sales_wh_flow.pack_views = {
	/** What a scan hears that no box is opened for. */
	why_no_box: (found, waiting) =>
		waiting.length ? __("Open a box for one of the addresses first.") : nothing_left(found),
	/** Boxes that scans may go into; a pallet carries boxes. */
	open_boxes: ({ ship_tos }) =>
		ship_tos.flatMap((to) => to.boxes.filter((box) => box.state === "Open" && !on_it(to, box))),
	lists: (lists) =>
		lists.length
			? lists.map(list_card).join("")
			: `<p class="swf-pack-empty text-muted">${__("Nothing is picked and waits for packing.")}</p>`,
	list: (found, chosen, makers) =>
		found.ship_tos.map((to, at) => ship_to(to, at, chosen, makers)).join("") || nothing(found),
};
