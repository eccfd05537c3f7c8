# Sourced by the commands in script/: runs one module of script/lib with a Python every account can read.
# The distribution's Python comes first, since root's own may lie in a folder closed to others.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
command=$(basename "$0")
for python in /usr/bin/python3 python3; do
	if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
		export PYTHONDONTWRITEBYTECODE=1
		exec "$python" "$here/lib/${command}_command.py" "$@"
	fi
done
echo "script/$command needs Python 3.10 or newer as /usr/bin/python3 or python3 on the PATH" >&2
exit 1
