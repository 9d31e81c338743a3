#!/usr/bin/env bash
# A message "status" with a token beside a botbuilder app that only echoes and checks none: both on one core, asked in turn from another, medians of the rounds as a
# table. botbuilder acknowledges after the connector took its answer; ours acknowledges when the answer is known, and brings it to the connector then: how many reached
# the connector is told beside the table.
# Needs dotnet, node with npm, wrk, openssl and two cores; listens on 127.0.0.1 only. Takes about a minute and rounds x connections x 2 x (seconds + 2).
# usage: status-beside-botbuilder.sh [ROUNDS [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")/../../.."

rounds=${1:-5} seconds=${2:-6} warm=60
connections=${CONNECTION_COUNTS:-1 16 64}
readonly host=http://127.0.0.1:5094 peer=http://127.0.0.1:5095 cloud_port=5096 login_port=5097 server_core=0 load_core=1
load=tests/Bot.Benchmarks/Load scripts=tests/node/load
work=$(mktemp -d)
started=()
cleanup() {
  kill "${started[@]}" 2>/dev/null || true
  wait "${started[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

for needed in dotnet node npm wrk taskset curl openssl; do
  command -v "$needed" >/dev/null || { echo "$needed is missing." >&2; exit 1; }
done
[ -d tests/node/node_modules/botbuilder ] || npm ci --prefix tests/node --silent
dotnet build src/Bot.Host -c Release -v q >&2
dotnet build tests/Bot.Benchmarks -c Release -v q >&2
dotnet run -c Release --no-build --project tests/Bot.Benchmarks seed-load "$work/store.db" teams
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
of_teams() { node -e "import('./$scripts/teams.mjs').then((teams) => console.log($1))"; }
app=$(of_teams teams.appId)
tokens=$(of_teams "Array.from({ length: 16 }, () => teams.token('$work/key.pem', $cloud_port)).join(',')")
tenants=$(node -p "JSON.parse(require('fs').readFileSync('$work/store.db.json')).loops.map((loop) => loop.team).join(',')")

requests() { taskset -c $load_core node $scripts/teams-requests.mjs "$1" "$work/store.db.json" $cloud_port >"$work/requests"; }
said() { curl -fs http://127.0.0.1:$cloud_port/said | tr -dc 0-9; }

spent() { awk -v hertz="$(getconf CLK_TCK)" '{ print int(($14 + $15) * 1000000 / hertz) }' "/proc/$1/stat"; } # microseconds of processor
measure() { # name URL PID [seconds]
  local seconds=${4:-$seconds} before used
  requests $((seconds * 10000))
  before=$(said) used=$(spent "$3")
  CONNECTIONS=$count taskset -c $load_core wrk -t1 -c "$count" -d "${seconds}s" --timeout 10s -s $load/activities.lua "$2/api/messages" -- "$work/requests" "$1" "$tokens" | grep '^{' >>"$work/results"
  echo "$1, $count connections: $(tail -1 "$work/results" | sed 's/.*"perSecond":\([0-9.]*\).*/\1/') a second acknowledged, $((($(said) - before) / seconds)) answers a second at the connector, $((($(spent "$3") - used) / ($(said) - before))) us of processor each" >>"$work/answers"
}

taskset -c $load_core node $scripts/teams-cloud.mjs $cloud_port $login_port "$work/cert.pem" "$work/key.pem" &
started+=($!)
NODE_ENV=production taskset -c $server_core node $scripts/botbuilder-echo.mjs ${peer##*:} &
peer_pid=$!
started+=("$peer_pid")
Store__ConnectionString="Data Source=$work/store.db" Teams__AppId=$app Teams__TenantId=${tenants%%,*} Teams__ClientSecret=load Teams__AllowedTenants=$tenants \
  Teams__OpenIdMetadataUrl=http://127.0.0.1:$cloud_port/openid Teams__LoginUrl=https://localhost:$login_port/ Teams__AllowedServiceHosts=127.0.0.1 SSL_CERT_FILE="$work/cert.pem" \
  ASPNETCORE_URLS=$host DOTNET_ENVIRONMENT=Production taskset -c $server_core dotnet src/Bot.Host/bin/Release/net10.0/Bot.Host.dll >"$work/host.log" &
host_pid=$!
started+=("$host_pid")
for _ in $(seq 100); do
  if curl -fs -o /dev/null $host/health/live && curl -s -o /dev/null $peer && curl -fs -o /dev/null http://127.0.0.1:$cloud_port/said; then break; fi
  read -rt 0.2 <> <(:) || true
done

# Whom the bot hears of for the first time it writes down.
requests everybody
taskset -c $load_core node $scripts/warm-teams.mjs status $host/api/messages 240 $cloud_port "$work/store.db.json" "${tokens%%,*}" <"$work/requests"
taskset -c $load_core node $scripts/warm-teams.mjs echo $peer/api/messages 5 $cloud_port "$work/store.db.json" "${tokens%%,*}" <"$work/requests"

# Neither is measured while it is still compiling itself.
count=16
measure "botbuilder, warming up" $peer $peer_pid $warm
measure "status, warming up" $host $host_pid $warm
rm "$work/results" "$work/answers"

for round in $(seq "$rounds"); do
  for count in $connections; do
    measure "botbuilder, echo without a token" $peer $peer_pid
    measure "status with a token" $host $host_pid
  done
done

if grep -q '"LogLevel":"\(Error\|Critical\)"' "$work/host.log"; then
  echo "The host logged errors:" >&2
  grep '"LogLevel":"\(Error\|Critical\)"' "$work/host.log" | head -5 >&2
  exit 1
fi
echo "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, one for the servers and one for wrk; .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(\S*\).*/\1/p' | tail -1), node $(node --version), botbuilder $(node -p "require('./tests/node/node_modules/botbuilder/package.json').version"); $rounds rounds of $seconds s; load average $(cut -d' ' -f1 /proc/loadavg)."
echo
node $scripts/table.mjs botbuilder <"$work/results"
echo
cat "$work/answers"
echo "Answers that the host held back or could not bring: $(grep -c 'An answer was not shown' "$work/host.log" || true)"
