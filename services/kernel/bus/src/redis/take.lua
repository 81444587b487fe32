-- What one consumer handles next. KEYS: events, alive. ARGV: group, name, kept_ms, count, then name and beat of each who stands still.
-- First what the dead of its group left, then what is new. Dead is who stands still yet, and who is in the group and counts nowhere.
-- Answers what was taken, and up to where everybody has counted.
local events, alive = KEYS[1], KEYS[2]
local group, name, count = ARGV[1], ARGV[2], tonumber(ARGV[4])

redis.call('HINCRBY', alive, name, 1)
redis.call('PEXPIRE', alive, ARGV[3])
for i = 5, #ARGV, 2 do
    if ARGV[i] ~= name and redis.call('HGET', alive, ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', alive, ARGV[i]) end
end
local beats = redis.call('HGETALL', alive)
local living = {}
for i = 1, #beats, 2 do living[beats[i]] = true end
if redis.call('EXISTS', events) == 0 then return { {}, beats } end

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
return { taken, beats }
