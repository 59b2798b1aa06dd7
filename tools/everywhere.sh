#!/usr/bin/env bash
# The suite on each Python of 3.11, 3.12 and 3.13 that is here, on the lowest versions of the dependencies that
# pyproject.toml allows. At the end it says what ran and what is missing;
# it fails where a test fails, not where a Python is missing.
#
#   tools/everywhere.sh            all of them
#   tools/everywhere.sh 3.12       some of: 3.11 3.12 3.13 lowest
set -euo pipefail
cd "$(dirname "$0")/.."

own=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
summary=()
failed=0

# The command of a Python, by its version: on the PATH, or among those of pyenv, whose shims on the PATH refuse
# to run what is not switched on.
python_of() {
  local version=$1 candidate candidates=("python$1")
  if command -v pyenv >/dev/null; then
    for candidate in $(pyenv versions --bare 2>/dev/null | grep -x "${version//./\\.}\.[0-9]*" | sort -rV); do
      candidates+=("$(pyenv prefix "$candidate")/bin/python")
    done
  fi
  for candidate in "${candidates[@]}"; do
    if [ "$("$candidate" -c 'import sys, venv; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

# An environment of its own, made once for each pyproject.toml: FOLDER PYTHON [further arguments of pip]
environment() {
  local folder=$1 python=$2
  shift 2
  if [ pyproject.toml -nt "$folder/installed" ] || [ tests/lowest.txt -nt "$folder/installed" ]; then
    "$python" -m venv --clear "$folder"
    "$folder/bin/python" -m pip install --quiet --upgrade pip
    "$folder/bin/python" -m pip install --quiet --editable . --group dev "$@"
    touch "$folder/installed"
  fi
}

# NAME PYTHON [arguments of pytest]: two tests at a time, in an order of chance whose seed pytest prints.
suite() {
  local name=$1 python=$2 said
  shift 2
  printf '\n-- %s\n' "$name"
  if "$python" -m pytest --numprocesses 2 "$@" | tee "$log"; then
    said=$(grep -oE '[0-9]+ passed.*' "$log" | tail -n 1 || true)
    summary+=("ran: $name${said:+, $said}")
  else
    summary+=("FAILED: $name")
    failed=1
  fi
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ $# -gt 0 ] || set -- 3.11 3.12 3.13 lowest
for what in "$@"; do
  case $what in
    "$own") summary+=("elsewhere: Python $own, by make test") ;;
    3.*)
      if python=$(python_of "$what"); then
        environment ".venv-$what" "$python"
        suite "$(".venv-$what/bin/python" --version)" ".venv-$what/bin/python"
      else
        summary+=("MISSING: Python $what")
      fi
      ;;
    lowest)
      if python=$(python_of 3.11); then
        environment .venv-lowest "$python" --constraint tests/lowest.txt
        suite "Python 3.11 with $(grep -v '^#' tests/lowest.txt | tr '\n' ' ')" .venv-lowest/bin/python
      else
        summary+=("MISSING: Python 3.11, for the lowest versions")
      fi
      ;;
    *)
      echo "there is no $what; choose of 3.11 3.12 3.13 lowest" >&2
      exit 2
      ;;
  esac
done
printf '\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
