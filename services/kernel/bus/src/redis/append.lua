-- Appends what follows upon what was sent last, and nothing else. KEYS: events, told.
-- ARGV: now_ms, kept_ms, the position after which this follows ('' to begin), then position, event and cause each.
-- Answers whether it did. An event of no bytes says that there is nothing to say.
local events, told = KEYS[1], KEYS[2]
if sent(events) ~= ARGV[3] then return 0 end
for i = 4, #ARGV, 3 do
    redis.call('XADD', events, ARGV[i] .. '-1', 'at_ms', ARGV[1], 'event', ARGV[i + 1], 'cause', ARGV[i + 2])
end
expire(events, tonumber(ARGV[1]), tonumber(ARGV[2]))
redis.call('SPUBLISH', told, '')
return 1
