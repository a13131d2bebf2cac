-- wrk sends; this says what. Buyers come one after the other: a buyer's next call goes out after the answer to the one before,
-- over whichever connection is free. A buyer who began before the time was over is served to the end, and meanwhile the other
-- connections pass the time with a call that is not counted, so that every answer the server gave is known and counted.
--
-- Arguments: the plan (see Plan.java), seconds, "again" or "once", and the file for what came out: a line with the nanoseconds
-- from the first call to the last counted answer and what went wrong, then a line a buyer with how long that one waited.
local ffi = require("ffi")
ffi.cdef [[
typedef struct { long seconds; long nanos; } bench_moment;
int clock_gettime(int clock, bench_moment *moment);
]]
local MONOTONIC = ffi.os == "OSX" and 6 or 1
local moment = ffi.new("bench_moment")
local zero

local function now()
    ffi.C.clock_gettime(MONOTONIC, moment)
    zero = zero or moment.seconds
    return tonumber(moment.seconds - zero) * 1e9 + tonumber(moment.nanos)
end

local plan, seconds, again, result = {}, 0, false, ""
local tokens, calls, began, steps = {}, {}, {}, {}
local ready, waits, failure = {}, {}, ""
local idle, started, buyers, underway, begin, last, finished = "", false, 0, 0, nil, 0, false

local function split(line)
    local fields = {}
    for field in line:gmatch("[^\t]+") do
        fields[#fields + 1] = field
    end
    return fields
end

local function text(token, id, method, path, body)
    local head = method .. " " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. token .. "\r\nX-Request-Id: " .. id
    if method == "GET" then
        return head .. "\r\n\r\n"
    elseif body == "" then
        return head .. "\r\nContent-Length: 0\r\n\r\n"
    end
    return head .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function init(args)
    for line in io.lines(args[1]) do
        plan[#plan + 1] = line
    end
    seconds, again, result = tonumber(args[2]), args[3] == "again", args[4]
    idle = text(split(plan[1])[1], "idle", "GET", "/api/quien-soy/", "")
end

local function callOf(number)
    local fields = calls[number]
    local method, path, body = fields[steps[number] + 1]:match("^(%S+) (%S+) (.*)$")
    return text(fields[1], number .. "-" .. steps[number], method, path, body)
end

local function finishIfAllAreServed()
    local over = again or buyers < #plan
    over = not over or now() - begin >= seconds * 1e9
    if finished or underway > 0 or not over then
        return
    end
    finished = true
    local file = assert(io.open(result .. ".part", "w"))
    file:write(string.format("%.0f %s\n", last - begin, failure))
    for _, wait in ipairs(waits) do
        file:write(string.format("%.0f\n", wait))
    end
    file:close()
    os.rename(result .. ".part", result)
end

function request()
    if not started then
        -- wrk asks once before it sends anything, to see what it gets
        started = true
        return idle
    end
    local moment = now()
    begin = begin or moment
    local number = table.remove(ready)
    if number then
        return callOf(number)
    end
    if moment - begin >= seconds * 1e9 or not again and buyers >= #plan then
        return idle
    end
    buyers = buyers + 1
    underway = underway + 1
    calls[buyers] = split(plan[(buyers - 1) % #plan + 1])
    steps[buyers] = 1
    began[buyers] = moment
    return callOf(buyers)
end

function response(status, headers)
    local number, step = (headers["X-Request-Id"] or ""):match("^(%d+)-(%d+)$")
    if not number then
        finishIfAllAreServed()
        return
    end
    number = tonumber(number)
    if status > 299 then
        failure = failure == "" and calls[number][tonumber(step) + 1]:match("^%S+ %S+") .. ": " .. status or failure
    elseif steps[number] + 1 < #calls[number] then
        steps[number] = steps[number] + 1
        ready[#ready + 1] = number
        return
    else
        last = now()
        waits[#waits + 1] = last - began[number]
    end
    calls[number], began[number], steps[number] = nil, nil, nil
    underway = underway - 1
    finishIfAllAreServed()
end
