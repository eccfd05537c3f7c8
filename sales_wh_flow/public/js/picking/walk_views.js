// How the page Pick is drawn. Everything that is text is escaped here.
frappe.provide("sales_wh_flow");

const qty = (value) => sales_wh_flow.qty(value);

function list_card(list) {
	const text = frappe.utils.escape_html;
	const whose = list.is_mine
		? `<span class="indicator-pill blue">${__("Mine")}</span>`
		: list.picker
			? `<span class="indicator-pill gray">${text(list.picker_name)}</span>`
			: "";
	const orders = list.orders === 1 ? `${list.order} · ${list.customer_name}` : __("{0} orders", [list.orders]);
	const day = list.due ? frappe.datetime.str_to_user(list.due) : "";
	const due = day && list.cut_off ? __("{0} until {1}", [day, list.cut_off]) : day;
	const is_late = list.due && list.due < sales_wh_flow.today();
	return `<li><button type="button" data-go="${text(list.name)}">
		<b>${text(list.name)}</b> ${whose} ${is_late ? `<span class="indicator-pill red">${__("Late")}</span>` : ""}
		<span>${[list.warehouse, orders, list.courier, due].filter(Boolean).map(text).join(" · ")}</span>
		<span class="swf-walk-count">${__("{0} of {1} found", [list.found, list.rows])}</span>
	</button></li>`;
}

/**
 * may: what the server lets this user do with the list now. wants_tote: the orders of a wave stay apart. is_batch_tapped:
 * the picker said that it is the row's batch.
 */
function open_row(row, may, wants_tote, is_batch_tapped) {
	const text = frappe.utils.escape_html;
	const left = row.asked - row.found;
	const batch = row.batch_no ? text(__("Batch {0}", [row.batch_no])) : "";
	const lots = batch
		? [
				row.asks_batch && may.pick
					? `<button type="button" class="btn btn-default" data-act="batch" aria-pressed="${is_batch_tapped}">${is_batch_tapped ? "✓ " : ""}${batch}</button>`
					: batch,
			]
		: [];
	const serials = row.serial_nos.filter((serial) => !row.found_serials.includes(serial));
	const units = row.asked_in_units ? ` (${qty(row.asked_in_units[0])} ${text(__(row.asked_in_units[1]))})` : "";
	const image = row.image ? `<img src="${text(row.image)}" alt="">` : "";
	return `<section class="swf-walk-row" data-row="${text(row.row)}">
		${row.place ? `<div class="swf-walk-place">${text(row.place)}</div>` : `<div class="text-muted">${text(row.warehouse)}</div>`}
		<div class="swf-walk-what">${image}<div>
			<div class="swf-walk-item">${text(row.item_code)}</div>
			<div>${text(row.item_name)}</div>
			<div class="swf-walk-lot">${[...lots, ...serials.slice(0, 5).map(text)].join("<br>")}${
				serials.length > 5 ? ` … ${__("{0} more", [serials.length - 5])}` : ""
			}</div>
		</div></div>
		<div class="swf-walk-qty">${qty(left)} <small>${text(__(row.uom))}${units}</small>
			${row.found ? `<small>${__("{0} found", [qty(row.found)])}</small>` : ""}</div>
		<div class="swf-walk-for">${[row.order, row.customer_name, row.tote].filter(Boolean).map(text).join(" · ")}</div>
		${wants_tote && !row.tote ? `<div class="swf-walk-note">${__("Scan a tote for this order, so that the orders stay apart.")}</div>` : ""}
		${row.standing ? `<div class="swf-walk-note">${standing(row)}</div>` : ""}
		${row.instructions ? `<div class="swf-walk-note">${text(row.instructions)}</div>` : ""}
		${row.gone ? `<div class="swf-walk-note is-bad">${__("This order needs nothing any more. Leave the row out.")}</div>` : ""}
		<div class="swf-walk-buttons" ${may.pick ? "" : "hidden"}>
			${row.gone ? "" : `<button type="button" class="btn btn-primary" data-act="all">${__("Found All")}</button>`}
			<button type="button" class="btn btn-default" data-act="less">${row.gone ? __("Leave Out") : __("Found Less")}</button>
			<button type="button" class="btn btn-default" data-act="next">${__("Later")}</button>
		</div>
	</section>`;
}

/** Goods of the same kind that are not on their shelf: a picker finds fewer there, and takes these. */
function standing(row) {
	const text = frappe.utils.escape_html;
	const where = row.stands_in ? text(row.stands_in) : __("a crate");
	return __("{0} are not back on the shelf yet: look in {1}.", [qty(row.standing), where]);
}

function end(may) {
	return `<section class="swf-walk-row"><div class="swf-walk-item">${__("Nothing is left to find.")}</div>
		<div class="swf-walk-buttons">${
			may.finish
				? `<button type="button" class="btn btn-primary" data-act="finish">${__("Done")}</button>`
				: __("Who walks for it and may submit Pick Lists presses Done.")
		}</div></section>`;
}

/** Of a list that was submitted: whoever scans its number here mostly wants to pack it. */
function done(name) {
	return `<section class="swf-walk-row"><div class="swf-walk-item">${__("This list is done.")}</div>
		<div class="swf-walk-buttons"><a class="btn btn-default"
			href="${frappe.router.make_url(["pack", name])}">${__("Pack")}</a></div></section>`;
}

function small_row(row, is_here) {
	const text = frappe.utils.escape_html;
	const sign = row.is_found ? "✓" : "";
	return `<li class="${row.is_found ? "is-found" : ""}${is_here ? " is-here" : ""}">
		<button type="button" data-act="to:${text(row.row)}">
		<span>${text(row.place || String(row.idx))}</span><span>${text(row.item_code)}</span>
		<span>${qty(row.found)} / ${qty(row.asked)} ${sign}</span></button></li>`;
}

sales_wh_flow.walk_views = { list_card, row: open_row, small_row, end, done };
