// The Order Board: filters that somebody keeps under a name, for himself, on every device.
frappe.provide("sales_wh_flow");

const BOARD = "Order Board";

/** The saved views of a board, as buttons beside its filters. */
sales_wh_flow.BoardViews = class BoardViews {
	constructor(board) {
		this.board = board;
		this.kept = [];
		board.bar.on("click", "[data-view]", (event) => this.take($(event.currentTarget).attr("data-view")));
		board.bar.on("click", "[data-drop-view]", (event) => this.drop($(event.currentTarget).attr("data-drop-view")));
		board.bar.on("click", "[data-keep-view]", () => this.ask());
		this.load();
	}

	async load() {
		const { views } = await frappe.model.user_settings.get(BOARD);
		this.kept = Array.isArray(views) ? views : [];
		this.kept.length && this.board.show();
	}

	html() {
		const { escape } = sales_wh_flow;
		const views = this.kept.map(
			({ name }) => `<span class="ob-view btn-group">
				<button class="btn btn-sm btn-default" data-view="${escape(name)}">${escape(name)}</button>
				<button class="btn btn-sm btn-default" data-drop-view="${escape(name)}"
					aria-label="${escape(__("Forget the view {0}", [name]))}">×</button></span>`
		);
		return `${views.join("")}<button class="btn btn-sm btn-default" data-keep-view>${__("Keep View")}</button>`;
	}

	async take(name) {
		const { board } = this;
		const view = this.kept.find((one) => one.name === name);
		board.only = new Set(view.only);
		await board.company.set_value(view.company || "");
		await board.warehouse.set_value(view.warehouse || "");
		return board.show();
	}

	drop(name) {
		return this.keep(this.kept.filter((one) => one.name !== name));
	}

	ask() {
		const { board } = this;
		frappe.prompt(
			{ fieldname: "name", fieldtype: "Data", label: __("Name"), reqd: 1 },
			({ name }) => {
				const view = {
					name: name.trim().slice(0, 40),
					company: board.company.get_value(),
					warehouse: board.warehouse.get_value(),
					only: [...board.only],
				};
				return this.keep([...this.kept.filter((one) => one.name !== view.name), view]);
			},
			__("Keep View"),
			__("Keep")
		);
	}

	async keep(views) {
		this.kept = views;
		await frappe.model.user_settings.update(BOARD, { views });
		return this.board.show();
	}
};
