#!/bin/sh
# Runs a program with the programs and libraries of another root, as root: FOLDER PROGRAM ARGUMENT...
# Called in a mount namespace of its own. Everything but /usr stays the machine's: folders, accounts, network.
set -eu
folder=$1
shift
mount --bind "$folder/etc/alternatives" /etc/alternatives
mount --bind "$folder/etc/ld.so.cache" /etc/ld.so.cache
mount --rbind "$folder/usr" /usr
exec "$@"
