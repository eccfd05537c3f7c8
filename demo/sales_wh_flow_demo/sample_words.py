"""What the sample company is made of. All names are invented; the places are real."""

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE, DISCOUNT
from sales_wh_flow_demo.dataset import Courier, CourierService, CustomerGroup, Person, Warehouse

WAREHOUSES = (
	Warehouse("Hamburg Harbour", "Hamburg", "Germany", 53.5350, 9.9850),
	Warehouse("Leipzig Central", "Leipzig", "Germany", 51.3970, 12.4130),
	Warehouse("Rotterdam Quay", "Rotterdam", "Netherlands", 51.8950, 4.4200),
	Warehouse("Lyon East", "Lyon", "France", 45.7230, 4.9870),
	Warehouse("Milan North", "Milan", "Italy", 45.5480, 9.2010),
	Warehouse("Zaragoza Plaza", "Zaragoza", "Spain", 41.6480, -0.9890),
	Warehouse("Gdansk Baltic", "Gdansk", "Poland", 54.3600, 18.6500),
	Warehouse("Birmingham Midland", "Birmingham", "United Kingdom", 52.4810, -1.8200),
	Warehouse("Gothenburg West", "Gothenburg", "Sweden", 57.7020, 11.9060),
)

CENTRAL_WAREHOUSES = ("Leipzig Central", "Rotterdam Quay")
BY_SEA = ("Power Tools", "Measuring", "Safety Gear", "Electrical")
"""Item groups that come in at Rotterdam; the others at Leipzig."""
MIN_PARCEL = 40.0
"""What a second parcel of an order has to be worth."""

CURRENCIES = {
	"United Kingdom": ("GBP", 1.17),
	"Sweden": ("SEK", 0.088),
	"Switzerland": ("CHF", 1.05),
}
"""Currency and its rate in EUR, for customers who do not pay in EUR."""

CUSTOMER_GROUPS = (
	CustomerGroup("Key Accounts"),
	CustomerGroup("Key Accounts Industry", "Key Accounts"),
	CustomerGroup("Key Accounts Public", "Key Accounts"),
	CustomerGroup("Trade"),
	CustomerGroup("Builders", "Trade"),
	CustomerGroup("Installers", "Trade"),
	CustomerGroup("Workshops", "Trade"),
	CustomerGroup("Resellers"),
	CustomerGroup("Hardware Shops", "Resellers"),
	CustomerGroup("Garden Centres", "Resellers"),
)

GROUP_SHARES = {
	"Key Accounts Industry": (5, (40000, 60000, 90000)),
	"Key Accounts Public": (4, (0, 30000, 50000)),
	"Builders": (25, (0, 6000, 9000, 14000, 20000)),
	"Installers": (22, (5000, 8000, 12000)),
	"Workshops": (20, (0, 4000, 6000, 9000)),
	"Hardware Shops": (16, (5000, 8000, 15000)),
	"Garden Centres": (8, (0, 4000, 8000)),
}
"""How often a leaf group is drawn, and the credit limits given in it (0: none)."""

ASSORTMENTS = {
	"Builders": ("Fasteners", "Hand Tools", "Sealants and Adhesives"),
	"Installers": ("Electrical", "Measuring", "Power Tools"),
	"Workshops": ("Power Tools", "Electrical", "Safety Gear"),
	"Hardware Shops": ("Fasteners", "Painting", "Hand Tools"),
	"Garden Centres": ("Garden", "Packaging", "Cleaning"),
	"Key Accounts Industry": ("Safety Gear", "Power Tools", "Electrical"),
	"Key Accounts Public": ("Cleaning", "Painting", "Fasteners"),
}
"""What a customer of a group mostly buys; the rest now and then."""
MOSTLY = 6
"""So much likelier than anything else."""

STREETS = (
	"Mill Lane",
	"Harbour Road",
	"Station Street",
	"Workshop Yard",
	"Canal Side",
	"Market Place",
	"North Gate",
	"Foundry Row",
)

COURIERS = (
	Courier(
		"Nordpost Parcel",
		"https://track.nordpost.example/{0}",
		(CourierService("Standard", 3), CourierService("Express", 1)),
	),
	Courier(
		"Kestrel Freight",
		"https://kestrel-freight.example/follow?consignment={0}",
		(CourierService("Pallet", 4), CourierService("Pallet Timed", 2)),
	),
	Courier(
		"Meridian Same Day",
		"https://meridian.example/t/{0}",
		(CourierService("City", 1), CourierService("Express", 1)),
	),
)

INSTRUCTIONS = (
	"Call 30 minutes before arrival",
	"Deliver to the rear gate, ask for the yard foreman",
	"No delivery between 12:00 and 13:30",
	"Tail lift needed, no forklift on site",
	"Leave with reception, signature required",
	"Project reference on every box",
	"Keep dry, shrink wrap the pallet",
	"Site closed on Fridays",
)

DISCOUNT_ROLE, DEEP_DISCOUNT_ROLE, CREDIT_ROLE = "Sales Manager", "Order Approver", "Accounts Manager"

APPROVAL_RULES = (
	ApprovalRuleFacts("Credit limit exceeded", CREDIT_EXPOSURE, 100.0, CREDIT_ROLE),
	ApprovalRuleFacts("Discount above 15 %", DISCOUNT, 15.0, DISCOUNT_ROLE),
	ApprovalRuleFacts(
		"Key account discount above 25 %", DISCOUNT, 25.0, DEEP_DISCOUNT_ROLE, customer_group="Key Accounts"
	),
)

PEOPLE = (
	Person("Ines Halvorsen", "ines.halvorsen@tarnholm.example", ("Sales User",), "Sales"),
	Person("Tomasz Reinke", "tomasz.reinke@tarnholm.example", ("Sales User",), "Sales"),
	Person("Claire Duvallon", "claire.duvallon@tarnholm.example", ("Sales User",), "Sales"),
	Person(
		"Daniel Kerrow",
		"daniel.kerrow@tarnholm.example",
		("Sales User", "Sales Manager"),
		"Regional sales manager",
	),
	Person(
		"Marit Ostrander",
		"marit.ostrander@tarnholm.example",
		("Sales User", "Sales Manager"),
		"Sales manager",
	),
	Person(
		"Aurelio Banti",
		"aurelio.banti@tarnholm.example",
		("Order Approver", "Sales User"),
		"Commercial director",
	),
	Person(
		"Greta Winzer",
		"greta.winzer@tarnholm.example",
		("Order Approver", "Accounts User", "Accounts Manager", "Sales User"),
		"Credit controller",
	),
	Person("Pavel Strnad", "pavel.strnad@tarnholm.example", ("Stock User",), "Picker"),
	Person("Lena Moravec", "lena.moravec@tarnholm.example", ("Stock User",), "Packer"),
	Person(
		"Joana Meirelles",
		"joana.meirelles@tarnholm.example",
		("Stock User", "Stock Manager", "Sales User", "Purchase User"),
		"Warehouse lead and buyer",
	),
	Person("Otto Brandvik", "otto.brandvik@tarnholm.example", ("Delivery User",), "Driver of the own van"),
)

AUTHORS = (
	("Ines Halvorsen", 35),
	("Tomasz Reinke", 30),
	("Claire Duvallon", 20),
	("Daniel Kerrow", 10),
	("Marit Ostrander", 5),
)
"""Who writes the orders, and how many in a hundred."""

SERVING_CLASSES = (
	("Key Accounts", "Must", 10, "Full lines only"),
	("Resellers", "Share", 0, ""),
	("Trade", "Keep", 0, ""),
)
"""Customer group, class, priority in it, and what it takes of a shortage."""

HOUR, DAY = 3600, 86400
LOCK_POLICIES = (
	{
		"title": "Tarnholm: trade and resellers",
		"priority": 0,
		"expire_after": 10 * DAY,
		"unpicked_after": 5 * DAY,
		"on_hold_after": 3 * DAY,
		"warn_before": DAY,
		"extend_by": 5 * DAY,
		"afterwards": "Wait Again",
	},
	{
		"title": "Tarnholm: key accounts",
		"priority": 10,
		"customer_group": "Key Accounts",
		"expire_after": 30 * DAY,
		"on_hold_after": 14 * DAY,
		"warn_before": 2 * DAY,
		"extend_by": 14 * DAY,
		"afterwards": "Wait Again",
	},
)
"""When stock locked for an order is given to others."""

OVERDUE = {"SO-0014": 1, "SO-0017": 2, "SO-0019": 1}
"""Orders that a site is late with, and by how many days: written so much earlier, not sent yet."""

REFUSED_EVERY = 25
"""In memory: of so many deliveries of the sample company about one is refused at the door."""

WHOLE_UNITS = {"Nos", "Pair", "Box"}
