# shellcheck shell=sh
# Sourced by the scripts beside it: how they speak, and how they ask Debian for a package.

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# Runs a command as root; 77 when this user cannot.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 77
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 "$@"
}

apt_lists_updated=no

update_lists() {
    [ "$apt_lists_updated" = no ] || return 0
    say "fetching Debian's package lists"
    apt update >/dev/null
    apt_lists_updated=yes
}

# The version of a package that would be installed; nothing when there is none.
candidate() {
    apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '^(none)$'
}

# candidate, after fetching the lists if they are missing or do not know the package.
offered() {
    candidate "$1" >/dev/null || update_lists || return 1
    candidate "$1"
}

# Installs Debian packages, or says what would have to be typed.
install_packages() {
    have apt-get || fail "cannot install $*: this system has no apt-get; please install them its own way"
    if [ "$(id -u)" -ne 0 ] && ! as_root true; then
        fail "needs packages and may not install them; as root: apt-get update && apt-get install -y --no-install-recommends $*"
    fi
    for package in "$@"; do
        offered "$package" >/dev/null || fail "Debian's package sources do not offer $package"
    done
    say "installing $*"
    # Lists that are out of date name files that are gone.
    apt install --no-install-recommends "$@" >/dev/null ||
        { update_lists && apt install --no-install-recommends "$@" >/dev/null; } ||
        fail "could not install $*; apt's own words are above"
}
