"""Runs as the owner of the bench: unpacks the tree from standard input and hands over to its owner_stage.

Given to the interpreter as text, since the owner may not be able to read the folder this file lies in.
Arguments: the file descriptor for the answer, the process id of the caller.
"""

import ctypes
import json
import os
import signal
import sys
import tarfile
import tempfile
from pathlib import Path

# When the caller dies, even by kill -9, the owner is told to stop its services and go.
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
if os.getppid() != int(sys.argv[2]):
	sys.exit(130)

# Logs, site configurations and the database hold passwords.
os.umask(0o077)
request = json.loads(sys.stdin.buffer.readline())
trees = Path(request["cache"]) / "trees"
trees.mkdir(parents=True, exist_ok=True)
parcel = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=trees))
with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as tar:
	if hasattr(tarfile, "data_filter"):
		tar.extraction_filter = tarfile.data_filter
	tar.extractall(parcel)
with open(os.devnull) as nothing:
	os.dup2(nothing.fileno(), 0)

sys.path.insert(0, str(parcel / "tree" / "script" / "lib"))
import owner_stage  # noqa: E402 - lies in the tree just unpacked

sys.exit(owner_stage.main(request, parcel, int(sys.argv[1])))
