#!/bin/sh
# Make today's brief, put it into the archive, mail it: from cron, or by hand.
#
#   morning.sh [FOLDER]      the folder of digest.toml (default: ~/briefs)
#
# Leave out what you do not want. Nothing is printed but errors, so that cron mails only these. "Nothing new" (exit code
# 3) is no failure: a mail that an earlier run could not deliver is still tried, and the archive is still brought up to
# date.
set -u
PATH="${1:-$HOME/briefs}/.venv/bin:$PATH"
cd "${1:-$HOME/briefs}" || exit 1

unless_nothing_new() {
    "$@"
    code=$?
    [ "$code" -eq 3 ] || return "$code"
}

unless_nothing_new digest run digest.toml --quiet || exit
# Before the mail, which may link to it. Neither failing stops the other.
digest archive digest.toml --to site >/dev/null
archived=$?
unless_nothing_new digest send digest.toml >/dev/null || exit
exit "$archived"
