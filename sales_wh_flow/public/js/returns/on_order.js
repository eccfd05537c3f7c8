// Goods that came back, in the block "Order Flow" of a Sales Order.
frappe.provide("sales_wh_flow.returns");

Object.assign(sales_wh_flow.returns, {
	/** The part of the block: each line in words, and the cases. Empty where nothing came back. */
	part({ returns }) {
		const { lines = [], cases = [], status } = returns || {};
		if (!lines.length && !cases.length) {
			return "";
		}
		const { escape, link, pill } = sales_wh_flow;
		const told = lines.map((line) => `<li>${escape(sales_wh_flow.returns.sentence(line))}</li>`);
		const colours = { Open: "orange", "Partly Posted": "yellow", Posted: "green" };
		const papers = cases.map(
			(one) => `<li>${link("Return Case", one.name)} ${pill(__(one.state), colours[one.state] || "gray")}
				${one.expected ? `<span class="swf-muted">${__("{0} still expected", [sales_wh_flow.qty(one.expected)])}</span>` : ""}</li>`
		);
		return `<div class="swf-part swf-papers swf-returns"><div><div class="swf-caption">${__("Returns")}
			${status ? pill(__(status), status === "Returned" ? "red" : "orange") : ""}</div>
			<ul>${told.join("")}${papers.join("")}</ul></div></div>`;
	},

	/** "#1 NAILS: Returned 3: 2 restocked, 1 scrapped; 2 credited; 1 to be paid all the same". */
	sentence(line) {
		const { qty } = sales_wh_flow;
		const where = [
			line.restocked ? __("{0} restocked", [qty(line.restocked)]) : "",
			line.quarantined ? __("{0} quarantined", [qty(line.quarantined)]) : "",
			line.scrapped ? __("{0} scrapped", [qty(line.scrapped)]) : "",
		].filter(Boolean);
		const then = [
			where.join(", "),
			line.replaced ? __("{0} to be replaced", [qty(line.replaced)]) : "",
			line.refunded ? __("{0} credited", [qty(line.refunded)]) : "",
			line.not_to_be_paid ? __("{0} not to be paid", [qty(line.not_to_be_paid)]) : "",
			line.to_be_paid ? __("{0} to be paid all the same", [qty(line.to_be_paid)]) : "",
		].filter(Boolean);
		const what = __("#{0} {1}: Returned {2}", [line.idx, line.item_code, qty(line.returned)]);
		return then.length ? `${what}: ${then.join("; ")}` : what;
	},
});
