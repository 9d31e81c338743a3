-- Sends the requests of a file once each, in order. usage: wrk -t1 ... -s signed.lua URL -- REQUESTS NAME
local requests, threads = {}, {}
sent = 0

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    local timestamp, signature, body = line:match("^(%d+)\t(%S+)\t(.*)$")
    requests[#requests + 1] = wrk.format("POST", nil, {
      ["Host"] = wrk.headers["Host"],
      ["Content-Type"] = "application/x-www-form-urlencoded",
      ["X-Slack-Request-Timestamp"] = timestamp,
      ["X-Slack-Signature"] = signature,
    }, body)
  end
  name, there = args[2], #requests
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % there + 1]
end

function done(summary, latency)
  local thread, errors = threads[1], summary.errors
  io.write(string.format(
    '{"what":"%s","connections":%s,"perSecond":%.1f,"p50":%.3f,"p99":%.3f,"max":%.3f,"errors":%d,"ranOut":%s}\n',
    thread:get("name"), os.getenv("CONNECTIONS"), summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, tostring(thread:get("sent") > thread:get("there"))))
end
