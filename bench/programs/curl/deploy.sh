#!/bin/sh
# Makes one deployment, keeps its id, and looks at it every five seconds until it runs.
set -eu
call() {
  curl --silent --show-error --fail --header "Authorization: Bearer $DEEPINFRA_API_KEY" "$@"
}
body="{\"model_name\":\"bench-$1\",\"gpu\":\"A100-80GB\",\"hf\":{\"repo\":\"acme/bench\"}}"
id=$(call --header "Content-Type: application/json" --data "$body" "$DEEPINFRA_URL/deploy/llm" |
  sed 's/.*"deploy_id": *"\([^"]*\)".*/\1/')
echo "$id" > "$BENCH_KEPT/$1"
while :; do
  case $(call "$DEEPINFRA_URL/deploy/$id") in
    *'"status":"running"'*) exit 0 ;;
    *'"status":"failed"'*) exit 1 ;;
  esac
  sleep 5
done
