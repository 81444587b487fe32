-- How a stream stands. KEYS: events. ARGV: now_ms, kept_ms, group...
-- Answers the oldest position it holds, the position before each group's first unacknowledged entry as two texts (the first
-- one pending, the last one delivered; '' where there is none), then the highest position ever appended.
local events = KEYS[1]
if redis.call('EXISTS', events) == 0 then return {} end

local oldest = redis.call('XRANGE', events, '-', '+', 'COUNT', 1)[1]
local answer = { oldest and position(oldest[1]) or '' }
local delivered = {}
for _, told in ipairs(redis.call('XINFO', 'GROUPS', events)) do
    local group = {}
    for i = 1, #told, 2 do group[told[i]] = told[i + 1] end
    delivered[group['name']] = group['last-delivered-id']
end
for i = 3, #ARGV do
    local group = ARGV[i]
    local pending = delivered[group] and redis.call('XPENDING', events, group)[2]
    answer[#answer + 1] = pending and position(pending) or ''
    answer[#answer + 1] = delivered[group] and position(delivered[group]) or ''
end
expire(events, tonumber(ARGV[1]), tonumber(ARGV[2]))
answer[#answer + 1] = sent(events)
return answer
