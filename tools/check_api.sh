#!/usr/bin/env bash
# check_api.sh DIR   fails when the program's OpenAPI document or the client made from it differs from the committed one
set -euo pipefail
dir=$1
cd "$(dirname "$0")/.."
mkdir -p "$dir"
BOLE_DATA_DIR=$dir/data BOLE_DATABASE_URL=sqlite:api.db BOLE_LOG_LEVEL=error ./bole openapi >"$dir/openapi.json"
python3 - "$dir/openapi.json" web/packages/api/openapi.json <<'P'
import json, sys
fresh, kept = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
if fresh == kept:
    sys.exit(0)
for part in ("paths",):
    for name in sorted(set(fresh.get(part, {})) | set(kept.get(part, {}))):
        if fresh.get(part, {}).get(name) != kept.get(part, {}).get(name):
            print("differs:", name)
schemas = [document.get("components", {}).get("schemas", {}) for document in (fresh, kept)]
for name in sorted(set(schemas[0]) | set(schemas[1])):
    if schemas[0].get(name) != schemas[1].get(name):
        print("differs: schema", name)
print("Run: ./bole openapi > web/packages/api/openapi.json && npm --prefix web run api")
sys.exit(1)
P
if [[ -f web/packages/api/src/generated.ts ]]; then
  web/node_modules/.bin/openapi-typescript web/packages/api/openapi.json -o "$dir/generated.ts" >/dev/null
  if ! cmp -s "$dir/generated.ts" web/packages/api/src/generated.ts; then
    echo "web/packages/api/src/generated.ts is not what openapi.json gives. Run: npm --prefix web run api"
    exit 1
  fi
fi
