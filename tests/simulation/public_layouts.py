"""Companies as the public sample databases are laid out, a few rows each, all values invented.

What each keeps of its origin: how it writes numbers, names, empty cells and days; what it has several of.
"""

WIDE_WORLD_IMPORTERS = {
	"Company.csv": "company,currency,country\nBroad Earth Traders,USD,United States\n",
	"Warehouses.csv": "warehouse,city\nMain Store,Fargo\n",
	"Items.csv": (
		"item,name,uom,price,order_uom,order_uom_factor,tracking,weight_kg\n"
		'7,"Memory stick (""Robot"", Blue), 16GB",Each,25.00,Packet,10,NULL,0.05\n'
		"8,Chilled liquorice 250g,Each,3.60,NULL,1,batch,0.25\n"
	),
	"Stock.csv": (
		"item,warehouse,qty,batch,expires\n7,Main Store,120.000,NULL,NULL\n8,Main Store,40,C-1,2014-05-31\n"
	),
	"Customer_Groups.csv": "customer_group,parent\nAll,NULL\nToy Shop,All\n",
	"Customers.csv": (
		"customer,customer_group,credit_limit,city,zone\n"
		'"Puppet Place (Bow Mar, CO)",Toy Shop,500.00,Bow Mar,NULL\n'
		'"Puppet Place (Head Office)",Toy Shop,NULL,NULL,NULL\n'
	),
	"Orders.csv": (
		"order,customer,date,due,author,backorder\n"
		'1,"Puppet Place (Bow Mar, CO)",2013-01-02 00:00:00.0000000,2013-01-03,Ada Berg,NULL\n'
		'2,"Puppet Place (Head Office)",2013-01-04,2013-01-07,Ada Berg,1\n'
		'3,"Puppet Place (Bow Mar, CO)",2013-02-04,2013-02-07,Ada Berg,NULL\n'
	),
	"Order_Lines.csv": (
		"order,item,qty,uom,price\n"
		"1,7,2,Packet,250.00\n"
		"1,8,4,NULL,3.60\n"
		"2,8,90,Each,3.60\n"
		"3,7,1,Packet,250.00\n"
	),
	"Purchases.csv": (
		"purchase,item,warehouse,qty,expected\n1,8,Main Store,20,2013-01-05\n1,8,Main Store,60,2013-01-08\n"
	),
	"Open_Invoices.csv": (
		"invoice,customer,date,amount\nCN-9,Puppet Place (Head Office),2013-01-03,-24.10\n"
	),
	"Payments.csv": 'payment,customer,date,amount\n11,"Puppet Place (Bow Mar, CO)",2013-01-20,514.40\n',
}
"""SQL Server's exports: NULL, days with seven decimals of a second, file names in capitals."""

CLASSICMODELS = {
	"company.csv": "company,currency\nVintage Wheels,USD\n",
	"warehouses.csv": "warehouse,city\na,North\nb,East\n",
	"items.csv": (
		"item,name,item_group,price,cost\n"
		'S10_1,"1969 Roadster, 1:10",Classic Cars,95.70,48.81\n'
		'S10_2,Tender ""Möwe"",Ships,60,30\n'
	),
	"stock.csv": "item,warehouse,qty\nS10_1,a,7933\nS10_2,b,12\n",
	"customers.csv": (
		"customer,credit_limit,city,country\n103,21000.00,Nantes,France\n112,0.00,Köln,Germany\n"
		'"Méuble & Fils, Co.",\\N,\\N,France\n'
	),
	"orders.csv": (
		"order,customer,date,due,author,instructions\n"
		"10100,103,2003-01-06,2003-01-13,1370,\\N\n"
		'10101,112,2003-01-09,2003-01-18,1370,"Check on\n'
		'availability."\n'
		'10102,"Méuble & Fils, Co.",2003-01-10,2003-01-18,\\N,\\N\n'
	),
	"order_lines.csv": (
		"order,item,qty,price,list_price\n"
		"10100,S10_1,30,80.00,95.70\n"
		"10101,S10_2,25,44.00,60\n"
		"10102,S10_1,1,95.7,95.7\n"
	),
	"payments.csv": "payment,customer,date,amount\nHQ336,103,2003-01-08,2400.00\n",
}
"""MySQL's exports: a backslash and N for what is empty, text of several lines in quotes."""

_PLANTS = {"PLANT01": (2, 0.5), "PLANT02": (3, 0.4), "PLANT03": (50, 0.9)}
BRUNEL_ORDERS = 24
BRUNEL = {
	"warehouses.csv": "warehouse,lines_per_day,cost_per_line\n"
	+ "".join(f"{name},{most},{cost}\n" for name, (most, cost) in _PLANTS.items()),
	"items.csv": "item,weight_kg\n1700001,14.3\n1700002,87.94\n",
	"stock.csv": "item,warehouse,qty\n"
	+ "".join(f"{item},{name},100000\n" for item in (1700001, 1700002) for name in _PLANTS),
	"customers.csv": "customer,zone\nV555_01,PORT09\nV555_02,PORT09\n",
	"freight.csv": "zone,warehouse,per_parcel,per_kg\n"
	+ "".join(f"PORT09,{name},{at}.0628,0.04\n" for at, name in enumerate(_PLANTS, 1)),
	"routing_rules.csv": "rule,warehouse,strategy\n"
	+ "".join(f"Any plant,{name},Cheapest\n" for name in _PLANTS),
	"orders.csv": "order,customer,date\n"
	+ "".join(f"1447296{at}.7,V555_0{1 + at % 2},2013-05-26\n" for at in range(100, 100 + BRUNEL_ORDERS)),
	"order_lines.csv": "order,item,qty\n"
	+ "".join(f"1447296{at}.7,170000{1 + at % 2},{at * 7}\n" for at in range(100, 100 + BRUNEL_ORDERS)),
}
"""Numbers as names, one line an order, every order on one Sunday, plants of few lines a day."""

ADVENTURE_WORKS = {
	"company.csv": "company|currency\nOutdoor Cycles|USD\n",
	"warehouses.csv": "warehouse|city\nFinished Goods Storage|\nSubassembly|\n",
	"items.csv": (
		"item|name|whole_number|price|cost|weight_kg|makeflag\n"
		"BK-M1-38|Hill-100 Silver, 38|1|3399.9900|1912.1544|9.23|1\n"
		"LJ-01|Long-Sleeve Jersey, M|True|49.99|38.4923||0\n"
	),
	"stock.csv": (
		"item|warehouse|qty\n"
		"BK-M1-38|Finished Goods Storage|99\n"
		"LJ-01|Subassembly|36\n"
		"LJ-01|Finished Goods Storage|4\n"
	),
	"customers.csv": "customer|customer_group|currency\n29825|Store|CAD\n11000|Individual|USD\n",
	"orders.csv": (
		"order|customer|date|due|author|currency|exchange_rate|courier\n"
		"SO43|29825|2011-05-31 00:00:00|2011-06-12 00:00:00|279|CAD|0.66|CARGO 5\n"
		"SO44|11000|2011-05-31T00:00:00|2011-06-12||USD||XRQ\n"
	),
	"order_lines.csv": (
		"order|item|qty|price|list_price\n"
		"SO43|BK-M1-38|1|5151.5|5151.5\n"
		"SO43|LJ-01|12|60.6|75.74\n"
		"SO44|LJ-01|1||\n"
	),
	"couriers.csv": "courier|service\nCARGO 5|\nXRQ|\n",
}
"""Bars between the cells, money of four decimals, flags of 1 and 0 or True and False."""

USAID = {
	"company.csv": "company\tcurrency\nHealth Goods\tUSD\n",
	"warehouses.csv": "warehouse\tcountry\nRDC Ghana\tGhana\n",
	"items.tsv": (
		"item\tname\tuom\tprice\tweight_kg\n"
		"LAB-1\tTest, reagent, 100 Tests\tPack\t19.17\t0.12\n"
		"ARV-2\tSyrup 10mg/ml, bottle\tBottle\t3.20\t\n"
	),
	"stock.tsv": "item\twarehouse\tqty\nLAB-1\tRDC Ghana\t900\n",
	"customers.tsv": "customer\tcountry\nCôte d'Ivoire\tCôte d'Ivoire\nVietnam\tVietnam\n",
	"orders.tsv": (
		"order\tcustomer\tdate\tdue\tinstructions\n"
		"SCMS-4\tCôte d'Ivoire\t2006-06-02\t2006-07-27\tPre-PQ Process\n"
		"SCMS-13\tVietnam\t2006-11-14\t\t\n"
	),
	"order_lines.tsv": (
		"order\titem\tqty\tprice\tdrop_ship\nSCMS-4\tLAB-1\t19\t29.00\tno\nSCMS-13\tARV-2\t1000\t3.2\tyes\n"
	),
}
"""Tabs, most lines sent by the supplier, weights and days that nobody noted."""

UCI = {
	"company.csv": "company;currency;country\nGift Mail Order;GBP;United Kingdom\n",
	"warehouses.csv": "warehouse\nUnited Kingdom\n",
	"items.csv": (
		"item;name;price;stock_item\n"
		"85123A;WHITE HEART T-LIGHT;2.55;yes\n"
		"22423;CAKESTAND 3 TIER;0;yes\n"
		"POST;POSTAGE;18.00;no\n"
	),
	"stock.csv": "item;warehouse;qty\n85123A;United Kingdom;50\n22423;United Kingdom;1\n",
	"customers.csv": "customer;country\n17850;United Kingdom\n12583;France\n",
	"orders.csv": (
		"order;customer;date\n536365;17850;2010-12-01 08:26:00\n536370;12583;2010-12-01 08:45:00\n"
	),
	"order_lines.csv": (
		"order;item;qty;price\n"
		"536365;85123A;6;2.55\n"
		"536365;85123A;6;2.10\n"
		"536370;22423;3;0\n"
		"536370;POST;1;18\n"
	),
	"open_invoices.csv": "invoice;customer;date;amount\nC536379;17850;2010-12-01;-27.50\n",
}
"""Semicolons, one item on two lines of an order, postage as a line, cancellations as credit notes."""

ALL = {
	"Wide World Importers": WIDE_WORLD_IMPORTERS,
	"classicmodels": CLASSICMODELS,
	"Brunel": BRUNEL,
	"AdventureWorks": ADVENTURE_WORKS,
	"USAID": USAID,
	"UCI": UCI,
}


def write(company, folder):
	for name, text in company.items():
		(folder / name).write_text(text, encoding="utf-8")
	return folder
