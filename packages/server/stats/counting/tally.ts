import { type Access, parseTarget } from '../../delivery/index.ts';
import { type Place, UNKNOWN_PLACE } from '../geo/names.ts';
import { DAY, HOUR, SLOT, startOf } from '../spans.ts';
import { Visitors } from '../visitors.ts';
import { isMobile, isPlay, isServed } from './plays.ts';

export interface Traffic {
  appId: string;
  host: string;
  /** A slot of five minutes. */
  startsAt: number;
  bytes: number;
  requests: number;
  hits: number;
  visitors: Visitors;
}

export interface RegionTraffic extends Place {
  appId: string;
  host: string;
  /** A slot of five minutes. */
  startsAt: number;
  bytes: number;
  requests: number;
}

export interface Plays {
  appId: string;
  videoId: string;
  host: string;
  /** HOUR or DAY. */
  span: number;
  startsAt: number;
  bytes: number;
  plays: number;
  mobilePlays: number;
  /** Days only; hours need none. */
  visitors: Visitors | null;
}

/** A domain under which something was there for a client: others are what anybody may write into a request. */
export interface SeenHost {
  appId: string;
  host: string;
  isServed: boolean;
  day: number;
}

/** The longest that a delivery is spread over: an answer that is on its way for longer is rare. */
const SPREAD_MS = 12 * HOUR;

/** What some lines of the access log add up to: pure, and forgotten when it could not be saved. */
export class Tally {
  /** bounded by: the lines that are read at once (`collector.ts`) */
  readonly traffic = new Map<string, Traffic>();
  /** bounded by: as `traffic` */
  readonly regions = new Map<string, RegionTraffic>();
  /** bounded by: as `traffic` */
  readonly plays = new Map<string, Plays>();
  /** bounded by: as `traffic` */
  readonly hosts = new Map<string, SeenHost>();
  readonly #isKnown: (appId: string) => boolean;
  readonly #placeOf: (clientIp: string) => Place;

  /**
   * @param isKnown which applications there are: addresses of others are what anybody may ask for
   * @param placeOf where a client is
   */
  constructor(isKnown: (appId: string) => boolean, placeOf: (ip: string) => Place = () => UNKNOWN_PLACE) {
    this.#isKnown = isKnown;
    this.#placeOf = placeOf;
  }

  add(access: Access): void {
    const target = parseTarget(access.path);
    if (!target || !this.#isKnown(target.appId)) return;
    const { appId } = target;
    const host = hostOf(access.domain);
    this.#addHost(appId, host, access);
    const place = this.#placeOf(access.clientIp);
    for (const { startsAt, bytes, isFirst } of slotsOf(access)) {
      const traffic = this.#trafficOf(appId, host, startsAt);
      const region = this.#regionOf(appId, host, startsAt, place);
      traffic.bytes += bytes;
      region.bytes += bytes;
      if (!isFirst) continue;
      traffic.requests += 1;
      region.requests += 1;
      if (access.fromMemory) traffic.hits += 1;
      traffic.visitors.add(access.clientIp);
    }
    if (isServed(access)) this.#addPlays(appId, target.videoId, host, access, isPlay(target.name, access));
  }

  #addHost(appId: string, host: string, access: Access): void {
    const key = `${appId} ${host}`;
    const served = isServed(access);
    const seen = this.hosts.get(key);
    const day = startOf(DAY, access.startedAt);
    if (!seen) this.hosts.set(key, { appId, host, isServed: served, day });
    else {
      seen.isServed ||= served;
      seen.day = Math.max(seen.day, day);
    }
  }

  #trafficOf(appId: string, host: string, startsAt: number): Traffic {
    return known(this.traffic, `${appId} ${host} ${startsAt}`, () => {
      const counts = { bytes: 0, requests: 0, hits: 0 };
      return { appId, host, startsAt, ...counts, visitors: new Visitors() };
    });
  }

  #regionOf(appId: string, host: string, startsAt: number, place: Place): RegionTraffic {
    const { region, carrier } = place;
    return known(this.regions, `${appId} ${host} ${startsAt} ${region} ${carrier}`, () => ({
      ...{ appId, host, startsAt, region, carrier, bytes: 0, requests: 0 },
    }));
  }

  #addPlays(appId: string, videoId: string, host: string, access: Access, play: boolean): void {
    const mobile = play && isMobile(access.userAgent);
    for (const span of [HOUR, DAY]) {
      const startsAt = startOf(span, access.startedAt);
      const plays = known(this.plays, `${appId} ${span} ${startsAt} ${videoId} ${host}`, () => {
        const visitors = span === DAY ? new Visitors() : null;
        return { appId, videoId, host, span, startsAt, bytes: 0, plays: 0, mobilePlays: 0, visitors };
      });
      plays.bytes += access.bytes;
      plays.plays += Number(play);
      plays.mobilePlays += Number(mobile);
      plays.visitors?.add(access.clientIp);
    }
  }
}

/** What stands for domains that are not told apart. */
export const OTHER_HOST = 'other';

/** `Host` is what a client says. */
function hostOf(domain: string): string {
  return /^[a-z0-9.-]{1,100}$/.test(domain) ? domain : OTHER_HOST;
}

/** The slots that a delivery lasted through, with its bytes in equal shares of time; the request counts in the first. */
function slotsOf({ startedAt, durationMs, bytes }: Pick<Access, 'startedAt' | 'durationMs' | 'bytes'>) {
  const first = startOf(SLOT, startedAt);
  const end = startedAt + Math.min(durationMs, SPREAD_MS);
  if (end < first + SLOT) return [{ startsAt: first, bytes, isFirst: true }];
  const slots: { startsAt: number; bytes: number; isFirst: boolean }[] = [];
  let given = 0;
  for (let startsAt = first; startsAt < end; startsAt += SLOT) {
    const share = (Math.min(end, startsAt + SLOT) - startedAt) / (end - startedAt);
    const upTo = Math.round(bytes * share);
    slots.push({ startsAt, bytes: upTo - given, isFirst: startsAt === first });
    given = upTo;
  }
  return slots;
}

function known<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
