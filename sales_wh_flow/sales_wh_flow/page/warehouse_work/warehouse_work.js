// Warehouse Work: what each warehouse has to do today. Every number opens its lines; /app/warehouse-work/NAME/KIND.
frappe.pages["warehouse-work"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Warehouse Work"), single_column: true });
	wrapper.work = new WarehouseWork(page);
};

frappe.pages["warehouse-work"].on_page_show = (wrapper) => wrapper.work.show();

class WarehouseWork {
	constructor(page) {
		this.page = page;
		this.company = page.add_field({
			fieldtype: "Link",
			fieldname: "company",
			label: __("Company"),
			options: "Company",
			change: () => this.show(),
		});
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.body = $('<div class="warehouse-work"></div>').appendTo(page.main);
		$(`<style>${WarehouseWork.styles}</style>`).appendTo(page.main);
	}

	/** The kinds of lines, in the order in which they stand: [kind, label, colour]. */
	static kinds() {
		return [
			["late", __("Late"), "red"],
			["today", __("To Pick Today"), "orange"],
			["listed", __("Being Picked"), "purple"],
			["picked", __("Picked"), "cyan"],
			["later", __("To Pick Later"), "blue"],
			["transfer", __("To Bring Elsewhere"), "cyan"],
			["held", __("Waits for Approval"), "yellow"],
			["count", __("To Be Counted First"), "yellow"],
			["waiting", __("Waiting for Stock"), "yellow"],
		];
	}

	call(method, args, type = "GET") {
		return type === "POST" ? sales_wh_flow.tell(method, args) : sales_wh_flow.ask(method, args);
	}

	async show() {
		const turn = (this.turn = (this.turn || 0) + 1);
		const [, warehouse, kind] = frappe.get_route();
		const work = await this.call("picking.api.warehouse_work", { company: this.company.get_value() || "" });
		const lines = warehouse && kind ? await this.call("picking.api.warehouse_lines", { warehouse, kind }) : null;
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		this.body.html(this.html(work, warehouse, kind, lines));
		this.body.find("[data-wave]").on("click", (event) => this.make_wave($(event.currentTarget).data("wave")));
		this.bring_into_view(this.body.find(".is-chosen")[0], this.body.find(".ww-lines tr").get(1));
	}

	/** Whoever chose a number, or comes by its link, sees it and its first line; what is in view does not jump. */
	bring_into_view(number, line) {
		const { top, bottom } = number ? number.getBoundingClientRect() : { top: 0, bottom: 0 };
		const end = line ? line.getBoundingClientRect().bottom : bottom;
		if (top < 0 || end > window.innerHeight) {
			number.scrollIntoView({ block: "start" });
		}
	}

	html({ warehouses, idle }, chosen, kind, lines) {
		const escape = frappe.utils.escape_html;
		if (!warehouses.length) {
			return `<p class="ww-empty">${__("None of your warehouses has anything to send.")}</p>`;
		}
		const cards = warehouses.map((one) => {
			const is_chosen = one.name === chosen;
			return this.card(one, is_chosen ? kind : "") + (is_chosen && lines ? this.table(one, kind, lines) : "");
		});
		const rest = idle.length
			? `<p class="ww-idle">${__("Nothing to do: {0}", [idle.map(escape).join(", ")])}</p>`
			: "";
		return cards.join("") + rest;
	}

	card(one, kind) {
		const escape = frappe.utils.escape_html;
		const now_and_then = ["transfer", "held", "count"];
		const kinds = WarehouseWork.kinds().filter(
			([key]) => !now_and_then.includes(key) || one.lines[key] || key === kind
		);
		const numbers = kinds.map(([key, label, colour]) => {
			const count = one.lines[key];
			const address = frappe.router.make_url(["warehouse-work", one.name, key]);
			return `<a class="ww-number ${key === kind ? "is-chosen" : ""} ${count ? "" : "is-zero"}" href="${address}"
				data-kind="${key}"><b class="ww-${count ? colour : "none"}">${count}</b><span>${label}</span></a>`;
		});
		return `<section class="ww-card" data-warehouse="${escape(one.name)}">
			<header><h2>${escape(one.name)}</h2>${this.day(one)}</header>
			<div class="ww-numbers">${numbers.join("")}</div>
			${this.waves(one)}
		</section>`;
	}

	/** Cut-off and capacity, where somebody entered them. */
	day({ cut_off, minutes_left, used_pct, orders }) {
		const parts = [orders === 1 ? __("1 order") : __("{0} orders", [orders])];
		if (cut_off) {
			const left =
				minutes_left >= 0
					? __("{0} h {1} min left", [Math.floor(minutes_left / 60), minutes_left % 60])
					: __("passed");
			parts.push(`${__("cut-off {0}", [cut_off])} (${left})`);
		}
		const share = Math.min(used_pct || 0, 100);
		const bar =
			used_pct === null
				? ""
				: ` · <span class="ww-capacity" title="${__("Share of the lines that can be picked in a day")}">
					${__("Capacity used: {0}", [sales_wh_flow.percent(used_pct)])}
					<span class="ww-bar"><span class="${used_pct > 100 ? "is-over" : ""}" style="width: ${share}%"></span></span>
				</span>`;
		return `<div class="ww-day">${parts.join(" · ")}${bar}</div>`;
	}

	waves({ name, waves }) {
		if (!waves.length || !frappe.model.can_create("Pick List")) {
			return "";
		}
		const escape = frappe.utils.escape_html;
		const today = sales_wh_flow.today();
		const buttons = waves.map(({ by, key, orders, lines }) => {
			const label = by === "Courier" ? key : key <= today ? __("Due Today") : frappe.datetime.str_to_user(key);
			const said = __("One Pick List: {0}, {1}", [
				orders === 1 ? __("1 order") : __("{0} orders", [orders]),
				lines === 1 ? __("1 line") : __("{0} lines", [lines]),
			]);
			const wave = escape(JSON.stringify({ warehouse: name, by, key, said }));
			return `<button class="btn btn-xs btn-default" data-wave="${wave}" title="${said}">
				${escape(label)} <span class="ww-muted">${orders}</span></button>`;
		});
		return `<footer><span class="ww-muted">${__("Make a wave:")}</span> ${buttons.join("")}</footer>`;
	}

	table(one, kind, lines) {
		const escape = frappe.utils.escape_html;
		const label = WarehouseWork.kinds().find(([key]) => key === kind)?.[1] || kind;
		const rows = lines.map(
			(line) => `<tr>
				<td><a href="${frappe.router.make_url(["sales-order", line.sales_order])}">${escape(line.sales_order)}</a>
					<div class="ww-muted">${escape(line.customer_name || "")}</div></td>
				<td>${escape(line.item_code)}<div class="ww-muted">${
					line.item_name === line.item_code ? "" : escape(line.item_name || "")
				}</div></td>
				<td class="ww-qty">${format_number(line.qty, null, Number.isInteger(line.qty) ? 0 : 3)} ${escape(line.uom)}</td>
				<td>${frappe.datetime.str_to_user(line.ships_on)}</td>
				<td>${escape(line.courier)}</td>
			</tr>`
		);
		const head = [__("Order"), __("Item"), __("Quantity"), __("To Send On"), __("Courier")];
		return `<div class="ww-lines"><div class="ww-caption">${escape(label)} · ${escape(one.name)}</div>
			<table><thead><tr>${head.map((word) => `<th>${word}</th>`).join("")}</tr></thead>
			<tbody>${rows.join("") || `<tr><td colspan="5" class="ww-muted">${__("Nothing any more.")}</td></tr>`}</tbody>
			</table></div>`;
	}

	make_wave({ said, ...wave }) {
		const make = async () => {
			const name = await this.call("picking.api.make_wave", wave, "POST");
			frappe.set_route(...sales_wh_flow.to_walk(name));
		};
		// On a phone the buttons lie under the thumb.
		return frappe.is_mobile() ? frappe.confirm(__("Make a wave? {0}", [said]), make) : make();
	}
}

WarehouseWork.styles = `
.ww-card { border: 1px solid var(--border-color); border-radius: var(--border-radius-md); padding: 14px 16px;
	margin: 12px 0; background: var(--card-bg); }
.ww-card header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; }
.ww-card h2 { margin: 0; font-size: var(--text-lg); font-weight: 600; }
.ww-day, .ww-muted, .ww-idle, .ww-caption { color: var(--text-muted); font-size: var(--text-sm); }
.ww-numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 8px; margin: 12px 0; }
.ww-number { scroll-margin-top: 110px; display: block; padding: 8px 10px; border-radius: var(--border-radius); background: var(--subtle-fg);
	color: var(--text-color); text-decoration: none !important; }
.ww-number b { display: block; font-size: 22px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.ww-number span { font-size: var(--text-sm); color: var(--text-muted); }
.ww-number.is-chosen { box-shadow: 0 0 0 2px var(--primary); }
.ww-number.is-zero { background: none; }
.ww-red { color: var(--text-on-red); } .ww-orange { color: var(--text-on-orange); }
.ww-purple { color: var(--text-on-purple); } .ww-cyan { color: var(--text-on-cyan); }
.ww-blue { color: var(--text-on-blue); } .ww-yellow { color: var(--text-on-yellow); }
.ww-card footer { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.ww-capacity { white-space: nowrap; }
.ww-bar { display: inline-block; width: 90px; height: 6px; border-radius: 3px; background: var(--border-color);
	vertical-align: middle; overflow: hidden; }
.ww-bar span { display: block; height: 100%; background: var(--green-500); }
.ww-bar .is-over { background: var(--red-500); }
.ww-lines { margin: 0 0 16px; overflow-x: auto; }
.ww-lines table { width: 100%; font-size: var(--text-sm); }
.ww-lines th { color: var(--text-muted); font-weight: 400; padding: 4px 8px; }
.ww-lines td { padding: 6px 8px; border-top: 1px solid var(--border-color); vertical-align: top; }
.ww-qty { white-space: nowrap; font-variant-numeric: tabular-nums; }
.ww-empty { padding: 40px 0; text-align: center; color: var(--text-muted); }
@media (max-width: 767px) {
	.ww-numbers { grid-template-columns: repeat(2, minmax(0, 1fr)); }
	.ww-number { overflow-wrap: anywhere; }
	.ww-card footer .btn { padding: 6px 10px; }
	#page-warehouse-work .page-title .title-text { max-width: 60vw; }
	.ww-lines thead { display: none; }
	.ww-lines tr { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 8px 0; border-top: 1px solid var(--border-color); }
	.ww-lines td { border: 0; padding: 0; }
	.ww-lines td:first-child { flex: 1 1 100%; }
}`;
