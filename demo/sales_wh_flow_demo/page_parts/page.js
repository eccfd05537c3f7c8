{
	const words = document.getElementById("words");
	const status = document.getElementById("status");
	const shown = document.getElementById("shown");
	const rows = [...document.querySelectorAll("tbody tr")].map((row) => ({
		row,
		text: row.textContent.toLowerCase(),
		status: row.dataset.status,
	}));
	const filter = () => {
		const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
		let count = 0;
		for (const entry of rows) {
			const fits =
				(!status.value || entry.status === status.value) && wanted.every((word) => entry.text.includes(word));
			entry.row.hidden = !fits;
			count += fits;
		}
		shown.value = `${count} of ${rows.length}`;
	};
	words.addEventListener("input", filter);
	status.addEventListener("change", filter);
	document.querySelector(".tools").hidden = false;
	filter();
}
