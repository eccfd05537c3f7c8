"""The variables the commands read: from the environment, else from one file of the account."""

from __future__ import annotations

import os
import pwd
import shlex
from dataclasses import dataclass
from pathlib import Path

APP = "sales_wh_flow"
ROOT_VARIABLE = "SALES_WH_FLOW_ROOT"
"""The root whose programs a command runs with; the commands set it themselves (see distribution.py)."""
DEFAULTS = {
	"BENCH_DIR": "",
	"FRAPPE_REPO": "https://github.com/frappe/frappe",
	"FRAPPE_REF": "version-15",
	"ERPNEXT_REPO": "https://github.com/frappe/erpnext",
	"ERPNEXT_REF": "version-15",
	"PORT": "",
	"HOST": "127.0.0.1",
	"DEMO_LANE": "demo",
	"CHROMIUM": "",
	"KEEP": "",
	"REQUIRE_SITE": "",
	"SALES_WH_FLOW_CACHE": "",
	"SALES_WH_FLOW_ACCOUNT": "swhf",
	"DEBIAN_MIRROR": "http://deb.debian.org/debian",
	ROOT_VARIABLE: "",
}
# Variables of other programs that a company's network may need; they reach pip, uv, yarn and git as they are.
PASSED_ON = (
	"http_proxy",
	"https_proxy",
	"no_proxy",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"NO_PROXY",
	"PIP_INDEX_URL",
	"PIP_EXTRA_INDEX_URL",
	"UV_INDEX_URL",
	"UV_DEFAULT_INDEX",
	"UV_EXTRA_INDEX_URL",
	"npm_config_registry",
	"YARN_REGISTRY",
	"NODE_OPTIONS",
	"CI",
)
CERTIFICATE_VARIABLES = (
	"SSL_CERT_FILE",
	"PIP_CERT",
	"REQUESTS_CA_BUNDLE",
	"CURL_CA_BUNDLE",
	"GIT_SSL_CAINFO",
	"NODE_EXTRA_CA_CERTS",
)
DISTRIBUTION_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def of_root(name: str, root: str) -> str:
	"""A folder's name for what was made with the programs of this root; the plain name without one."""
	return f"{name}-{Path(root).name}" if root else name


@dataclass(frozen=True)
class Settings:
	"""The variables of one run; `clone` is the checkout whose code is under test."""

	values: dict[str, str]
	clone: Path
	config_file: Path

	def __getitem__(self, name: str) -> str:
		return self.values[name]

	def is_on(self, name: str) -> bool:
		return self.values[name].lower() not in ("", "0", "no", "false")


def load() -> Settings:
	"""The settings of this run; the environment wins over the account's file, both over the defaults."""
	config_home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home_of(os.getuid()), ".config")
	config_file = Path(config_home) / APP / "env"
	written = read_file(config_file)
	values = {name: os.environ.get(name) or written.get(name) or DEFAULTS[name] for name in DEFAULTS}
	return Settings(values, Path(__file__).resolve().parents[2], config_file)


def read_file(path: Path) -> dict[str, str]:
	"""NAME=value lines of a file, quotes and a leading `export` allowed, `#` starts a comment.

	Raises: SystemExit naming the line that is none of these.
	"""
	if not path.is_file():
		return {}
	found = {}
	for number, line in enumerate(path.read_text().splitlines(), 1):
		words = shlex.split(line, comments=True)
		if words[:1] == ["export"]:
			words = words[1:]
		if not words:
			continue
		name, sign, value = words[0].partition("=")
		if len(words) > 1 or not sign or name not in DEFAULTS:
			raise SystemExit(
				f"error: {path}, line {number}: expected NAME=value with one of {', '.join(DEFAULTS)}"
			)
		found[name] = value
	return found


def home_of(uid: int) -> str:
	"""The account's home folder; HOME is believed only for the account that runs this."""
	if uid == os.getuid() and os.environ.get("HOME"):
		return os.environ["HOME"]
	return pwd.getpwuid(uid).pw_dir


def network_environment() -> dict[str, str]:
	"""Variables for programs that download: the caller's own, else the distribution's certificates."""
	env = {name: os.environ[name] for name in PASSED_ON if os.environ.get(name)}
	for name in CERTIFICATE_VARIABLES:
		if os.environ.get(name):
			env[name] = os.environ[name]
		elif DISTRIBUTION_CERTIFICATES.is_file():
			env[name] = str(DISTRIBUTION_CERTIFICATES)
	return env
