# What the scripts of this folder share: sourced, never run. Sets ROOT and TARGET and stands in ROOT.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
cd "$ROOT"
export PATH="$PATH:$HOME/.cargo/bin"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# The packages of the system that are missing are installed together; where that is impossible, one sentence
# names them.
install_missing() {
    local missing=()
    command -v cc >/dev/null || missing+=(gcc libc6-dev)
    has_postgres || missing+=(postgresql)
    [[ ${1:-} != tests ]] || command -v pdftotext >/dev/null || missing+=(poppler-utils)
    [[ ${1:-} != tests ]] || command -v zbarimg >/dev/null || missing+=(zbar-tools)
    [[ ${#missing[@]} -gt 0 ]] || return 0

    may_install "${missing[@]}"
    "${APT[@]}" update >&2 || cannot_install "apt-get update не удался" "${missing[@]}"
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then
        # The package would make and start a server of the system: only its programs are wanted.
        "${APT[@]}" install postgresql-common >&2 || cannot_install "apt-get install не удался" "${missing[@]}"
        "${RIGHTS[@]}" sed -i 's/^#*[[:space:]]*create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    "${APT[@]}" install "${missing[@]}" >&2 || cannot_install "apt-get install не удался" "${missing[@]}"
}

# Sets RIGHTS and APT, or says why nothing can be installed.
may_install() {
    RIGHTS=()
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null || cannot_install "нет ни прав root, ни команды sudo" "$@"
        RIGHTS=(sudo)
    fi
    command -v apt-get >/dev/null || cannot_install "в системе нет apt-get" "$@"
    say "Устанавливаются пакеты: $*"
    APT=("${RIGHTS[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet --no-install-recommends)
}

# The programs of secure shell, for the long tests, which run a server of their own. The package would start one of
# the system and at every boot: it is told not to.
install_sshd() {
    local policy=/usr/sbin/policy-rc.d made=no
    if [[ ! -x /usr/sbin/sshd ]] || ! command -v ssh >/dev/null; then
        may_install openssh-server openssh-client
        "${APT[@]}" update >&2 || cannot_install "apt-get update не удался" openssh-server openssh-client
        if [[ ! -e $policy ]]; then
            made=yes
            printf '#!/bin/sh\nexit 101\n' | "${RIGHTS[@]}" tee "$policy" >/dev/null
            "${RIGHTS[@]}" chmod +x "$policy"
        fi
        local installed=yes
        "${APT[@]}" install openssh-server openssh-client >&2 || installed=no
        [[ $made == no ]] || "${RIGHTS[@]}" rm "$policy"
        [[ $installed == yes ]] || cannot_install "apt-get install не удался" openssh-server openssh-client
        "${RIGHTS[@]}" systemctl disable ssh.service ssh.socket >&2 2>/dev/null || true
    fi
    # As root the server wants a folder that the system makes at boot, where it runs one.
    [[ $(id -u) -ne 0 ]] || mkdir -p /run/sshd
}

cannot_install() {
    local why=$1
    shift
    fail "Не удалось установить пакеты ($why): установите их сами и повторите: $*"
}

# A server no older than 15 with the extensions of its contrib.
has_postgres() {
    local server directory version
    for server in $(type -ap postgres) /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres; do
        [[ -x $server ]] || continue
        directory=$(dirname "$(readlink -f "$server")")
        [[ -x $directory/initdb && -x $directory/pg_ctl ]] || continue
        version=$("$server" --version | sed -E 's/.*\(PostgreSQL\) ([0-9]+).*/\1/')
        [[ $version -lt 15 ]] || return 0
    done
    return 1
}

need_cargo() {
    command -v cargo >/dev/null || fail "Нет cargo: установите Rust (https://rustup.rs) и повторите."
}
