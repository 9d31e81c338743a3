#!/usr/bin/env bash
# Signed /pilot status beside a Bolt app that only echoes: both on one core, asked in turn from another, medians of the rounds as a table.
# Needs dotnet, node with npm, wrk and two cores; listens on 127.0.0.1 only. Takes about rounds x connections x 3 x (seconds + 2).
# usage: status-beside-bolt.sh [ROUNDS [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")/../../.."

rounds=${1:-5} seconds=${2:-6}
connections=${CONNECTION_COUNTS:-1 16 64}
readonly host=http://127.0.0.1:5091 bolt=http://127.0.0.1:5092 api_port=5093 server_core=0 load_core=1
load=tests/Bot.Benchmarks/Load scripts=tests/node/load
work=$(mktemp -d)
started=()
cleanup() {
  kill "${started[@]}" 2>/dev/null || true
  wait "${started[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

for needed in dotnet node npm wrk taskset curl; do
  command -v "$needed" >/dev/null || { echo "$needed is missing." >&2; exit 1; }
done
[ -d tests/node/node_modules ] || npm ci --prefix tests/node --silent
dotnet build src/Bot.Host -c Release -v q >&2
dotnet build tests/Bot.Benchmarks -c Release -v q >&2
dotnet run -c Release --no-build --project tests/Bot.Benchmarks seed-load "$work/store.db"
secret=$(node -e "import('./$scripts/slack.mjs').then((slack) => console.log(slack.secret))")
token=$(node -e "import('./$scripts/slack.mjs').then((slack) => console.log(slack.token))")

requests() { taskset -c $load_core node $scripts/requests.mjs "$1" "$2" "$work/store.db.json" >"$work/requests"; }

measure() { # name URL
  CONNECTIONS=$count taskset -c $load_core wrk -t1 -c "$count" -d "${seconds}s" --timeout 10s -s $load/signed.lua "$2" -- "$work/requests" "$1" | grep '^{' >>"$work/results"
}

taskset -c $load_core node $scripts/web-api.mjs $api_port T0000LOAD &
started+=($!)
NODE_ENV=production taskset -c $server_core node $scripts/bolt-echo.mjs ${bolt##*:} http://127.0.0.1:$api_port/api/ &
started+=($!)
Store__ConnectionString="Data Source=$work/store.db" Slack__SigningSecret=$secret Slack__BotToken=$token Slack__ApiUrl=http://127.0.0.1:$api_port/api/ \
  ASPNETCORE_URLS=$host DOTNET_ENVIRONMENT=Production taskset -c $server_core dotnet src/Bot.Host/bin/Release/net10.0/Bot.Host.dll >"$work/host.log" &
started+=($!)
for _ in $(seq 100); do
  if curl -fs -o /dev/null $host/health/live && curl -s -o /dev/null $bolt; then break; fi
  read -rt 0.2 <> <(:) || true
done

for mix in mixed repeated; do
  requests $mix 12000
  taskset -c $load_core node $scripts/warm.mjs status $host/slack/commands 15 <"$work/requests"
  taskset -c $load_core node $scripts/warm.mjs echo $bolt/slack/events 5 <"$work/requests"
done

for round in $(seq "$rounds"); do
  for count in $connections; do
    requests mixed $((seconds * 15000))
    measure "Bolt, echo" $bolt/slack/events
    requests repeated $((seconds * 15000))
    measure "status, one person repeats it" $host/slack/commands
    requests mixed $((seconds * 15000))
    taskset -c $load_core node $scripts/write-answers.mjs $host/slack/interactions "$work/store.db.json" &
    writer=$!
    measure "status, 200 people, 50 initiatives, a write a second" $host/slack/commands
    kill $writer 2>/dev/null || true
    wait $writer
  done
done

if grep -q '"LogLevel":"\(Error\|Critical\)"' "$work/host.log"; then
  echo "The host logged errors:" >&2
  grep '"LogLevel":"\(Error\|Critical\)"' "$work/host.log" | head -5 >&2
  exit 1
fi
echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, one for the servers and one for wrk; .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(\S*\).*/\1/p' | tail -1), node $(node --version), Bolt $(node -p "require('./tests/node/node_modules/@slack/bolt/package.json').version"); $rounds rounds of $seconds s; load average $(cut -d' ' -f1 /proc/loadavg)."
echo
node $scripts/table.mjs <"$work/results"
