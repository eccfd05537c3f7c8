#!/bin/sh
# Makes a root of one of Debian's suites beside the machine's own, as root: FOLDER SUITE MIRROR PACKAGE...
# Only its programs are ever used (see enter_root.sh). The file `complete` is written last.
set -eu
folder=$1 suite=$2 mirror=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder"
debootstrap --variant=minbase "$suite" "$folder" "$mirror"
# Nothing that a package brings may start.
printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
chmod +x "$folder/usr/sbin/policy-rc.d"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# A mirror may be a copy of some weeks ago; its signatures are looked at all the same.
chroot "$folder" apt-get update -q -o Acquire::Check-Valid-Until=false </dev/null
chroot "$folder" apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@" </dev/null
chroot "$folder" apt-get clean
echo "$*" >"$folder/complete"
