#!/usr/bin/env bash
# An editor completes and marks data files by `sisterline schema`, and check-jsonschema takes them: readers
# that nobody here wrote. Needs node, npm and the network; takes some 15 s. All it installs is temporary.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=${BIN:-$root/.venv/bin}
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT

export SISTERLINE_CACHE_DIR="$outside/cache"
"$bin/sisterline" schema -o "$outside/schema.json"

echo "== yaml-language-server"
(cd "$outside" && npm install --silent --no-audit --no-fund --no-save yaml-language-server@1 >&2)
cp "$here/editor.js" "$outside"
(cd "$outside" && node editor.js schema.json "$root")

echo "== check-jsonschema"
"$bin/python" -m venv "$outside/venv"
"$outside/venv/bin/pip" install -qq check-jsonschema
check="$outside/venv/bin/check-jsonschema"
"$check" --check-metaschema "$outside/schema.json"
"$check" --schemafile "$outside/schema.json" "$root"/data/*.yaml "$root"/docs/examples/*.yaml
for name in mistyped-key missing-keys mistyped-choice bad-id field-should-be-a-list; do
  if "$check" --schemafile "$outside/schema.json" "$root/tests/bad/$name.yaml" >/dev/null; then
    echo "FAILED tests/bad/$name.yaml passes"
    exit 1
  fi
done
for what in list timeline show stats anniversaries exchanges sources; do
  name=$([ "$what" = show ] && echo sakae || true)
  "$bin/sisterline" schema "$what" -o "$outside/$what.schema.json"
  # shellcheck disable=SC2086  # no name at all where there is none
  "$bin/sisterline" "$what" $name --no-builtin --data "$root/tests/small" -o "$outside/$what.json"
  "$check" --schemafile "$outside/$what.schema.json" "$outside/$what.json"
  jq --exit-status '.schema == 1 and .report == "'"$what"'"' "$outside/$what.json" >/dev/null
done
echo "all is proved"
