#!/bin/sh
# Puts a unit's OA client settings into place on Kylin, UOS or Debian: sudo sh install-kylin.sh
#
# Takes the files beside it, fetches nothing, and may be run again at any time. DESTDIR=/some/where installs
# below that folder instead, to look at the result.
set -eu

unit='丙镇'
domain=egov.zhaotong.example
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${DESTDIR:-}

if [ "$(id -u)" -ne 0 ]; then
    echo "install-kylin.sh: run as root: sudo sh install-kylin.sh" >&2
    exit 4
fi

# put FILE TARGET MODE: writes beside the target and renames, so that no reader sees half a file.
put() {
    if cmp -s -- "$here/$1" "$root$2"; then
        printf 'unchanged  %s\n' "$2"
        return
    fi
    mkdir -p -- "$(dirname -- "$root$2")"
    install -m "$3" -- "$here/$1" "$(dirname -- "$root$2")/.zx-new"
    mv -f -- "$(dirname -- "$root$2")/.zx-new" "$root$2"
    printf 'installed  %s\n' "$2"
}

# keep TARGET WORD: a file that is not ours, for it lacks our WORD, is kept as TARGET.before-zx.
keep() {
    if [ -e "$root$1" ] && ! grep -q -- "$2" "$root$1"; then
        cp -p -- "$root$1" "$root$1.before-zx"
    fi
}

printf '政务外网 %s: %s\n' "$domain" "$unit"

for browser in /etc/chromium /etc/chromium-browser /etc/opt/chrome /etc/opt/edge; do
    put chromium.json "$browser/policies/managed/zx-egov.json" 0644
done

keep /etc/firefox/policies/policies.json egov-ca.crt
put firefox-policies.json /etc/firefox/policies/policies.json 0644

put oa.desktop /usr/share/applications/zx-oa.desktop 0644

if [ -f "$here/egov-ca.pem" ] && grep -q 'BEGIN CERTIFICATE' "$here/egov-ca.pem"; then
    put egov-ca.pem /usr/local/share/ca-certificates/egov-ca.crt 0644
    put egov-ca.pem /etc/swanctl/x509ca/egov-ca.pem 0644
    if [ -z "$root" ] && command -v update-ca-certificates >/dev/null; then
        update-ca-certificates
    fi
else
    echo 'missing    egov-ca.pem: see egov-ca.pem.txt; trust settings are left alone'
fi

put vpn.swanctl.conf /etc/swanctl/conf.d/zx-egov.conf 0600
if [ -z "$root" ] && command -v swanctl >/dev/null && swanctl --stats >/dev/null 2>&1; then
    swanctl --load-all || echo 'the VPN is not ready: certificates are missing, see the file'
fi
