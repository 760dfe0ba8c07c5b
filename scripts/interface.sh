#!/usr/bin/env bash
# Builds the interface of ui/ into ui/dist when it is older than what it is made of. Used by ./run,
# ./test and scripts/deb.sh; works alone too.
set -eu
cd "$(dirname "$0")/../ui"

say() { printf '%s\n' "$*" >&2; }

usable_node() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}
usable_node || { say "The interface needs Node.js 20.19 or later with npm: https://nodejs.org"; exit 1; }

# What was installed last is kept beside it: dates say nothing of a list of packages.
installed=node_modules/.installed-for
if ! cmp -s package-lock.json "$installed"; then
  say "Installing the interface's packages"
  npm ci --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json "$installed"
fi

# Sentences are shared with the engine and built in, the icon too.
sources="src public index.html package.json vite.config.ts tsconfig.json ../assets/locales ../assets/icons"
is_stale() {
  [ -f dist/index.html ] || return 0
  local there=()
  for source in $sources; do [ ! -e "$source" ] || there+=("$source"); done
  [ -n "$(find "${there[@]}" -newer dist/index.html -print -quit)" ]
}
if is_stale; then
  say "Building the interface"
  npm run --silent build >&2
fi
