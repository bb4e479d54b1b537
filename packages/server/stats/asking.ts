import { Refused } from '../common/faults/refused.ts';
import { DAY, HOUR, type Period, startOf } from './spans.ts';

const MAX_HOSTS = 20;

/**
 * Domains as they are counted: lower case.
 * @throws Refused `stats.hosts`, `stats.tooManyHosts`
 */
export function checkedHosts(hosts: readonly string[]): string[] {
  if (hosts.length > MAX_HOSTS) {
    throw new Refused('stats.tooManyHosts', `at most ${MAX_HOSTS} domains may be asked for`, {
      field: 'hosts',
    });
  }
  return hosts.map((host) => {
    const name = host.toLowerCase();
    if (/^[a-z0-9.-]{1,100}$/.test(name)) return name;
    throw new Refused('stats.hosts', 'must be domains such as media.example.com', { field: 'hosts' });
  });
}

/**
 * What is asked by `name`, of those that there are.
 * @throws Refused `stats.measure`
 */
export function checkedMeasure<T>(measures: Readonly<Record<string, T>>, name: string): T {
  const known = Object.hasOwn(measures, name) ? measures[name] : undefined;
  if (known !== undefined) return known;
  const names = Object.keys(measures).join(', ');
  throw new Refused('stats.measure', `must be one of ${names}`, { field: 'measure' });
}

/**
 * Whole days from the one of `from` to that of `until`, both included; null for what is no day.
 * @param daysBack how long ago the first may be
 * @throws Refused `stats.from`, `stats.until`
 */
export function checkedDays(
  from: number | null,
  until: number | null,
  daysBack: number,
  now: number,
): Period {
  if (from === null) throw new Refused('stats.from', 'must be a day such as 2018-03-01', { field: 'from' });
  if (until === null)
    throw new Refused('stats.until', 'must be a day such as 2018-03-01', { field: 'until' });
  if (from < startOf(DAY, now) - daysBack * DAY) {
    throw new Refused('stats.from', `must be at most ${daysBack} days ago`, { field: 'from' });
  }
  if (until < from) throw new Refused('stats.until', 'must not be before the first day', { field: 'until' });
  return { from, until: Math.min(until, startOf(DAY, now)) + DAY };
}

/**
 * Whole hours from the one of `from` to that of `until`, both included; null for what is no time.
 * @param daysBack how long ago the first may be
 * @throws Refused `stats.from`, `stats.until`
 */
export function checkedHours(
  from: number | null,
  until: number | null,
  daysBack: number,
  now: number,
): Period {
  if (from === null)
    throw new Refused('stats.from', 'must be a time such as 2018-03-01 00:00:00', { field: 'from' });
  if (until === null) {
    throw new Refused('stats.until', 'must be a time such as 2018-03-01 23:00:00', { field: 'until' });
  }
  if (from < startOf(DAY, now) - daysBack * DAY) {
    throw new Refused('stats.from', `must be at most ${daysBack} days ago`, { field: 'from' });
  }
  if (until < from) throw new Refused('stats.until', 'must not be before the beginning', { field: 'until' });
  return { from: startOf(HOUR, from), until: startOf(HOUR, until) + HOUR };
}
