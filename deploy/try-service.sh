#!/usr/bin/env bash
# Installs the daily login under a real systemd, in a booted container, and looks at what it does.
#
#   sudo deploy/try-service.sh
#
# Needs root on a Debian or Ubuntu machine, some 2 GB in $TMPDIR, and five minutes. Tried are the
# unit of a user and that of the machine, where users may make user namespaces and where they may
# not: each logs in to the replica, with Chromium's sandbox on wherever there can be one, and leaves
# nothing when it is removed. Not part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v mmdebstrap >/dev/null && command -v systemd-nspawn >/dev/null || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
    mmdebstrap systemd-container >/dev/null
}

work=$(mktemp -d "${TMPDIR:-/tmp}/upstox-service.XXXXXX")
root=$work/root
nspawn=
cleanup() {
  [ -z "$nspawn" ] || kill "$nspawn" 2>/dev/null || true
  [ -z "$nspawn" ] || wait "$nspawn" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

echo "== a machine"
mmdebstrap --quiet --variant=minbase \
  --include=ca-certificates,chromium-headless-shell,chromium-sandbox,dbus,libpam-systemd,python3,python3-venv,systemd-sysv \
  trixie "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mkdir "$root/src"
cp -r LICENSE README.md pyproject.toml src "$root/src/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/machine.crt"
chroot "$root" python3 -m venv /opt/app
chroot "$root" env -i PATH=/usr/bin:/bin PIP_CERT=/etc/ssl/machine.crt \
  /opt/app/bin/pip install --quiet "/src[server]"
chroot "$root" useradd --create-home asha
printf '#!/bin/sh\nexport XDG_RUNTIME_DIR=/run/user/$(id -u) HOME=/home/asha\ncd "/home/asha/al go"\nexec "$@"\n' \
  >"$root/usr/local/bin/as-asha"
chmod 755 "$root/usr/local/bin/as-asha"
cat >"$root/etc/systemd/system/replica.service" <<'UNIT'
[Service]
User=asha
StandardOutput=truncate:/home/asha/replica.env
ExecStart=/opt/app/bin/upstox-browser-login replica --port 8700 --scenario no-otp-limit
UNIT

systemd-nspawn --quiet --boot --directory "$root" --register=no --keep-unit >"$work/boot.log" 2>&1 &
nspawn=$!
inside() {
  local init
  init=$(pgrep --parent "$nspawn" | head -1)
  nsenter --target "$init" --mount --uts --ipc --pid --cgroup --root --wd \
    env -i PATH=/opt/app/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}
asha() { inside runuser --user asha -- as-asha "$@"; }
wait_for() { for _ in $(seq 60); do "$@" >/dev/null 2>&1 && return; sleep 1; done; "$@"; }

sleep 5
wait_for inside systemctl is-active multi-user.target
inside loginctl enable-linger asha
wait_for inside test -S /run/user/1000/systemd/private
inside systemctl start replica
wait_for inside grep -q API_BASE_URL /home/asha/replica.env
inside mkdir "/home/asha/al go"
grep '^export' "$root/home/asha/replica.env" >"$root/home/asha/al go/.env"
inside chown -R asha:asha /home/asha
inside chmod 600 "/home/asha/al go/.env"

# What the service has said since `begin`.
begin() { since=$(date +%s) && sleep 1; }
journal() { inside journalctl --quiet --output cat --since "@$since" "$@"; }
logged_in() { journal "$@" | grep -q 'Logged in'; }
shown() { journal "$@" | grep -oE 'sandbox (True|False)|Logged in.*'; }
# From midnight to 03:45 in India a daily login waits for its time, so that it is told to be due now.
due() { printf -- '--time %s' "$(TZ=IST-5:30 date +%H:%M)"; }
# A login so soon after a PIN without a token would wait a quarter of an hour.
forget() { inside rm -rf /home/asha/.local/state/upstox-browser-login; }

a_users_unit() { # what is expected of the sandbox, and of NoNewPrivileges
  begin
  # shellcheck disable=SC2046  (two words)
  asha upstox-browser-login service install -- --debug --write .env $(due)
  wait_for logged_in _UID=1000 || { journal _UID=1000; exit 1; }
  shown _UID=1000
  shown _UID=1000 | grep -q "sandbox $1"
  inside grep -q '^access_token=' "/home/asha/al go/.env"
  asha upstox-browser-login service status
  pid=$(asha systemctl --user show --property MainPID --value upstox-browser-login)
  inside grep -E '^(NoNewPrivs|Seccomp):' "/proc/$pid/status"
  inside grep -q "^NoNewPrivs:.$2" "/proc/$pid/status"
  asha systemd-analyze --user security --no-pager upstox-browser-login | tail -1
  asha upstox-browser-login service uninstall
  if inside test -e /home/asha/.config; then
    inside find /home/asha/.config
    exit 1
  fi
  asha upstox-browser-login logout
  forget
}

echo "== a user's unit"
a_users_unit True 1

echo "== a user's unit, where users may make no user namespaces"
# As the kernel's switch says, and as a filter of system calls does for everything of this user.
echo 0 >"$root/etc/none"
inside mount --bind /etc/none /proc/sys/user/max_user_namespaces
mkdir "$root/etc/systemd/system/user@.service.d"
printf '[Service]\nRestrictNamespaces=~user\n' >"$root/etc/systemd/system/user@.service.d/none.conf"
inside systemctl daemon-reload
inside systemctl restart user@1000
wait_for asha systemctl --user show-environment
starts() { # whether a user's unit with these lines does
  printf '[Service]\nType=oneshot\n' >"$root/etc/systemd/user/try.service"
  printf '%s\n' "$@" >>"$root/etc/systemd/user/try.service"
  asha systemctl --user daemon-reload
  asha systemctl --user start try 2>/dev/null
}
starts ExecStart=/bin/true
if starts "ExecStart=/usr/bin/unshare --user true"; then exit 1; fi
for directive in PrivateUsers=yes CapabilityBoundingSet=; do
  if starts "$directive" ExecStart=/bin/true; then exit 1; fi
  echo "with $directive nothing would be started"
done
rm "$root/etc/systemd/user/try.service"
echo "-- with a sandbox of Chromium that becomes root"
a_users_unit True 0
echo "-- without one"
rm "$root/usr/lib/chromium/chrome-sandbox"
a_users_unit False 1
inside umount /proc/sys/user/max_user_namespaces
rm -r "$root/etc/systemd/system/user@.service.d"
inside systemctl daemon-reload

echo "== the machine's unit, its secrets handed over by systemd"
inside mkdir -m 700 /etc/upstox
while IFS='=' read -r name value; do
  name=$(printf %s "${name#export }" | tr '[:upper:]' '[:lower:]')
  value=${value#\'} value=${value%\'}
  [ "$name" = access_token ] || printf '%s\n' "$value" >"$root/etc/upstox/$name"
done <"$root/home/asha/al go/.env"
chmod 600 "$root/etc/upstox"/*
inside rm "/home/asha/al go/.env"
begin
inside sh -c 'cd "/home/asha/al go" && upstox-browser-login service install --system --run-as asha \
  --secrets /etc/upstox -- --debug '"$(due)"
wait_for logged_in --unit upstox-browser-login
shown --unit upstox-browser-login
shown --unit upstox-browser-login | grep -q 'sandbox True'
inside systemd-analyze security --no-pager upstox-browser-login | tail -1
inside upstox-browser-login service uninstall --system
forget

echo "== the same for a profile, whose file holds no secret"
inside runuser --user asha -- sh -c 'umask 077 && mkdir -p /home/asha/.config/upstox-browser-login/profiles &&
  echo UPSTOX_TIMEOUT=90 >/home/asha/.config/upstox-browser-login/profiles/papa.env'
begin
inside sh -c 'cd "/home/asha/al go" && upstox-browser-login service install --system --run-as asha \
  --profile papa --secrets /etc/upstox -- --debug '"$(due)"
wait_for logged_in --unit upstox-browser-login-papa
shown --unit upstox-browser-login-papa
inside upstox-browser-login service uninstall --system --profile papa
if inside find /etc/systemd -name 'upstox*' | grep .; then exit 1; fi
echo "== done"
