#!/usr/bin/env bash
# Asks for the settings of a login, and puts each into a file that only its owner may read.
#
#   deploy/put-secrets.sh FOLDER
#
# What is typed is not shown, and stands in no command line and in no history of a shell. Enter
# alone leaves a file as it is.
set -euo pipefail
folder=${1:?name the folder for the files}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"
for name in upstox_username upstox_pin_code upstox_totp_secret upstox_client_id \
  upstox_client_secret upstox_redirect_uri; do
  read -rsp "$name: " value
  echo >&2
  [ -n "$value" ] || continue
  # Never in a file that was open to others.
  rm -f "$folder/$name"
  printf '%s' "$value" >"$folder/$name"
done
echo "A unit or a container that runs has the older ones until it is restarted." >&2
