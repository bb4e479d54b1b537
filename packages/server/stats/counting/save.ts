import { type Executor, lockUntilEnd } from '../../database/index.ts';
import type { Plays, RegionTraffic, Traffic } from './host-tally.ts';
import { type HostNames, noteHosts } from './hosts.ts';
import { savePlays } from './save-plays.ts';
import { saveRegions, saveTraffic } from './save-traffic.ts';
import type { Tally } from './tally.ts';

/**
 * Adds a tally to what is counted already. Nodes take turns, so that one may read a row, add to it and write it; nobody else
 * writes these rows.
 * @param ours domains that are always told apart
 */
export async function saveTally(trx: Executor, tally: Tally, ours: ReadonlySet<string>): Promise<void> {
  await lockUntilEnd(trx, 'stats');
  const nameOf = await noteHosts(trx, tally.hosts, ours);
  await saveTraffic(trx, joined(tally.traffic, nameOf, trafficKey, addTraffic));
  await saveRegions(trx, joined(tally.regions, nameOf, regionKey, addRegion));
  await savePlays(trx, joined(tally.plays, nameOf, playsKey, addPlays));
}

/** The same under the names that hosts are counted under: those that have one name now are one. */
function joined<T extends { appId: string; host: string }>(
  counted: Iterable<T>,
  nameOf: HostNames,
  keyOf: (one: T) => string,
  add: (to: T, more: T) => void,
): T[] {
  const byKey = new Map<string, T>();
  for (const one of counted) {
    const renamed = { ...one, host: nameOf(one.appId, one.host) };
    const key = keyOf(renamed);
    const before = byKey.get(key);
    if (before) add(before, renamed);
    else byKey.set(key, renamed);
  }
  return [...byKey.values()];
}

const trafficKey = ({ appId, host, startsAt }: Traffic) => `${appId} ${host} ${startsAt}`;
const regionKey = (one: RegionTraffic) =>
  `${one.appId} ${one.host} ${one.startsAt} ${one.region} ${one.carrier}`;
const playsKey = (one: Plays) => `${one.appId} ${one.host} ${one.span} ${one.startsAt} ${one.videoId}`;

function addTraffic(to: Traffic, more: Traffic): void {
  to.bytes += more.bytes;
  to.requests += more.requests;
  to.hits += more.hits;
  to.visitors.merge(more.visitors);
}

function addRegion(to: RegionTraffic, more: RegionTraffic): void {
  to.bytes += more.bytes;
  to.requests += more.requests;
}

function addPlays(to: Plays, more: Plays): void {
  to.bytes += more.bytes;
  to.plays += more.plays;
  to.mobilePlays += more.mobilePlays;
  if (more.visitors) to.visitors?.merge(more.visitors);
}
