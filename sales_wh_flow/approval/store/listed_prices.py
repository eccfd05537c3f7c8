"""What goods and customers cost and count by their own records, in one statement: its parts and its text."""

_OWN_PRICE_LIST = """coalesce(nullif(customer.default_price_list, ''), (
	select own_group.default_price_list from `tabCustomer Group` own_group
	where own_group.name = customer.customer_group))"""
"""SQL for a customer's price list: his own, else that of his group."""
_USUAL_PRICE_LIST = f"""coalesce(nullif({_OWN_PRICE_LIST}, ''), (
	select value from `tabSingles` where doctype = 'Selling Settings' and field = 'selling_price_list'))"""
"""SQL for the price list that ERPNext gives an order of the customer."""

_SPARE_PRICE_LIST = """select usual.value from `tabSingles` usual join `tabSingles` told on told.value = '1'
	and told.doctype = usual.doctype and told.field = 'fallback_to_default_price_list'
	where usual.doctype = 'Selling Settings' and usual.field = 'selling_price_list'"""
"""SQL for the price list of what that of the order does not have, where a later ERPNext is told so."""

AGREED, WORTH, FACTOR, CUSTOMER = "agreed", "worth", "factor", "customer"
"""Kinds of rows, beside the prices of price lists."""

PRICES = f"""
(select 'list' kind, price.price_list, price.price_list = own.price_list is_own, price.item_code,
	price.uom, price.price_list_rate, price.currency
from (select (
	select {_OWN_PRICE_LIST} from `tabCustomer` customer where customer.name = %(customer)s) price_list,
	({_SPARE_PRICE_LIST}) spare) own
join `tabItem Price` price on price.item_code in %(items)s
where price.price_list in (%(price_list)s, own.price_list, own.spare) and price.selling = 1
	and coalesce(price.customer, '') in ('', %(customer)s) and coalesce(price.batch_no, '') = ''
	and (price.valid_from is null or price.valid_from <= %(date)s)
	and (price.valid_upto is null or price.valid_upto >= %(date)s)
order by coalesce(price.customer, '') desc, price.valid_from desc, price.modified desc limit 100000)
union all
select '{AGREED}', blanket.name, agreed.ordered_qty < agreed.qty, agreed.item_code, '', agreed.rate, ''
from `tabBlanket Order` blanket join `tabBlanket Order Item` agreed on agreed.parent = blanket.name
where blanket.customer = %(customer)s and blanket.company = %(company)s and blanket.docstatus = 1
	and blanket.blanket_order_type = 'Selling' and agreed.item_code in %(items)s and agreed.rate > 0
	and blanket.from_date <= %(date)s and blanket.to_date >= %(date)s
union all
select '{WORTH}', '', 1, name, '',
	coalesce(nullif(standard_rate, 0), nullif(last_purchase_rate, 0), valuation_rate), ''
from `tabItem` where name in %(free)s
union all
select '{FACTOR}', '', detail.parent = item.name, item.name, detail.uom, detail.conversion_factor, ''
from `tabItem` item join `tabUOM Conversion Detail` detail on detail.parent in (item.name, item.variant_of)
where item.name in %(items)s and detail.parenttype = 'Item' and detail.uom in %(uoms)s
union all
select '{FACTOR}', '', 0, item.name, general.from_uom, general.value, ''
from `tabItem` item join `tabUOM Conversion Factor` general on general.to_uom = item.stock_uom
where item.name in %(items)s and general.from_uom in %(uoms)s
union all
select '{CUSTOMER}', {_USUAL_PRICE_LIST}, 1, customer.customer_group, customer.territory, 0, ''
from `tabCustomer` customer where customer.name = %(customer)s"""
"""The limit keeps the order of the first part, which a union may throw away."""
