-- Draws from a bucket as `Rule::draw` does. KEYS: bucket. ARGV: now_us, token_us, room_us, wanted.
-- Answers how many tokens, and the moment at which the bucket will be full again: then Redis lets go of it by itself.
local bucket = KEYS[1]
local now_us, token_us, room_us, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local full_at_us = math.max(tonumber(redis.call('GET', bucket) or now_us), now_us)
local tokens = math.floor((now_us + room_us - full_at_us) / token_us)
local count = math.max(0, math.min(tokens, wanted))
if count > 0 then
    full_at_us = full_at_us + count * token_us
    local left_ms = math.ceil((full_at_us - now_us) / 1000)
    redis.call('SET', bucket, string.format('%.0f', full_at_us), 'PX', string.format('%.0f', left_ms))
end
return { count, string.format('%.0f', full_at_us) }
