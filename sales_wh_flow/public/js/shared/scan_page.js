// A page that people work on with a scanner in the hand: a keyboard wedge works anywhere on it, a camera too, and
// every scan is answered by sound, colour and a sentence. Used by Pick, Pack, Hand Over, Deliver.
frappe.provide("sales_wh_flow");

const FASTEST_TYPIST_MS = 100;
const SHORTEST_SCAN = 3;
const SEPARATOR = "\x1d";
const TONES = { good: [880, 0.08], warn: [440, 0.2], bad: [180, 0.35] };

sales_wh_flow.ScanPage = class ScanPage {
	/** parent: where its bar goes; on_scan(text): called with what was scanned or typed. */
	constructor({ parent, on_scan, placeholder, on_late }) {
		this.on_scan = on_scan;
		this.keys = [];
		this.draw($(parent), placeholder || __("Scan, or type a number"));
		this.queue = new sales_wh_flow.ScanQueue({
			on_change: (waiting) => this.show_waiting(waiting),
			on_late: on_late || ((_action, _answer, message) => message && this.say("bad", message)),
		});
		document.addEventListener("keydown", (event) => this.key(event), true);
	}

	draw(parent, placeholder) {
		this.bar = $(`
			<div class="swf-scan">
				<div class="swf-scan-row">
					<input type="text" class="form-control swf-scan-field" autocomplete="off" autocapitalize="off"
						spellcheck="false" enterkeyhint="go">
					<button type="button" class="btn btn-default swf-scan-camera">${frappe.utils.icon("scan", "md")}</button>
				</div>
				<div class="swf-scan-said" role="status" aria-live="assertive"></div>
				<div class="swf-scan-waiting" hidden></div>
			</div>`).appendTo(parent);
		this.field = this.bar.find(".swf-scan-field").attr({ placeholder, "aria-label": placeholder });
		this.bar
			.find(".swf-scan-camera")
			.attr({ "aria-label": __("Scan with the camera"), title: __("Scan with the camera") })
			.on("click", () => this.camera());
		this.said = this.bar.find(".swf-scan-said");
		this.field.on("keydown", (event) => {
			if (event.key === "Enter" && this.field.val().trim()) {
				event.preventDefault();
				this.scanned(this.field.val());
			}
		});
	}

	/** kind: good, warn or bad. */
	say(kind, text) {
		this.said.attr("data-kind", kind).text(text);
		beep(...TONES[kind]);
		if (kind === "bad" && navigator.vibrate) {
			navigator.vibrate(200);
		}
	}

	/** Sends an action through the queue; what the server refuses is said, and null comes back. */
	async send(method, args) {
		try {
			return await this.queue.send(method, args);
		} catch (error) {
			if (!(error instanceof sales_wh_flow.Refusal)) {
				throw error;
			}
			this.say("bad", error.message);
			return null;
		}
	}

	show_waiting(waiting) {
		const text = waiting === 1 ? __("1 action is not sent yet") : __("{0} actions are not sent yet", [waiting]);
		this.bar.find(".swf-scan-waiting").prop("hidden", !waiting).text(text);
	}

	scanned(text) {
		this.keys = [];
		this.field.val("");
		this.on_scan(text.trim());
	}

	/** A scanner types faster than anybody, wherever the cursor is, and ends with Enter. */
	key(event) {
		if (!this.bar.is(":visible") || event.target === this.field[0]) {
			return;
		}
		const last = this.keys[this.keys.length - 1];
		if (last && event.timeStamp - last.at > FASTEST_TYPIST_MS) {
			this.keys = [];
		}
		if (event.key === "Enter" && this.keys.length >= SHORTEST_SCAN) {
			event.preventDefault();
			event.stopPropagation();
			this.take_back(event.target);
			this.scanned(this.keys.map((key) => key.sign).join(""));
		} else if (event.ctrlKey && event.key === "]") {
			event.preventDefault(); // how a scanner types the separator of GS1
			this.keys.push({ sign: SEPARATOR, at: event.timeStamp });
		} else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
			if (!this.keys.length) {
				this.before = "value" in event.target ? event.target.value : null;
			}
			this.keys.push({ sign: event.key, at: event.timeStamp });
		}
	}

	/** The field that had the cursor gets back what stood there. */
	take_back(target) {
		if (this.before !== null && "value" in target) {
			target.value = this.before;
		}
	}

	camera() {
		new frappe.ui.Scanner({
			dialog: true,
			multiple: false,
			on_scan: (data) => data.decodedText && this.scanned(data.decodedText),
		});
	}
};

let audio;

function beep(frequency, seconds) {
	try {
		audio ||= new AudioContext();
		const tone = audio.createOscillator();
		const loud = audio.createGain();
		loud.gain.value = 0.1;
		tone.frequency.value = frequency;
		tone.connect(loud).connect(audio.destination);
		tone.start();
		tone.stop(audio.currentTime + seconds);
	} catch {
		// a browser without sound
	}
}
