// ERPNext 16 has no place for a page's title: it stands as a breadcrumb, known by the address at which the page was
// opened first. At each other address of the page, and for a title that changes, the breadcrumb is written anew.
Object.assign(sales_wh_flow, {
	show_title(page, title) {
		page.set_title(title);
		if (!page.$title_area.find("h3.title-text").length) {
			const [name] = frappe.get_route();
			frappe.breadcrumbs.add({
				type: "Custom",
				label: frappe.utils.escape_html(title),
				route: frappe.router.make_url([name]),
			});
		}
	},
});

$(document).on("page-change", () => {
	const [name] = frappe.get_route();
	const page = window.cur_page?.page?.page;
	if (page?.title && locals.Page?.[name]?.module === "Sales WH Flow") {
		sales_wh_flow.show_title(page, page.title);
	}
});
