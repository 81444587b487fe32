-- What one consumer handles next. KEYS: events, alive. ARGV: group, name, now_ms, dead_before_ms, kept_ms, count.
-- First what the dead of its group left, then what is new. Who has not taken anything for a while counts as dead.
local events, alive = KEYS[1], KEYS[2]
local group, name, count = ARGV[1], ARGV[2], tonumber(ARGV[6])

redis.call('HSET', alive, name, ARGV[3])
redis.call('PEXPIRE', alive, ARGV[5])
local living, seen = {}, redis.call('HGETALL', alive)
for i = 1, #seen, 2 do
    if tonumber(seen[i + 1]) >= tonumber(ARGV[4]) then
        living[seen[i]] = true
    else
        redis.call('HDEL', alive, seen[i])
    end
end
if redis.call('EXISTS', events) == 0 then return {} end

local known = false
for _, told in ipairs(redis.call('XINFO', 'GROUPS', events)) do
    known = known or told[2] == group
end
if not known then redis.call('XGROUP', 'CREATE', events, group, '0') end

local taken = {}
for _, told in ipairs(redis.call('XINFO', 'CONSUMERS', events, group)) do
    local consumer, pending = told[2], told[4]
    if consumer ~= name and not living[consumer] then
        if pending == 0 then
            redis.call('XGROUP', 'DELCONSUMER', events, group, consumer)
        elseif #taken < count then
            local ids = {}
            for _, left in ipairs(redis.call('XPENDING', events, group, '-', '+', count - #taken, consumer)) do
                ids[#ids + 1] = left[1]
            end
            for _, entry in ipairs(redis.call('XCLAIM', events, group, name, '0', unpack(ids))) do
                taken[#taken + 1] = entry
            end
        end
    end
end
if #taken < count then
    local new = redis.call('XREADGROUP', 'GROUP', group, name, 'COUNT', count - #taken, 'STREAMS', events, '>')
    for _, entry in ipairs(new and new[1][2] or {}) do
        taken[#taken + 1] = entry
    end
end
return taken
