#!/usr/bin/env bash
# Builds deploy/Dockerfile and runs its image as compose.yaml would, without a Docker engine.
#
#   sudo deploy/try-container.sh
#
# Needs root on a Debian or Ubuntu machine, some 3 GB in $TMPDIR, and five minutes. The base image is
# made by mmdebstrap, and podman does the rest. Ends with `doctor`, all of it in order. Not part of
# `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

for package in mmdebstrap podman crun; do
  command -v "$package" >/dev/null || missing="${missing:-} $package"
done
if [ -n "${missing:-}" ]; then
  apt-get update -qq
  # shellcheck disable=SC2086  (several words)
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $missing >/dev/null
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/upstox-container.XXXXXX")
replica=
cleanup() {
  [ -z "$replica" ] || kill "$replica" 2>/dev/null || true
  pod rm --force --all --time 0 >/dev/null 2>&1 || true
  pod rmi --force --all >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT

# With the newer kind of control groups alone, in a mount namespace of its own: crun takes no other.
pod() {
  unshare --mount --propagation private sh -c '
    umount -R /sys/fs/cgroup 2>/dev/null
    mount -t cgroup2 none /sys/fs/cgroup
    work=$1; shift
    exec podman --root "$work/storage" --runroot "$work/run" --storage-driver vfs \
      --cgroup-manager cgroupfs --runtime crun "$@"' sh "$work" "$@"
}
limits=(--ulimit nofile=1024:1024 --ulimit nproc=4000:4000 --network host)

echo "== base image"
suite=$(sed -n 's/^FROM debian:\(.*\)-slim$/\1/p' deploy/Dockerfile)
mmdebstrap --quiet --variant=minbase "$suite" "$work/base.tar"
pod import --quiet "$work/base.tar" "debian:$suite-slim" >/dev/null
rm "$work/base.tar"

echo "== build"
# What this machine trusts, for a network whose proxy has a certificate of its own.
printf '[global]\ncert = /run/machine.crt\n' >"$work/pip.conf"
pod build --quiet "${limits[@]}" --isolation chroot --format docker --layers=false \
  --volume /etc/ssl/certs/ca-certificates.crt:/run/machine.crt:ro \
  --volume "$work/pip.conf:/etc/pip.conf:ro" \
  --file deploy/Dockerfile --tag upstox-browser-login . >/dev/null

# As compose.yaml says it: read-only root, no rights, its own list of system calls, secrets by file.
in_image() {
  pod run --rm --no-healthcheck "${limits[@]}" --cgroups disabled --read-only --tmpfs /tmp:mode=1777,size=512m \
    --cap-drop ALL --security-opt no-new-privileges \
    --security-opt "seccomp=$PWD/deploy/seccomp.json" \
    --volume "$work/state:/state" --volume "$work/secrets:/run/secrets:ro" "$@"
}
mkdir "$work/state" "$work/secrets"
chown 10001:10001 "$work/state"
chmod 700 "$work/state"

echo "== replica"
in_image --name replica localhost/upstox-browser-login \
  replica --port 8700 --scenario no-otp-limit >"$work/replica.env" 2>"$work/replica.log" &
replica=$!
for _ in $(seq 60); do
  grep -q API_BASE_URL "$work/replica.env" && break
  sleep 1
done
while IFS='=' read -r name value; do
  name=${name#export }
  value=${value#\'} value=${value%\'}
  file=$work/secrets/$(printf %s "$name" | tr '[:upper:]' '[:lower:]')
  [ "$name" = UPSTOX_API_BASE_URL ] && api=$value && continue
  case $name in UPSTOX_*) printf '%s\n' "$value" >"$file" ;; esac
done <"$work/replica.env"
chown -R 10001:10001 "$work/secrets"
chmod 500 "$work/secrets"
chmod 400 "$work/secrets"/*

echo "== who runs it, and what it may write"
in_image --entrypoint sh localhost/upstox-browser-login -c '
  [ "$(id -u)" = 10001 ] || exit 1
  ! touch /opt/app/x 2>/dev/null || exit 1
  touch /state/x /tmp/x && rm /state/x /tmp/x && echo "uid $(id -u), only /state and /tmp are writable"'

# Due at once, at whatever hour this is tried.
now=$(TZ=IST-5:30 date +%H:%M)

echo "== a login, with the sandbox on"
in_image --env UPSTOX_API_BASE_URL="$api" localhost/upstox-browser-login \
  refresh --once --time "$now" --debug >"$work/login.log" 2>&1 || { cat "$work/login.log"; exit 1; }
grep -o 'sandbox True' "$work/login.log"
grep -o 'Logged in.*' "$work/login.log" | head -1

echo "== restarted, it sends nothing again"
in_image --env UPSTOX_API_BASE_URL="$api" localhost/upstox-browser-login \
  refresh --once --time "$now" 2>&1 | tail -1
in_image --name daily --detach --env UPSTOX_API_BASE_URL="$api" localhost/upstox-browser-login >/dev/null
check=$(sed -n 's/^ *CMD \(\["python3".*\)$/\1/p' deploy/Dockerfile)
for _ in $(seq 30); do
  # podman runs health checks by systemd alone, so that the image's own is run by hand.
  if pod exec daily python3 -c "$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])[2])' "$check")" 2>/dev/null; then
    echo healthy && break
  fi
  sleep 1
done
pod stop --time 15 daily >/dev/null

echo "== doctor"
in_image --env UPSTOX_API_BASE_URL="$api" localhost/upstox-browser-login doctor
