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
    [[ ${#missing[@]} -gt 0 ]] || return 0

    local rights=()
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null || cannot_install "нет ни прав root, ни команды sudo" "${missing[@]}"
        rights=(sudo)
    fi
    command -v apt-get >/dev/null || cannot_install "в системе нет apt-get" "${missing[@]}"
    say "Устанавливаются пакеты: ${missing[*]}"
    local apt=("${rights[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet --no-install-recommends)
    "${apt[@]}" update >&2 || cannot_install "apt-get update не удался" "${missing[@]}"
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then
        # The package would make and start a server of the system: only its programs are wanted.
        "${apt[@]}" install postgresql-common >&2 || cannot_install "apt-get install не удался" "${missing[@]}"
        "${rights[@]}" sed -i 's/^#*[[:space:]]*create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    "${apt[@]}" install "${missing[@]}" >&2 || cannot_install "apt-get install не удался" "${missing[@]}"
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
