#!/usr/bin/env bash
# scripts/deb.sh [--debug]: makes a Debian package of the window, and says where it lies.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh window
scripts/interface.sh
target=${CARGO_TARGET_DIR:-$PWD/target}
ui/node_modules/.bin/tauri build --bundles deb --ci "$@" -- --locked
case " $* " in *" --debug "*) kind=debug ;; *) kind=release ;; esac
ls "$target/$kind"/bundle/deb/*.deb
