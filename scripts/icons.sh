#!/usr/bin/env bash
# Draws the pictures of src-tauri/icons from assets/icons/comptoir.svg. Run after changing it.
set -eu
cd "$(dirname "$0")/.."
scripts/interface.sh
drawn=$(mktemp -d)
ui/node_modules/.bin/tauri icon assets/icons/comptoir.svg -o "$drawn" -p 32 -p 128 -p 256 -p 512
cp "$drawn/32x32.png" "$drawn/128x128.png" src-tauri/icons/
cp "$drawn/256x256.png" src-tauri/icons/128x128@2x.png
cp "$drawn/512x512.png" src-tauri/icons/icon.png
rm -r "$drawn"
