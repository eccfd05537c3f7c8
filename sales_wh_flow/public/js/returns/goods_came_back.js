// "Goods Came Back": a dialog on the order and on the Delivery Note that opens a Return Case.
frappe.provide("sales_wh_flow.returns");

Object.assign(sales_wh_flow.returns, {
	/** ``which``: {sales_order} or {delivery_notes}; with ``return_case`` the goods are added to that one. */
	async open_dialog(which, frm) {
		const { rows, reasons, invoices } = await sales_wh_flow.ask("returns.api.returnable", {
			sales_order: which.sales_order,
			delivery_notes: which.delivery_notes ? JSON.stringify(which.delivery_notes) : undefined,
			customer: which.customer,
			company: which.company,
		});
		if (!rows.length) {
			const links = invoices.map((name) => sales_wh_flow.link("Sales Invoice", name)).join(", ");
			frappe.msgprint(
				links
					? __("The goods left with {0}: make the credit note there, with Update Stock.", [links])
					: __("Nothing that was delivered is still with the customer."),
				__("Goods Came Back")
			);
			return;
		}
		const data = rows.map((row) => {
			const is_named = row.item_name && row.item_name !== row.item_code;
			const goods = is_named ? `${row.item_code}: ${row.item_name}` : row.item_code;
			return { ...row, goods, qty: 0, serial_nos: "" };
		});
		const dialog = new frappe.ui.Dialog({
			title: __("Goods Came Back"),
			size: "extra-large",
			fields: [
				{ fieldname: "reason", fieldtype: "Select", label: __("Reason"), options: ["", ...reasons] },
				{ fieldname: "top_column", fieldtype: "Column Break" },
				{
					fieldname: "received",
					fieldtype: "Check",
					label: __("The goods are here"),
					default: 1,
					description: __("Clear it for goods that the customer has announced."),
				},
				{ fieldname: "rows_section", fieldtype: "Section Break" },
				{ fieldname: "announced", fieldtype: "HTML" },
				sales_wh_flow.returns.rows_field(data),
				{ fieldname: "customer_says", fieldtype: "Small Text", label: __("What the Customer Says") },
			],
			primary_action_label: which.return_case ? __("Add Goods") : __("Open Return Case"),
			primary_action: (values) => sales_wh_flow.returns.open_case(dialog, values, which, frm),
		});
		dialog.show();
		sales_wh_flow.keep_rows(dialog.fields_dict.rows.grid);
		dialog.fields_dict.announced.$wrapper.html(sales_wh_flow.returns.announced(rows, which.return_case));
	},

	/** Whose goods they are, then which. */
	choose_customer() {
		const fields = [
			{ fieldname: "customer", fieldtype: "Link", options: "Customer", label: __("Customer"), reqd: 1 },
			{
				fieldname: "company",
				fieldtype: "Link",
				options: "Company",
				label: __("Company"),
				reqd: 1,
				default: frappe.defaults.get_user_default("Company"),
			},
		];
		frappe.prompt(fields, (values) => sales_wh_flow.returns.open_dialog(values), __("Goods Came Back"), __("Next"));
	},

	/** Cases that speak of these goods already, so that nobody opens another one for the same. */
	announced(rows, but) {
		const { escape, link, qty } = sales_wh_flow;
		const told = rows
			.map((row) => ({ ...row, others: row.cases.filter((name) => name !== but) }))
			.filter(({ others }) => others.length)
			.map(({ others, announced, uom, item_code }) => {
				const links = others.map((name) => link("Return Case", name)).join(", ");
				return __("{0} of {1}: {2}", [escape(`${qty(announced)} ${__(uom)}`), escape(item_code), links]);
			});
		return told.length
			? `<p>${__("Announced already, or here and not posted: {0}. Go on there, if it is the same goods.", [
					told.join("; "),
				])}</p>`
			: "";
	},

	/** A tick takes all of a row that nobody has announced. */
	rows_field(data) {
		const shown = { in_list_view: 1, read_only: 1 };
		const announced = { ...shown, in_list_view: data.some((row) => row.announced) ? 1 : 0 };
		return {
			fieldname: "rows",
			fieldtype: "Table",
			label: __("Goods"),
			description: __("Enter how much came back, or tick a row: all of it came."),
			cannot_add_rows: true,
			cannot_delete_rows: true,
			in_place_edit: true,
			data,
			fields: [
				{ fieldname: "goods", fieldtype: "Data", label: __("Item"), columns: 3, ...shown },
				{ fieldname: "note", fieldtype: "Data", label: __("Delivery Note"), columns: 2, ...shown },
				{
					fieldname: "left",
					fieldtype: "Float",
					is_plain: true,
					label: __("At Customer"),
					columns: 1,
					...shown,
				},
				{
					fieldname: "announced",
					fieldtype: "Float",
					is_plain: true,
					label: __("Announced"),
					columns: 1,
					...announced,
				},
				{ fieldname: "uom", fieldtype: "Data", label: __("UOM"), columns: 1, ...shown },
				{
					fieldname: "qty",
					fieldtype: "Float",
					is_plain: true,
					label: __("Returned"),
					columns: 1,
					in_list_view: 1,
				},
				{
					fieldname: "serial_nos",
					fieldtype: "Small Text",
					label: __("Serial Numbers"),
					columns: 2,
					in_list_view: data.some((row) => row.has_serials) ? 1 : 0,
				},
			],
		};
	},

	async open_case(dialog, values, { return_case }, frm) {
		const below = values.rows.filter((row) => row.row && flt(row.qty) < 0);
		if (below.length) {
			const goods = below.map((row) => `${row.item_code}: ${sales_wh_flow.qty(row.qty)}`).join(", ");
			frappe.msgprint(__("Enter a quantity above 0 of {0}.", [goods]), __("Goods Came Back"));
			return;
		}
		const came = (row) => flt(row.qty) || (row.__checked ? Math.max(flt(row.left) - flt(row.announced), 0) : 0);
		const asked = values.rows
			.filter((row) => row.row && came(row) > 0)
			.map((row) => ({
				row: row.row,
				qty: came(row),
				serial_nos: row.serial_nos,
				received: Boolean(values.received),
			}));
		if (!asked.length) {
			frappe.msgprint(__("Enter how much came back of at least one row."), __("Goods Came Back"));
			return;
		}
		if (return_case) {
			await sales_wh_flow.tell("returns.api.add_to_return", { return_case, asked: JSON.stringify(asked) });
			dialog.hide();
			frm.reload_doc();
			return;
		}
		const name = await sales_wh_flow.tell("returns.api.open_return", {
			asked: JSON.stringify(asked),
			return_reason: values.reason || undefined,
			customer_says: values.customer_says || undefined,
		});
		dialog.hide();
		frappe.set_route("Form", "Return Case", name);
	},

	/** The button of a form, where the user may open cases. */
	add_button(frm, which) {
		if (sales_wh_flow.is_on("returns") && frappe.model.can_create("Return Case")) {
			const open = () => sales_wh_flow.returns.open_dialog(which);
			frm.add_custom_button(__("Goods Came Back"), open, __("Create"));
		}
	},
});

sales_wh_flow.on_form("Delivery Note", {
	refresh(frm) {
		if (frm.doc.docstatus === 1 && !frm.doc.is_return) {
			sales_wh_flow.returns.add_button(frm, { delivery_notes: [frm.doc.name] });
		}
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		const has_left = frm.doc.per_delivered > 0 || frm.doc.swf_return_status;
		if (frm.doc.docstatus === 1 && has_left) {
			sales_wh_flow.returns.add_button(frm, { sales_order: frm.doc.name });
		}
	},
});
