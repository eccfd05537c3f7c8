// Three plans for a draft, side by side. One click takes one.
frappe.provide("sales_wh_flow.order_plans");

Object.assign(sales_wh_flow.order_plans, {
	async open(frm) {
		const plans = sales_wh_flow.order_plans;
		const answer = await sales_wh_flow.ask("routing.api.route_plans", { sales_order: frm.doc.name });
		const dialog = new frappe.ui.Dialog({ title: __("Compare Plans"), size: "extra-large" });
		dialog.$body.html(plans.page(answer));
		dialog.$body.on("click", "[data-take]", (event) => {
			plans.take(frm, dialog, $(event.currentTarget).attr("data-take"));
		});
		dialog.show();
		return dialog;
	},

	titles() {
		return {
			fewest: __("Fewest Parcels"),
			fastest: __("Earliest"),
			cheapest: __("Cheapest, with Transfers"),
			later: __("One Parcel, Later"),
		};
	},

	/** Plans that do the same are one, which has all their ways: nobody compares what does not differ. */
	different(plans) {
		const found = new Map();
		for (const { way, ...does } of plans) {
			const same = JSON.stringify(does);
			found.set(same, { ...does, ways: [...(found.get(same)?.ways ?? []), way] });
		}
		return [...found.values()];
	},

	page({ plans, kept, currency }) {
		const drawn = sales_wh_flow.order_plans;
		const back = kept
			? `<div class="swf-plans-note">${
					kept === 1
						? __("1 row stays in the warehouse chosen for it.")
						: __("{0} rows stay in the warehouse chosen for them.", [kept])
				}
				<button class="btn btn-xs btn-default" data-take="rule">${__("Plan All by Rule")}</button></div>`
			: "";
		if (!plans.length) {
			const why = kept
				? __("Every line was given its warehouse by hand or by a plan.")
				: __("No routing rule is for any line of this order.");
			return `<p>${why}</p>${back}`;
		}
		const best = {
			parcels: Math.min(...plans.map((plan) => plan.parcels)),
			cost: plans.every((plan) => plan.has_freight) ? Math.min(...plans.map((plan) => plan.cost)) : null,
			last_day: plans
				.map((plan) => plan.last_day)
				.filter(Boolean)
				.sort()[0],
		};
		return `${back}<div class="swf-plans">${drawn
			.different(plans)
			.map((plan) => drawn.plan(plan, best, currency))
			.join("")}</div>`;
	},

	plan(plan, best, currency) {
		const { escape } = sales_wh_flow;
		const figure = (label, value, is_best) =>
			`<div class="swf-plan-figure ${is_best ? "is-best" : ""}"><span class="swf-caption">${label}</span>
			<span>${value}</span></div>`;
		const leaves = plan.last_leaves && frappe.datetime.str_to_user(plan.last_leaves);
		const day = plan.last_day
			? frappe.datetime.str_to_user(plan.last_day)
			: leaves
				? __("leaves on {0}, transit unknown", [leaves])
				: __("no day yet");
		const unknown = `<span class="swf-muted">${__("no freight rates known")}</span>`;
		const money = plan.has_freight || plan.cost ? escape(format_currency(plan.cost, currency)) : "";
		const cost = [money, plan.has_freight ? "" : unknown].filter(Boolean).join("<br>");
		const later =
			plan.ways.includes("later") &&
			sales_wh_flow.pill(
				plan.last_day ? __("complete on {0}", [day]) : __("leaves complete on {0}", [leaves]),
				"blue"
			);
		const short = plan.short
			? sales_wh_flow.pill(plan.short === 1 ? __("1 line short") : __("{0} lines short", [plan.short]), "red")
			: sales_wh_flow.pill(__("complete"), "green");
		const titles = sales_wh_flow.order_plans.titles();
		return `<div class="swf-plan" data-plan="${escape(plan.ways.join(" "))}">
			<div class="swf-plan-head"><b>${plan.ways.map((way) => escape(titles[way])).join("<br>")}</b> ${later || short}</div>
			<div class="swf-plan-figures">
				${figure(__("Parcels"), plan.parcels, plan.parcels === best.parcels)}
				${figure(__("Handling and Freight"), cost, plan.cost === best.cost)}
				${figure(__("Delivered by"), day, plan.last_day && plan.last_day === best.last_day)}
			</div>
			<div class="swf-plan-lines">${plan.lines.map(sales_wh_flow.order_plans.line).join("")}</div>
			<button class="btn btn-sm btn-primary" data-take="${escape(plan.ways[0])}">${__("Take This Plan")}</button>
		</div>`;
	},

	line(line) {
		const { escape, qty } = sales_wh_flow;
		const missing = line.missing ? ` <span class="swf-short">${__("{0} missing", [qty(line.missing)])}</span>` : "";
		const brought = line.brought_to
			? `<div class="swf-muted">${__("by transfer to {0} first", [escape(line.brought_to)])}</div>`
			: "";
		return `<div class="swf-plan-line">
			<div><span class="swf-muted">#${line.idx}</span> <b>${escape(line.item_code)}</b>
				${qty(line.qty)} ${escape(__(line.uom))}${missing}</div>
			<div>${escape(line.warehouse)}</div>${brought}
			<div class="swf-muted">${escape(line.source)}${
				line.promised_on ? `; ${__("delivered on {0}", [frappe.datetime.str_to_user(line.promised_on)])}` : ""
			}</div>
		</div>`;
	},

	async take(frm, dialog, plan) {
		await sales_wh_flow.tell(
			"routing.api.take_plan",
			{ sales_order: frm.doc.name, plan },
			__("Routing the order...")
		);
		dialog.hide();
		await frm.reload_doc();
		frappe.show_alert({
			message:
				plan === "rule"
					? __("Every line is planned by its rule again.")
					: __("Taken: {0}. Its rows keep their warehouse.", [sales_wh_flow.order_plans.titles()[plan]]),
			indicator: "green",
		});
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		const is_saved_draft = frm.doc.docstatus === 0 && !frm.is_new() && !frm.is_dirty();
		if (sales_wh_flow.is_on("routing") && is_saved_draft && frm.has_perm("write")) {
			frm.add_custom_button(__("Compare Plans"), () => sales_wh_flow.order_plans.open(frm));
		}
		["swf_promised_on", "swf_promise_source", "swf_ships_on"].forEach((fieldname) =>
			frm.fields_dict.items.grid.update_docfield_property(
				fieldname,
				"hidden",
				sales_wh_flow.is_on("routing") ? 0 : 1
			)
		);
	},
});
