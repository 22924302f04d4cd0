#!/usr/bin/env bash
# The health check of the image: asks the gateway whether it is ready, without starting a Node every ten seconds. It asks at the
# container's own address, as everybody else does: a listener on loopback alone is not healthy.
exec 3<>"/dev/tcp/$HOSTNAME/${INTERNAL_PORT:-8081}" || exit 1
printf 'GET /admin/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
