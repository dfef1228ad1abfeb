#!/bin/sh
# Deletes what was made, ten at a time.
set -eu
cat "$BENCH_KEPT"/* | xargs -P 10 -I '{}' \
  curl --silent --show-error --fail --output /dev/null --request DELETE \
  --header "Authorization: Bearer $DEEPINFRA_API_KEY" "$DEEPINFRA_URL/deploy/{}"
rm -r "$BENCH_KEPT"
