# Sourced by ./run, ./test and scripts/deb.sh: installs Debian packages that are missing, says which,
# and never asks where nobody sits at a terminal. First argument: `build`; `window` for what the
# window needs besides; `test` for what the tests use besides both.

needed="build-essential pkg-config libssl-dev libclang1-14 libclang-common-14-dev"
case ${1:-build} in window | test) needed="$needed libwebkit2gtk-4.1-dev" ;; esac
if [ "${1:-build}" = test ]; then
  needed="$needed hledger qpdf poppler-utils python3"
  needed="$needed xvfb xauth webkit2gtk-driver chromium imagemagick"
  needed="$needed exim4-daemon-light dovecot-imapd openssl"
fi

say() { printf '%s\n' "$*" >&2; }

install_missing() {
  missing=""
  for package in $needed; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' \
      || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  sudo=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "Run this as root: apt-get install$missing"; exit 1; }
    sudo="sudo"
    [ -t 0 ] || sudo="sudo -n"
  fi
  $sudo apt-get -qq update >&2
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 \
    install -y --no-install-recommends $missing >&2 </dev/null
}

if command -v dpkg-query >/dev/null; then
  install_missing
else
  say "This is not Debian: install the like of: $needed"
fi
if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
  PATH="$HOME/.cargo/bin:$PATH"
fi
command -v cargo >/dev/null || { say "Rust is missing: install it with rustup, version 1.95 or later."; exit 1; }
