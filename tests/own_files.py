"""A company's own CSV files that use every column of the layout; {n} makes its names new."""

FILES = {
	"warehouses": (
		"warehouse,city,country,latitude,longitude,cost_per_order,cost_per_line,cost_per_km,lines_per_day\n"
		"{n} Kai,Hamburg,Germany,53.5,9.9,4.5,0.75,0.02,120\n{n} Hof,Ulm,Germany,48.4,9.9,0,0,0,0"
	),
	"items": (
		"item,name,item_group,uom,whole_number,price,cost,order_uom,order_uom_factor,tracking,stock_item,"
		"weight_kg,length_cm,width_cm,height_cm\n"
		"{n}-ROPE,Rope,{n} Ropes,Nos,yes,2.5,1.1,Box,10,,yes,0.35,30,20,10\n"
		"{n}-GLUE,Glue,{n} Paints,Nos,yes,18,9,,,batch,yes,,,,\n"
		"{n}-ECHO,Echo sounder,{n} Devices,Nos,yes,240,150,,,serial,yes,,,,\n"
		"{n}-HELP,Fitting,{n} Services,Nos,yes,60,,,,,no,,,,"
	),
	"stock": (
		"item,warehouse,qty,batch,expires,serial_no\n{n}-ROPE,{n} Kai,400,,,\n"
		"{n}-GLUE,{n} Kai,12,{n}-L1,2035-01-31,\n{n}-ECHO,{n} Hof,1,,,{n}-E1"
	),
	"customer_groups": "customer_group,parent\n{n} Trade,\n{n} Yards,{n} Trade",
	"customers": (
		"customer,customer_group,credit_limit,currency,street,postcode,city,country,latitude,longitude,zone,since\n"
		"{n} Nord,{n} Yards,5000,,Pier 4,24103,Kiel,Germany,54.3,10.1,{n} Near,2020-01-01\n"
		"{n} Sued,{n} Yards,,,Weg 1,89073,Ulm,Germany,48.4,10,{n} Far,\n"
		"{n} West,{n} Yards,,CHF,Rue 2,,Basel,Switzerland,47.5,7.6,{n} Far,\n{n} Ohne,,,,,,,,,,{n} Far,"
	),
	"open_invoices": "invoice,customer,date,amount\n{n}-R1,{n} Nord,{then},900\n{n}-R2,{n} Nord,{then},-150",
	"payments": (
		"payment,customer,date,amount\n{n}-P1,{n} Nord,{then},400\n"
		"{n}-P2,{n} Nord,{then},-50\n{n}-P3,{n} Nord,{later},9"
	),
	"freight": (
		"zone,warehouse,courier,service,per_parcel,per_kg,transit_days\n"
		"{n} Near,{n} Kai,{n} Post,Express,6.9,0.4,1\n{n} Near,,,,4.9,0.2,3\n"
		"{n} Far,,,,8.9,0.6,5\n{n} Moon,,,,99,9,9"
	),
	"taxes": "country,tax,rate\nGermany,{n} VAT 19 %,19\nSwitzerland,{n} Export,0",
	"couriers": "courier,service,transit_days,tracking_url\n{n} Post,Express,1,https://post.example/{{0}}",
	"people": "person,role,email,title\nAntje {n},Sales User,antje-{n}@own.example,Head of sales",
	"orders": (
		"order,customer,date,due,author,currency,exchange_rate,courier,service,instructions\n"
		"{n}-A1,{n} Nord,{day},{due},Antje {n},,,{n} Post,Express,Ring twice\n"
		"{n}-A2,{n} West,{day},{due},Antje {n},CHF,1.05,,,\n{n}-A3,{n} Sued,{day},{due},Antje {n},,,,,"
	),
	"order_lines": (
		"order,item,qty,uom,price,list_price,drop_ship\n{n}-A1,{n}-ROPE,2,Box,23,25,no\n"
		"{n}-A1,{n}-GLUE,1,,18,18,yes\n"
		"{n}-A2,{n}-ROPE,3,,2.5,2.5,\n{n}-A3,{n}-HELP,1,,60,60,"
	),
	"purchases": (
		"purchase,item,warehouse,qty,expected\n{n}-B1,{n}-ROPE,{n} Hof,50,{soon}\n"
		"{n}-B2,{n}-ROPE,{n} Hof,50,{far}"
	),
	"approval_rules": (
		"rule,criterion,threshold,approver_role,customer_group,allow_own_order\n"
		"{n} Cheap,Discount,20,Sales User,{n} Trade,yes"
	),
	"routing_rules": (
		"rule,warehouse,rank,customer_group,max_splits,priority,strategy,max_warehouses,smallest_part,"
		"ship_complete,min_share_pct,min_parcel\n"
		"{n} Few,{n} Kai,2,{n} Trade,4,7,Cheapest,3,15,Full Lines,12,35\n"
		"{n} Few,{n} Hof,1,{n} Trade,4,7,Cheapest,3,15,Full Lines,12,35"
	),
}
