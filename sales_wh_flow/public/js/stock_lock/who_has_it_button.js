// The button "Who Has It?" on the forms of items and warehouses.
["Item", "Warehouse"].forEach((doctype) => {
	sales_wh_flow.on_form(doctype, {
		refresh(frm) {
			const has_stock = doctype === "Item" ? frm.doc.is_stock_item : !frm.doc.is_group;
			if (frm.is_new() || !has_stock || !sales_wh_flow.is_on("stock_lock")) {
				return;
			}
			const asked = doctype === "Item" ? { item_code: frm.doc.name } : { warehouse: frm.doc.name };
			frm.add_custom_button(__("Who Has It?"), () => sales_wh_flow.stock_lock.who_has_it(asked), __("View"));
		},
	});
});
