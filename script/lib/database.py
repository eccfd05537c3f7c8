"""A private MariaDB: own data folder, socket, port and password; never the machine's own server."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import processes
from machine import find_program
from terminal import CommandFailed, run_logged

READY_WITHIN_S = 60
LONGEST_SOCKET_PATH = 100
CONFIGURATION = """[mysqld]
datadir={data}
socket={socket}
pid-file={folder}/mariadb.pid
tmpdir={folder}/tmp
port={port}
bind-address=127.0.0.1
skip-name-resolve
character-set-server=utf8mb4
collation-server=utf8mb4_unicode_ci
innodb_buffer_pool_size={buffer_mb}M
innodb_log_file_size=48M
innodb_flush_log_at_trx_commit=2
max_connections=150
max_allowed_packet=64M
performance_schema=OFF
"""


@dataclass(frozen=True)
class Database:
	"""The server of one lane; `folder` holds its data and configuration, `password` is root's."""

	folder: Path
	port: int
	password: str

	@property
	def data(self) -> Path:
		return self.folder / "data"

	@property
	def socket(self) -> Path:
		inside = self.folder / "mariadb.sock"
		if len(str(inside)) <= LONGEST_SOCKET_PATH:
			return inside
		short = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
		return Path(tempfile.gettempdir(), f"sales_wh_flow-{os.getuid()}-{short}.sock")

	def create(self, log: Path) -> None:
		"""Make an empty data folder; `secure` must follow once the server runs."""
		self.folder.mkdir(parents=True, exist_ok=True)
		run_logged(
			[
				*(find_program("mariadb-install-db"), "--no-defaults", f"--datadir={self.data}"),
				*("--skip-test-db", "--auth-root-authentication-method=normal"),
			],
			log,
		)

	def start(self, log: Path, env: dict[str, str]) -> subprocess.Popen:
		"""Start the server and return it when it answers.

		Raises: CommandFailed when it does not.
		"""
		memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
		text = CONFIGURATION.format(
			data=self.data,
			socket=self.socket,
			folder=self.folder,
			port=self.port,
			buffer_mb=os.environ.get("SWHF_BUFFER_MB") or max(128, min(1024, memory_mb // 8)),
		)
		# A server that starts removes what it finds of temporary tables, other running servers' as well.
		(self.folder / "tmp").mkdir(exist_ok=True)
		configuration = self.folder / "mariadb.cnf"
		configuration.write_text(text)
		self.socket.unlink(missing_ok=True)
		command = [find_program("mariadbd"), f"--defaults-file={configuration}"]
		process = processes.start(command, self.folder.parent, log, env=env, cwd=self.folder)
		processes.wait_until(lambda: processes.answers(self.port), process, log, READY_WITHIN_S)
		return process

	def secure(self) -> None:
		"""Give root its password on both ways in and drop every other account of a fresh data folder."""
		rows = self.run("select user, host from mysql.user", password="")
		drop = []
		for line in rows.splitlines():
			user, _, host = line.partition("\t")
			is_root = user == "root" and host in ("localhost", "127.0.0.1")
			if not is_root and user != "mariadb.sys":
				drop.append(f"drop user '{user}'@'{host}';")
		ours = [f"'root'@'{host}'" for host in ("127.0.0.1", "localhost")]
		make = [f"create user if not exists {account};" for account in ours]
		make += [f"grant all on *.* to {account} with grant option;" for account in ours]
		# Last, since the sessions that follow need the password.
		make += [f"alter user {account} identified by '{self.password}';" for account in ours]
		self.run("\n".join(drop + make), password="")

	def run(self, statements: str, password: str | None = None) -> str:
		"""Rows of the last statement, tab-separated, without a header."""
		answer = subprocess.run(
			[
				*(find_program("mariadb"), "--no-defaults", f"--socket={self.socket}"),
				*("--user=root", "--batch", "--skip-column-names"),
			],
			input=statements,
			capture_output=True,
			text=True,
			env={**os.environ, "MYSQL_PWD": self.password if password is None else password},
		)
		if answer.returncode:
			raise CommandFailed(f"MariaDB refused a statement: {answer.stderr.strip()}")
		return answer.stdout
