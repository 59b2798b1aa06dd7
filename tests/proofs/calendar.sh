#!/usr/bin/env bash
# Calendars are read by khal (Python, on top of icalendar), vobject (Python) and ical.js (Thunderbird's
# reader): programs that nobody here wrote. Needs node, npm and the network; takes some 20 s.
# All it installs is temporary.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=${BIN:-$root/.venv/bin}
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
export HOME="$outside/home" XDG_CONFIG_HOME="$outside/home" XDG_DATA_HOME="$outside/home"
mkdir -p "$HOME/calendar"

"$bin/sisterline" anniversaries --from 2027 --to 2029 -o "$outside/due.ics"
"$bin/sisterline" timeline -o "$outside/all.ics"
"$bin/sisterline" timeline --no-builtin --data "$root/tests/small" -o "$outside/hostile.ics"
count() { grep -c '^BEGIN:VEVENT' "$1"; }
due=$(count "$outside/due.ics") all=$(count "$outside/all.ics") hostile=$(count "$outside/hostile.ics")

"$bin/python" -m venv "$outside/venv"
"$outside/venv/bin/pip" install -qq khal vobject

echo "== khal: $due anniversaries"
cat >"$outside/khal.conf" <<END
[calendars]
[[ours]]
path = $HOME/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $outside/khal.db
END
khal() { "$outside/venv/bin/khal" -c "$outside/khal.conf" "$@"; }
listed() { khal list 2027-01-01 2029-12-31 --day-format "" --format "{start-date} {end-date} {title}" | grep -c .; }
khal import --batch "$outside/due.ics"
[ "$(listed)" = "$due" ]
# The same UIDs: a second import of the same anniversaries, told in another language, adds none.
"$bin/sisterline" anniversaries --from 2027 --to 2029 --lang zh -o "$outside/due-zh.ics"
khal import --batch "$outside/due-zh.ics"
[ "$(listed)" = "$due" ]
khal list 2027-01-01 2029-12-31 --day-format "" --format "{start-date} {end-date} {title}" | head -n 3

echo "== vobject: $all events"
"$outside/venv/bin/python" - "$outside/all.ics" "$all" <<'END'
import sys
from datetime import timedelta

import vobject

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    calendar = vobject.readOne(file.read())
events = calendar.vevent_list
assert len(events) == int(sys.argv[2])
assert len({event.uid.value for event in events}) == len(events)
assert all(event.dtend.value - event.dtstart.value >= timedelta(days=1) for event in events)
print(events[0].dtstart.value, events[0].summary.value)
END

echo "== ical.js: $all and $hostile events"
(cd "$outside" && npm install --silent --no-audit --no-fund --no-save ical.js@2 >&2)
cat >"$outside/read.mjs" <<'END'
import fs from 'fs';
import ICAL from 'ical.js';
for (const [file, count] of [process.argv.slice(2, 4), process.argv.slice(4, 6)]) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, 'utf8')));
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  if (events.length !== Number(count)) throw new Error(`${file}: ${events.length} events, not ${count}`);
  for (const event of events) {
    if (!event.startDate.isDate || event.isRecurring()) throw new Error(`${event.uid} is no all-day event`);
    if (event.duration.toSeconds() < 86400) throw new Error(`${event.uid} ends before it begins`);
  }
  console.log(`${events[0].startDate} ${events[0].summary}`);
}
END
(cd "$outside" && node read.mjs all.ics "$all" hostile.ics "$hostile")
echo "all is proved"
