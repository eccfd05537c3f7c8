// Where the orders went, on the workspace: warehouses as dots whose area is their lines, small dots for places that goods
// go to. Drawn without any map of others: lines of latitude and longitude, north is up.
frappe.provide("sales_wh_flow.order_map");

Object.assign(sales_wh_flow.order_map, {
	/** Draws into an element of the custom block; its width decides how large. */
	async show(root) {
		if (!frappe.model.can_read("Sales Order")) {
			root.querySelector(".om-block").remove(); // the workspace is for drivers, too
			return;
		}
		const map = await sales_wh_flow.ask("figures.api.order_map");
		const box = root.querySelector(".om-map");
		const width = Math.max(box.clientWidth, 300);
		const nothing = __("No warehouse that was given lines has coordinates, or a postcode of Postcode Place.");
		$(box).html(map.warehouses.length ? sales_wh_flow.order_map.svg(map, width) : `<p>${nothing}</p>`);
		root.querySelector(".om-said").textContent = sales_wh_flow.order_map.said(map);
		box.querySelectorAll("[data-warehouse]").forEach((dot) => {
			const open = () => sales_wh_flow.order_map.open(dot.getAttribute("data-warehouse"), map);
			dot.addEventListener("click", open);
			dot.addEventListener("keydown", (event) => event.key === "Enter" && open());
		});
	},

	/** The orders with lines of a warehouse. */
	open(warehouse, { since, company }) {
		frappe.route_options = {
			"Sales Order Item.warehouse": warehouse,
			transaction_date: [">=", since],
			docstatus: 1,
			...(company ? { company } : {}),
		};
		frappe.set_route("List", "Sales Order", "List");
	},

	said({ since, without_place, is_cut, ship_tos }) {
		const parts = [
			__("Orders since {0}. The larger a dot, the more lines the warehouse was given.", [
				frappe.datetime.str_to_user(since),
			]),
			is_cut ? __("Only the {0} places with most lines are drawn.", [sales_wh_flow.qty(ship_tos.length)]) : "",
			without_place ? __("Without a place on the map: {0}.", [sales_wh_flow.order_map.lines(without_place)]) : "",
		];
		return parts.filter(Boolean).join(" ");
	},

	lines(count) {
		return count === 1 ? __("1 line") : __("{0} lines", [sales_wh_flow.qty(count)]);
	},

	svg(map, width) {
		const { project, height } = sales_wh_flow.order_map.projection([...map.warehouses, ...map.ship_tos], width);
		const at = (one) => project(one).map(Math.round);
		const links = map.ship_tos.flatMap((to) => {
			const [x, y] = at(to);
			return to.by.map((number) => {
				const [x1, y1] = at(map.warehouses[number]);
				return `<line class="link" x1="${x1}" y1="${y1}" x2="${x}" y2="${y}"/>`;
			});
		});
		const points = map.ship_tos.map((to) => {
			const [x, y] = at(to);
			return `<circle class="point" cx="${x}" cy="${y}" r="2"><title>${sales_wh_flow.escape(
				`${to.place}: ${sales_wh_flow.order_map.lines(to.lines)}`
			)}</title></circle>`;
		});
		const most = map.warehouses[0].lines || 1;
		const dots = map.warehouses.map((one) => sales_wh_flow.order_map.dot(one, at(one), most, width));
		const grid = sales_wh_flow.order_map.grid(map, project, width, height);
		return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group"
			aria-label="${sales_wh_flow.escape(__("Where the Orders Went"))}">${[...grid, ...links, ...points, ...dots].join(
				""
			)}</svg>`;
	},

	dot({ warehouse, lines, units }, [x, y], most, width) {
		const { escape, qty } = sales_wh_flow;
		const radius = Math.round(4 + 17 * Math.sqrt(lines / most));
		const is_right = x > width * 0.7;
		const told = escape(__("{0}: {1}, {2} units", [warehouse, sales_wh_flow.order_map.lines(lines), qty(units)]));
		return `<g class="place" tabindex="0" role="link" data-warehouse="${escape(warehouse)}" aria-label="${told}">
			<circle cx="${x}" cy="${y}" r="${radius}"><title>${told}</title></circle>
			<text x="${is_right ? x - radius - 4 : x + radius + 4}" y="${y + 4}"
				text-anchor="${is_right ? "end" : "start"}">${escape(warehouse)}</text></g>`;
	},

	/** Degrees of longitude are shrunk by the cosine of the middle latitude: right enough for a continent. */
	projection(spots, width) {
		const latitudes = spots.map(({ latitude }) => latitude);
		const longitudes = spots.map(({ longitude }) => longitude);
		const [south, north] = [Math.min(...latitudes) - 0.5, Math.max(...latitudes) + 0.5];
		const [west, east] = [Math.min(...longitudes) - 0.5, Math.max(...longitudes) + 0.5];
		const shrink = Math.max(Math.cos(((south + north) / 2) * (Math.PI / 180)), 0.05);
		const wanted = ((north - south) * width) / ((east - west) * shrink);
		const height = Math.round(Math.min(Math.max(wanted, 220), 520));
		const scale = Math.min(width / ((east - west) * shrink), height / (north - south));
		const left = (width - (east - west) * shrink * scale) / 2;
		const top = (height - (north - south) * scale) / 2;
		const project = ({ latitude, longitude }) => [
			left + (longitude - west) * shrink * scale,
			top + (north - latitude) * scale,
		];
		return { project, height };
	},

	/** Parallels and meridians, so that distances can be judged without a coastline. */
	grid({ warehouses, ship_tos }, project, width, height) {
		const spots = [...warehouses, ...ship_tos];
		const span = (name) => Math.max(...spots.map((one) => one[name])) - Math.min(...spots.map((one) => one[name]));
		const step = [1, 5, 10, 30].find((one) => Math.max(span("latitude"), span("longitude")) / one <= 8) || 30;
		const { latitude, longitude } = spots[0];
		const lines = [];
		for (let degree = -180; degree <= 180; degree += step) {
			const [x] = project({ latitude, longitude: degree });
			const [, y] = project({ latitude: degree, longitude });
			if (x > 30 && x < width - 30) {
				lines.push(`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height}"/>
					<text class="note" x="${x + 4}" y="${height - 5}">${Math.abs(degree)}° ${degree < 0 ? "W" : degree ? "E" : ""}</text>`);
			}
			if (Math.abs(degree) <= 90 && y > 8 && y < height - 4) {
				lines.push(`<line class="grid" x1="0" x2="${width}" y1="${y}" y2="${y}"/>
					<text class="note" x="4" y="${y - 4}">${Math.abs(degree)}° ${degree < 0 ? "S" : "N"}</text>`);
			}
		}
		return lines;
	},
});
