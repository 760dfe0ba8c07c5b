#!/bin/sh
# Starts exim for a test, in the foreground: it ends when it is killed.
#
#   start.sh FOLDER STARTTLS_PORT TLS_PORT CERTIFICATE KEY USER PASSWORD
#
# FOLDER       is made if it is not there; letters come to FOLDER/maildir/new, logs to FOLDER/log
# CERTIFICATE  and KEY are files in PEM, for the name that clients connect to
#
# Ends with 77 if exim4 is not installed (Debian: exim4-daemon-light).
set -eu

[ $# -eq 7 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64; }
folder=$1 starttls_port=$2 tls_port=$3 certificate=$4 key=$5 user=$6 password=$7

here=$(cd "$(dirname "$0")" && pwd)
exim=$(PATH=$PATH:/usr/sbin command -v exim4) || { echo 'exim4 is not installed' >&2; exit 77; }

mkdir -p "$folder/spool" "$folder/log" "$folder/maildir"
folder=$(cd "$folder" && pwd)

# exim never delivers as root: root's server delivers as the user that the package made.
who=$(id -un)
if [ "$who" = root ]; then who=Debian-exim; fi
group=$(id -gn "$who")

cp "$certificate" "$folder/certificate.pem"
cp "$key" "$folder/key.pem"
printf '%s: %s\n' "$user" "$password" > "$folder/passwords"
sed -e "s|@FOLDER@|$folder|g" -e "s|@WHO@|$who|g" -e "s|@GROUP@|$group|g" \
    -e "s|@STARTTLS_PORT@|$starttls_port|g" -e "s|@TLS_PORT@|$tls_port|g" \
    "$here/exim.conf" > "$folder/exim.conf"
chmod 600 "$folder/key.pem" "$folder/passwords"
if [ "$(id -un)" = root ]; then
    chown -R "$who:$group" "$folder"
    # Root's server takes its settings only from a file that nobody else could have written.
    chown root:root "$folder/exim.conf"
fi
chmod 644 "$folder/exim.conf"

exec "$exim" -C "$folder/exim.conf" -bdf
