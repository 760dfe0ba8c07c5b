#!/usr/bin/env bash
# Makes a Debian package of the window in its release form, and says where it lies.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh window
scripts/interface.sh
target=${CARGO_TARGET_DIR:-$PWD/target}
ui/node_modules/.bin/tauri build --bundles deb --ci -- --locked
ls "$target"/release/bundle/deb/*.deb
