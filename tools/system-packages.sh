#!/usr/bin/env bash
# Have the Debian packages that real tests need: tools/system-packages.sh [PACKAGE...]
#
# Without arguments, all of tools/system-packages.txt. On Debian as root the missing ones are installed;
# anywhere else they are listed, with the command to run, and the tests that need them are skipped.
set -euo pipefail

if (($#)); then
    wanted=("$@")
else
    mapfile -t wanted < <(sed 's/ *#.*//; /^$/d' "$(dirname "$0")/system-packages.txt")
fi

is_debian() { grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }

# One package a line, of those wanted that dpkg does not have installed.
list_missing() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
    printf '%s\n' "${wanted[@]}" | grep -vxFf <(sed -n 's/^installed //p' <<<"$installed") || true
}

# The programs are for tests to start with configs of their own, so no packaged service may run, neither
# now (policy-rc.d) nor after the next boot (disable). systemd's own units are not ours to switch off.
install_missing() {
    local policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update && apt-get -qq install --no-install-recommends "${missing[@]}" >/dev/null || return
    for package in "${missing[@]}"; do
        [[ $package == systemd ]] || dpkg -L "$package"
    done | sed -n 's,.*/systemd/system/\([^/@]*\.service\)$,\1,p' |
        xargs -r systemctl --quiet disable 2>/dev/null || true
}

mapfile -t missing < <(list_missing)
((${#missing[@]})) || exit 0

if is_debian && ((EUID == 0)); then
    echo "installing ${missing[*]}" >&2
    install_missing && exit 0
    echo "the installation failed" >&2
fi
{
    echo "missing (what needs them is skipped): ${missing[*]}"
    echo "on Debian: sudo apt-get install --no-install-recommends ${missing[*]}"
} >&2
