// What is printed for a box, at the Packing Station where this phone or screen stands.
frappe.provide("sales_wh_flow");

const STATION = "sales_wh_flow:station";

sales_wh_flow.stations = {
	/** The name that this device keeps; empty for none. */
	name: () => localStorage.getItem(STATION) || "",

	/** All that are in use where the user works; none for who may not read them. */
	async all() {
		const may = frappe.model.can_read("Packing Station");
		this.known = may ? await sales_wh_flow.ask("packing.api.packing_stations", {}) : [];
		return this.known;
	},

	/** The one of this device, as the server told of it last. */
	here() {
		return (this.known || []).find(({ name }) => name === this.name()) || null;
	},

	/** Ask at which station this device stands; then(name), empty for none. */
	choose(then) {
		const options = [
			{ value: "", label: __("None: print in the browser") },
			...this.known.map(({ name, printer }) => ({
				value: name,
				label: [name, printer].filter(Boolean).join(" · "),
			})),
		];
		const dialog = new frappe.ui.Dialog({
			title: __("Packing Station"),
			fields: [
				{
					fieldtype: "Select",
					fieldname: "station",
					label: __("This device stands at"),
					options,
					default: this.name(),
				},
			],
			primary_action_label: __("Choose"),
			primary_action: ({ station }) => {
				localStorage.setItem(STATION, station || "");
				dialog.hide();
				then(station || "");
			},
		});
		dialog.show();
	},
};

/** Print the label or the packing list (what: "list") of a box where this device stands. */
sales_wh_flow.print_box = async (box, what = "label") => {
	const args = { key: frappe.utils.get_random(20), box, what, station: sales_wh_flow.stations.name() };
	const job = await sales_wh_flow.call("packing.api.print_box", args, "POST");
	if (job.kind === "Page") {
		const page = { doctype: "Order Box", name: box, format: job.format, no_letterhead: 1, trigger_print: 1 };
		window.open(`/printview?${new URLSearchParams(page)}`);
	} else if (job.way === "QZ Tray") {
		await by_qz(job);
	} else {
		as_file(job);
	}
	return job;
};

async function by_qz({ printer, kind, content, name }) {
	await frappe.ui.form.qz_connect();
	const flavor = { flavor: "base64", data: content };
	const sheet = kind === "PDF" ? { type: "pixel", format: "pdf" } : { type: "raw", format: "command" };
	try {
		await window.qz.print(window.qz.configs.create(printer, { jobName: name }), [{ ...sheet, ...flavor }]);
	} catch (error) {
		const message = __(
			"Printer {0} did not take the label: {1}",
			[printer, String(error)].map(sales_wh_flow.escape)
		);
		frappe.msgprint({ title: __("Not Printed"), message, indicator: "red" });
	}
}

/** A PDF opens, to be printed there; what is for a label printer is downloaded. */
function as_file({ way, kind, content, name }) {
	const bytes = Uint8Array.from(window.atob(content), (sign) => sign.charCodeAt(0));
	const type = kind === "PDF" ? "application/pdf" : "application/octet-stream";
	const address = URL.createObjectURL(new Blob([bytes], { type }));
	if (kind === "PDF" && way !== "File") {
		window.open(address);
	} else {
		const link = document.createElement("a");
		link.href = address;
		link.download = name;
		link.click();
	}
	setTimeout(() => URL.revokeObjectURL(address), 60000);
}
