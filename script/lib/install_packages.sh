#!/bin/sh
# Installs distribution packages as root; each argument is one need, its alternatives separated by "|".
# Nothing that a package brings may start: where the machine has no policy of its own, ours forbids it meanwhile.
set -eu
policy=/usr/sbin/policy-rc.d
mark="made by sales_wh_flow while it installs packages; safe to delete"
if [ ! -e "$policy" ] || grep -qs "$mark" "$policy"; then
	trap 'rm -f "$policy"' EXIT
	trap 'exit 130' INT TERM HUP
	printf '#!/bin/sh\n# %s\nexit 101\n' "$mark" >"$policy"
	chmod +x "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q </dev/null
packages=""
for need in "$@"; do
	found=""
	for name in $(echo "$need" | tr '|' ' '); do
		if apt-cache policy "$name" | grep -q 'Candidate: [^(]'; then
			found=$name
			break
		fi
	done
	if [ -z "$found" ]; then
		echo "no package for: $need" >&2
		exit 1
	fi
	packages="$packages $found"
done
# --no-remove: a server of the machine that stands in the way (MySQL) is the user's to decide about.
# shellcheck disable=SC2086 # the names are words of their own
apt-get install -q -y --no-install-recommends --no-remove -o Dpkg::Use-Pty=0 $packages </dev/null
