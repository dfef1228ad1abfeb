#!/bin/sh
# What is written without any tool: ten deployments at a time, each of them waited for with a loop.
set -eu
mkdir -p "$BENCH_KEPT"
seq "$BENCH_COUNT" | xargs -P 10 -n 1 sh ./deploy.sh
