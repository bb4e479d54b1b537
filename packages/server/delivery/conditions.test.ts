import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConditions, rangeApplies } from './conditions.ts';

const modifiedAt = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const current = { etag: '"abc"', modifiedAt };
const same = new Date(modifiedAt).toUTCString();
const earlier = new Date(modifiedAt - 60_000).toUTCString();
const later = new Date(modifiedAt + 60_000).toUTCString();

test('which requests go on (RFC 9110, 13.2.2)', () => {
  const cases: [Record<string, string>, 'go on' | 304 | 412][] = [
    [{}, 'go on'],
    [{ 'if-none-match': '"abc"' }, 304],
    [{ 'if-none-match': 'W/"abc"' }, 304],
    [{ 'if-none-match': '"x", "abc"' }, 304],
    [{ 'if-none-match': '"a,b","abc"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"x"' }, 'go on'],
    [{ 'if-none-match': 'abc' }, 'go on'],
    [{ 'if-none-match': '"x"', 'if-modified-since': later }, 'go on'],
    [{ 'if-modified-since': same }, 304],
    [{ 'if-modified-since': later }, 304],
    [{ 'if-modified-since': earlier }, 'go on'],
    [{ 'if-modified-since': 'yesterday-ish' }, 'go on'],
    [{ 'if-match': '"abc"' }, 'go on'],
    [{ 'if-match': '*' }, 'go on'],
    [{ 'if-match': 'W/"abc"' }, 412],
    [{ 'if-match': '"x"' }, 412],
    [{ 'if-match': '"abc"', 'if-unmodified-since': earlier }, 'go on'],
    [{ 'if-unmodified-since': earlier }, 412],
    [{ 'if-unmodified-since': same }, 'go on'],
    [{ 'if-unmodified-since': 'nonsense' }, 'go on'],
    [{ 'if-match': '"x"', 'if-none-match': '"abc"' }, 412],
    [{ 'if-match': '"abc"', 'if-none-match': '"abc"' }, 304],
  ];
  for (const [headers, expected] of cases) {
    assert.equal(checkConditions(headers, current), expected, JSON.stringify(headers));
  }
});

test('when a range counts (RFC 9110, 13.1.5)', () => {
  const longAfter = modifiedAt + 3600_000;
  const cases: [string | undefined, number, boolean][] = [
    [undefined, longAfter, true],
    ['"abc"', longAfter, true],
    ['W/"abc"', longAfter, false],
    ['"x"', longAfter, false],
    ['abc', longAfter, false],
    [same, longAfter, true],
    [earlier, longAfter, false],
    [later, longAfter, false],
    ['nonsense', longAfter, false],
    // Within the same second the date is a weak validator.
    [same, modifiedAt + 100, false],
  ];
  for (const [header, now, expected] of cases) {
    assert.equal(rangeApplies(header, current, now), expected, `${header}`);
  }
});
