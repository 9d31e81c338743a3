-- Sends the activities of a file once each, in order, with the tokens in turn. usage: wrk -t1 ... -s activities.lua URL -- ACTIVITIES NAME TOKEN[,TOKEN...]
local requests, threads = {}, {}
sent = 0

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local tokens = {}
  for token in args[3]:gmatch("[^,]+") do
    tokens[#tokens + 1] = token
  end
  for body in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, {
      ["Host"] = wrk.headers["Host"],
      ["Content-Type"] = "application/json",
      ["Authorization"] = "Bearer " .. tokens[#requests % #tokens + 1],
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
