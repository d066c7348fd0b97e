#!/bin/sh
# First process of one lab host, in namespaces of its own. When it ends, the kernel ends all that runs on the host.
# $1: folder of the host. $2: address to listen on for SSH; empty for this machine. $3: the registry.
set -e
folder=$1 address=$2 registry=$3
mount --make-rprivate /
mkdir -p "$folder/run" "$folder/docker" "$folder/slipway"
mount --bind "$folder/run" /run
rm -rf /run/docker /run/docker.sock /run/docker.pid /run/containerd
if [ -n "$address" ]; then
  mkdir -p /var/lib/slipway
  mount --bind "$folder/slipway" /var/lib/slipway
  mount --bind "$folder/passwd" /etc/passwd
  mkdir -p /run/sshd
  ip link set lo up
  # Started again when it ends, as a service manager does; so is the engine.
  while :; do
    "$(command -v sshd)" -D -f "$folder/sshd_config" -E "$folder/sshd.log" || true
    sleep 0.2
  done &
fi
cat >/run/daemon.json <<EOF
{"features":{"containerd-snapshotter":true},"insecure-registries":["$registry"],"log-level":"warn"}
EOF
while :; do
  dockerd --config-file /run/daemon.json --data-root "$folder/docker" --exec-root /run/docker \
    --pidfile /run/docker.pid -H unix:///run/docker.sock >>"$folder/dockerd.log" 2>&1 || true
  sleep 0.2
done &
wait
