"""A small wholesaler's own files, as docs/data-layout.md asks for them.

One warehouse runs short, one customer owes too much, one line is given away too cheaply.
"""

from pathlib import Path

NAME, ABBR = "Möwe & Söhne", "MOE"
ORDERS = 6
FILES = {
	"company": "company,abbr,currency,country\nMöwe & Söhne,MOE,EUR,Germany",
	"warehouses": (
		"warehouse,city,country,latitude,longitude\nKai,Hamburg,Germany,53.5,9.9\nHof,Ulm,Germany,48.4,9.9"
	),
	"items": (
		"item,name,item_group,uom,whole_number,price,cost,order_uom,order_uom_factor,tracking\n"
		"SEIL,Tau 10 mm,Tauwerk,Meter,no,2.50,1.10,,,\n"
		"HAKEN,Karabinerhaken,Beschläge,Nos,yes,4.00,1.90,Box,10,\n"
		"LACK,Bootslack,Farben,Nos,yes,18.00,9.00,,,batch\n"
		"LOT,Echolot,Geräte,Nos,yes,240.00,150.00,,,serial"
	),
	"stock": (
		"item,warehouse,qty,batch,expires,serial_no\nSEIL,Kai,400,,,\nHAKEN,Kai,30,,,\nHAKEN,Hof,25,,,\n"
		"LACK,Kai,12,L-1,2030-01-31,\nLOT,Hof,1,,,E-001\nLOT,Hof,1,,,E-002"
	),
	"customers": (
		"customer,customer_group,credit_limit,currency,city,country,latitude,longitude\n"
		"Werft Nord,Werften,5000,EUR,Kiel,Germany,54.3,10.1\n"
		"Segel Süd,Läden,300,EUR,Ulm,Germany,48.4,10.0\n"
		"Jolle 7,Läden,,EUR,Bremen,Germany,53.1,8.8"
	),
	"open_invoices": "invoice,customer,date,amount\nR-1,Segel Süd,2026-02-20,290",
	"people": (
		"person,role,email,title\n"
		"Antje Lund,Sales User,antje@moewe.example,Verkauf\n"
		"Bodo Falk,Sales Manager,bodo@moewe.example,Leitung\n"
		"Bodo Falk,Sales User,bodo@moewe.example,Leitung\n"
		"Clara Thiel,Accounts Manager,clara@moewe.example,Buchhaltung\n"
		"Dirk Wiese,Stock User,dirk@moewe.example,Lager"
	),
	"orders": (
		"order,customer,date,due,author\n"
		"A-1,Werft Nord,2026-03-02,2026-03-06,Antje Lund\n"
		"A-2,Segel Süd,2026-03-02,2026-03-09,Antje Lund\n"
		"A-3,Jolle 7,2026-03-03,2026-03-05,Antje Lund\n"
		"A-4,Werft Nord,2026-03-03,2026-03-10,Antje Lund\n"
		"A-5,Jolle 7,2026-03-04,2026-03-11,Antje Lund\n"
		"A-6,Werft Nord,2026-03-04,2026-03-12,Antje Lund"
	),
	"order_lines": (
		"order,item,qty,uom,price,list_price\n"
		"A-1,SEIL,120,,2.50,2.50\nA-1,LACK,4,,18.00,18.00\n"
		"A-2,HAKEN,10,,4.00,4.00\nA-3,HAKEN,2,Box,40.00,40.00\n"
		"A-4,HAKEN,30,,4.00,4.00\nA-5,SEIL,50,,1.50,2.50\nA-6,LOT,1,,240.00,240.00"
	),
}


def write(folder: Path) -> Path:
	folder.mkdir(parents=True)
	for name, text in FILES.items():
		(folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
	return folder
