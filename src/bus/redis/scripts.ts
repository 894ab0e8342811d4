import { createHash } from 'node:crypto';
import { messageOf } from '../../kernel/index.ts';
import type { Broker } from './broker.ts';

/** What a server does in one step, all or nothing, as long as it lives. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** A full server still takes what makes room, or has been taken already: whoever is through with a message may say so. */
const script = (lines: string, flags = ' flags=allow-oom'): Script => {
  const text = `#!lua${flags}\n${lines.trim()}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
};

/** @throws as {@link Broker.send}. */
export async function run<Reply>(
  broker: Pick<Broker, 'send'>,
  { sha, text }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<Reply> {
  const rest = [String(keys.length), ...keys, ...args.map(String)];
  try {
    return await broker.send(['EVALSHA', sha, ...rest]);
  } catch (thrown) {
    if (!messageOf(thrown).startsWith('NOSCRIPT')) throw thrown;
    return broker.send(['EVAL', text, ...rest]);
  }
}

/**
 * KEYS messages, dead, deadNumber. ARGV how many messages, these, and dead letters. Gives the numbers of the letters. The only one that a
 * full server refuses.
 */
export const publishing = script(
  `
local many = tonumber(ARGV[1])
for i = 2, many + 1 do redis.call('XADD', KEYS[1], '*', 'm', ARGV[i]) end
local numbers = {}
for i = many + 2, #ARGV do
  local number = redis.call('INCR', KEYS[3])
  redis.call('ZADD', KEYS[2], number, number .. ' ' .. ARGV[i])
  numbers[#numbers + 1] = number
end
return numbers`,
  '',
);

/**
 * What one message has come to: acknowledged together with all that follows from it, unless it is not this consumer's any more
 * (\`lost\`), was done with before (\`repeated\`), or another has changed what its handler loaded (\`conflict\`).
 */
export const committing = script(`
local work = cjson.decode(ARGV[1])
local messages, again, handled, retries, states, stateKeys, timers, timerMessages, dead, deadNumber = unpack(KEYS)
local source = work.isAgain and again or messages
local held = redis.pcall('XPENDING', source, work.group, work.entry, work.entry, 1)
if held.err or #held == 0 or held[1][2] ~= work.consumer then return {'lost'} end
local function done()
  redis.call('XACK', source, work.group, work.entry)
  if work.isAgain then redis.call('XDEL', again, work.entry) end
end
if not work.isAgain and redis.call('ZSCORE', handled, work.message) then
  done()
  return {'repeated'}
end
for _, state in ipairs(work.states) do
  local kept = redis.call('HGET', states, state.key)
  if (kept and string.match(kept, '^%d+') or '0') ~= state.version then return {'conflict', state.key} end
end
for _, state in ipairs(work.states) do
  if state.json then
    redis.call('HSET', states, state.key, state.next .. ' ' .. state.json)
    redis.call('ZADD', stateKeys, 0, state.key)
  else
    redis.call('HDEL', states, state.key)
    redis.call('ZREM', stateKeys, state.key)
  end
end
for _, timer in ipairs(work.timers) do
  if timer.json then
    redis.call('ZADD', timers, timer.dueAtMs, timer.name)
    redis.call('HSET', timerMessages, timer.name, timer.json)
  else
    redis.call('ZREM', timers, timer.name)
    redis.call('HDEL', timerMessages, timer.name)
  end
end
for _, message in ipairs(work.emitted) do redis.call('XADD', messages, '*', 'm', message) end
local answer = {'done'}
for _, letter in ipairs(work.dead) do
  local number = redis.call('INCR', deadNumber)
  redis.call('ZADD', dead, number, number .. ' ' .. letter)
  answer[#answer + 1] = tostring(number)
end
if work.retry then redis.call('ZADD', retries, work.retry.dueAtMs, work.retry.json) end
if not work.isAgain then
  redis.call('ZADD', handled, string.match(work.entry, '^%d+'), work.message)
  redis.call('ZREMRANGEBYRANK', handled, 0, -1 - tonumber(work.remembered))
end
done()
return answer`);

/** KEYS retries, again. ARGV now. What is due is handed over. Gives how much that was, and when the next is due, or ''. */
export const takingDueRetries = script(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 500)
for _, each in ipairs(due) do
  redis.call('XADD', KEYS[2], '*', 'r', each)
  redis.call('ZREM', KEYS[1], each)
end
return {#due, redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or ''}`);

/** KEYS timers, timerMessages, messages. ARGV now. The same of what was scheduled. */
export const firingTimers = script(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 500)
for _, name in ipairs(due) do
  redis.call('XADD', KEYS[3], '*', 'm', redis.call('HGET', KEYS[2], name))
  redis.call('HDEL', KEYS[2], name)
  redis.call('ZREM', KEYS[1], name)
end
return {#due, redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or ''}`);

/** KEYS a stream. ARGV group, consumer, and entries: it is alive, and keeps them. Gives those that are not its any more. */
export const renewing = script(`
local lost = {}
for i = 3, #ARGV do
  local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)
  if held.err or #held == 0 or held[1][2] ~= ARGV[2] then
    lost[#lost + 1] = ARGV[i]
  else
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'JUSTID')
  end
end
return lost`);

/** KEYS a stream. ARGV group, consumer, what it gives back to, how long that is idle, and entries: the first who asks has them. */
export const givingBack = script(`
for i = 5, #ARGV do
  local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)
  if not held.err and #held > 0 and held[1][2] == ARGV[2] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, ARGV[i], 'IDLE', ARGV[4], 'JUSTID')
  end
end
return 0`);

/**
 * KEYS a stream. ARGV group, consumer, and how long others have not asked for anything: they are forgotten, if they hold nothing.
 */
export const leaving = script(`
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if consumers.err then return 0 end
for _, each in ipairs(consumers) do
  if each[4] == 0 and (each[2] == ARGV[2] or each[6] > tonumber(ARGV[3])) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], each[2])
  end
end
return 0`);

/**
 * KEYS dead, and the stream that it goes into. ARGV number, field, value. 0: there is no such letter; -1: nobody has ever subscribed
 * there.
 */
export const redriving = script(`
if redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1]) == 0 then return 0 end
if ARGV[2] == 'r' and redis.call('EXISTS', KEYS[2]) == 0 then return -1 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[1])
redis.call('XADD', KEYS[2], '*', ARGV[2], ARGV[3])
return 1`);

/**
 * KEYS messages, again, handled, retries, dead. ARGV group, the entry before the first, when that came, and the subscriber as JSON has it.
 * Whatever of it was still to be done with comes with its message.
 */
export const replaying = script(`
local function isBehind(entry)
  local ms, sequence = string.match(entry, '^(%d+)%-(%d+)$')
  local fromMs, fromSequence = string.match(ARGV[2], '^(%d+)%-(%d+)$')
  if not ms then return false end
  ms, sequence, fromMs, fromSequence = tonumber(ms), tonumber(sequence), tonumber(fromMs), tonumber(fromSequence)
  return ms > fromMs or (ms == fromMs and sequence > fromSequence)
end
redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[3], ARGV[3], '+inf')
for _, each in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do
  if isBehind(cjson.decode(each).origin) then redis.call('ZREM', KEYS[4], each) end
end
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do
  if isBehind(cjson.decode(entry[2][2]).origin) then
    redis.call('XACK', KEYS[2], ARGV[1], entry[1])
    redis.call('XDEL', KEYS[2], entry[1])
  end
end
for _, each in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do
  local letter = cjson.decode(string.match(each, '^%d+ (.*)$'))
  if letter.subscriber == ARGV[1] and isBehind(letter.origin or '') then redis.call('ZREM', KEYS[5], each) end
end
return 0`);

/**
 * KEYS messages. ARGV how long messages are kept, milliseconds: those that are older and acknowledged by every group are let go.
 */
export const trimming = script(`
local now = redis.call('TIME')
local ms = tonumber(now[1]) * 1000 - tonumber(ARGV[1])
if ms <= 0 then return 0 end
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
for _, group in ipairs(groups) do
  local first = group[8]
  if group[6] > 0 then first = redis.call('XPENDING', KEYS[1], group[2])[2] end
  ms = math.min(ms, tonumber(string.match(first, '^%d+')))
end
return redis.call('XTRIM', KEYS[1], 'MINID', '~', string.format('%.0f', ms))`);
