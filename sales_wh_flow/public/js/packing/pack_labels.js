// What the page Pack prints, and the labels that couriers make.
Object.assign(sales_wh_flow.Pack.prototype, {
	/** The courier's label where it makes some, else ours; with the packing list where the station says so. */
	label_and_print({ name, courier, tracking_no, contents }) {
		if (contents.length && !tracking_no && this.makers.has(courier)) {
			return this.make_label({ box: name, courier });
		}
		return this.print_all(name);
	},

	async print_all(box) {
		await sales_wh_flow.print_box(box);
		if (sales_wh_flow.stations.here()?.prints_packing_list) {
			await sales_wh_flow.print_box(box, "list");
		}
	},

	async make_label({ box, courier }) {
		const made = await sales_wh_flow.couriers.make_label(box, courier).catch(() => null);
		await this.show();
		if (made) {
			this.scan.say("good", __("{0} has the label {1}", [box, made.tracking_no]));
			return this.print_all(box);
		}
		this.scan.say("bad", __("{0} has no label", [box]));
	},

	void_label({ box, number }) {
		sales_wh_flow.couriers.void_label(box, number, async ({ is_taken_back }) => {
			await this.show();
			const said = is_taken_back ? __("{0} was given back", [number]) : __("{0} was thrown away", [number]);
			this.scan.say(is_taken_back ? "good" : "warn", said);
		});
	},

	print({ box, what }) {
		return sales_wh_flow.print_box(box, what);
	},
});
