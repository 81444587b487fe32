-- Ids of entries are positions of the outbox followed by "-1". Positions travel as text: they are never computed with here.
local function position(id)
    return string.match(id, '^(%d+)-')
end

-- The highest position ever appended; '' where there was none. A stream remembers it when its entries are trimmed.
local function sent(events)
    if redis.call('EXISTS', events) == 0 then return '' end
    local told = redis.call('XINFO', 'STREAM', events)
    for i = 1, #told, 2 do
        if told[i] == 'last-generated-id' and told[i + 1] ~= '0-0' then return position(told[i + 1]) end
    end
    return ''
end

-- The stream goes when its oldest entry has been kept for long enough, whether or not anybody looks.
local function expire(events, now_ms, kept_ms)
    local oldest = redis.call('XRANGE', events, '-', '+', 'COUNT', 1)[1]
    local since_ms = oldest and math.min(tonumber(oldest[2][2]), now_ms) or now_ms
    redis.call('PEXPIRE', events, string.format('%.0f', since_ms + kept_ms - now_ms))
end
