# shellcheck shell=bash
# What the scripts of the night have in common: their settings, how they speak and how they stop.
#
#   . settings.sh NAME [ENV-FILE | -h | --help]
#
# Sets BOMS_DB and the PATH, and defines say, stop, need_programs.

script=$1
shift

# Said where a person looks on, or a log is kept (BOMS_SAY): cron mails what is printed.
say() { if [ -t 2 ] || [ -n "${BOMS_SAY:-}" ]; then printf '%s: %s\n' "$script" "$*" >&2; fi; }

# stop STATUS SENTENCE
stop() {
  printf '%s: error: %s\n' "$script" "$2" >&2
  exit "$1"
}

need_programs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || stop 69 "'$program' is not in BOMS_BIN or PATH"
  done
}

case "${1:-}" in
  '') ;;
  -h | --help)
    # The comment with which the script begins.
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    [ -r "$1" ] || stop 66 "cannot read '$1'"
    set -a
    # shellcheck source=/dev/null
    . "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
    set +a
    ;;
esac

# Installed, the programs are in the bin/ of the same place.
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
if [ -z "${BOMS_BIN:-}" ] && [ -x "$here/programs" ]; then BOMS_BIN=$(realpath -- "$here/../../bin"); fi
export PATH="${BOMS_BIN:+$BOMS_BIN:}$PATH"
[ -n "${BOMS_DB:-}" ] || stop 78 "BOMS_DB is not set; see nightly.env.example"
export BOMS_DB
