#!/bin/sh
# Starts dovecot for a test, in the foreground: it ends when it is killed.
#
#   start.sh FOLDER STARTTLS_PORT TLS_PORT CERTIFICATE KEY USER PASSWORD [SENT_USE]
#
# FOLDER       is made if it is not there; its path must be short (sockets lie in it)
# CERTIFICATE  and KEY are files in PEM, for the name that clients connect to
# SENT_USE     how the folder "Envoyés" is marked: \Sent unless given
#
# Ends with 77 if dovecot is not installed (Debian: dovecot-imapd).
set -eu

[ $# -ge 7 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 64; }
folder=$1 starttls_port=$2 tls_port=$3 certificate=$4 key=$5 user=$6 password=$7
sent_use=${8:-'\Sent'}

here=$(cd "$(dirname "$0")" && pwd)
dovecot=$(PATH=$PATH:/usr/sbin command -v dovecot) ||
    { echo 'dovecot is not installed' >&2; exit 77; }

mkdir -p "$folder/run" "$folder/state" "$folder/person"
folder=$(cd "$folder" && pwd)

who=$(id -un) internal=$(id -un) login=$(id -un)
if [ "$who" = root ]; then who=mail internal=dovecot login=dovenull; fi
group=$(id -gn "$who")

cp "$certificate" "$folder/certificate.pem"
cp "$key" "$folder/key.pem"
printf '%s:%s\n' "$user" "$password" > "$folder/passwords"
sed -e "s|@FOLDER@|$folder|g" -e "s|@WHO@|$who|g" -e "s|@GROUP@|$group|g" \
    -e "s|@INTERNAL@|$internal|g" -e "s|@INTERNAL_GROUP@|$(id -gn "$internal")|g" \
    -e "s|@LOGIN@|$login|g" \
    -e "s|@SENT_USE@|$(printf %s "$sent_use" | sed 's|\\|\\\\|g')|g" \
    -e "s|@STARTTLS_PORT@|$starttls_port|g" -e "s|@TLS_PORT@|$tls_port|g" \
    "$here/dovecot.conf" > "$folder/dovecot.conf"
if [ "$(id -un)" = root ]; then
    chown -R "$who:$group" "$folder/person"
    chgrp "$(id -gn "$internal")" "$folder/passwords"
    chmod 755 "$folder"
fi
chmod 640 "$folder/passwords"
chmod 600 "$folder/key.pem"

exec "$dovecot" -F -c "$folder/dovecot.conf"
