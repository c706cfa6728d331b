-- One line for bench/pages.py: answers per second, three latencies in ms, and how many were no success.
wrk.headers["Accept-Encoding"] = "gzip"

function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        "measured %.1f %.3f %.3f %.3f %d",
        summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout
    ))
end
