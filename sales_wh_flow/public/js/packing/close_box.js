// A box is full: what it weighs, of which type it is, a photo.
frappe.provide("sales_wh_flow");

const PRINTS = "sales_wh_flow:pack_prints";

/** Whether this device prints the label of a box that is closed: as said last, else as its station does. */
sales_wh_flow.prints_on_close = () => {
	const said = localStorage.getItem(PRINTS);
	return said === null ? Boolean(sales_wh_flow.stations.here()?.prints_on_close) : said === "1";
};

/**
 * box: as the page has it; send(values): weighed_kg, box_type, photo, is_sure; resolves to null, or to {problem, asks}. The
 * dialog stays with what was typed until the box is closed.
 */
sales_wh_flow.close_box_dialog = ({ box, types, send }) => {
	let asked = null; // the weight that somebody was asked to look at again
	let uploaded = {};
	let is_sending = false;
	const options = [{ value: "", label: "" }, ...types.map(({ name }) => ({ value: name, label: name }))];
	const dialog = new frappe.ui.Dialog({
		title: __("Close {0}", [box.name]),
		fields: [
			{
				fieldtype: "Data",
				fieldname: "weighed_kg",
				label: __("Weight (kg)"),
				description: box.expected_kg
					? __("Expected: {0} kg", [sales_wh_flow.qty(flt(box.expected_kg, 3))])
					: "",
			},
			{ fieldtype: "Select", fieldname: "box_type", label: __("Box Type"), options, default: box.box_type || "" },
			{ fieldtype: "HTML", fieldname: "problem" },
			{ fieldtype: "HTML", fieldname: "camera" },
			{
				fieldtype: "Check",
				fieldname: "prints",
				label: __("Print the Label"),
				default: sales_wh_flow.prints_on_close() ? 1 : 0,
			},
		],
		primary_action_label: __("Close Box"),
		primary_action: async ({ weighed_kg: typed, box_type, prints }) => {
			const weighed_kg = sales_wh_flow.typed_figure(typed);
			if (typed && Number.isNaN(weighed_kg)) {
				frappe.show_alert({
					message: __("{0} is no weight.", [frappe.utils.escape_html(typed)]),
					indicator: "red",
				});
				return;
			}
			if (is_sending) {
				return; // a second tap
			}
			is_sending = true;
			localStorage.setItem(PRINTS, prints ? "1" : "0");
			try {
				const [file] = dialog.fields_dict.camera.$wrapper.find("input")[0].files;
				if (file && uploaded.file !== file) {
					uploaded = { file, photo: await upload(file, box.name) };
				}
				navigator.onLine || dialog.hide(); // it is sent when there is a network again
				const refused = await send({
					...(typed ? { weighed_kg } : {}),
					...(box_type ? { box_type } : {}),
					...(uploaded.photo ? { photo: uploaded.photo } : {}),
					...(typed && asked === weighed_kg ? { is_sure: 1 } : {}),
				});
				asked = refused && refused.asks ? weighed_kg : null;
				say(refused);
			} finally {
				is_sending = false;
			}
		},
	});
	dialog.fields_dict.camera.$wrapper.html(
		`<label class="control-label">${__("Photo")}</label>
		<input type="file" accept="image/*" capture="environment" style="max-width: 100%">`
	);
	const say = (refused) => {
		if (!refused) {
			dialog.hide();
			return;
		}
		dialog.show();
		const text = frappe.utils.escape_html(refused.problem);
		dialog.fields_dict.problem.$wrapper.html(`<p class="alert alert-warning" role="alert">${text}</p>`);
		dialog.get_primary_btn().text(refused.asks ? __("Close All the Same") : __("Close Box"));
	};
	dialog.show();
	sales_wh_flow.type_figures(dialog, "weighed_kg");
};

async function upload(file, box) {
	const form = new FormData();
	Object.entries({ is_private: 1, folder: "Home/Attachments" }).forEach(([key, value]) => form.append(key, value));
	form.append("file", file, `${box}-${file.name}`);
	const response = await fetch("/api/method/upload_file", {
		method: "POST",
		headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
		body: form,
	});
	return response.ok ? (await response.json()).message.file_url : null;
}
