import { type Access, parseTarget } from '../../delivery/index.ts';
import { type Place, UNKNOWN_PLACE } from '../geo/names.ts';
import { DAY, HOUR, SLOT, startOf } from '../spans.ts';
import { hashOf } from '../visitors.ts';
import { HostTally, type Plays, type RegionTraffic, type SeenHost, type Traffic } from './host-tally.ts';
import { isMobile, isPlayable, isPlayOf, isServed, type Playable } from './plays.ts';

/** What an address is about, found once for all its lines. */
interface Asked {
  appId: string;
  videoId: string;
  playable: Playable;
}

/** A client, found once for all its lines. */
interface Client {
  hash: number;
  place: Place;
}

/**
 * What some lines of the access log add up to: no effect on anything, and forgotten when it could not be saved. It is written for
 * speed: a line is to cost no more than a few percent of the delivery that it tells of.
 */
export class Tally {
  /** By domain, then by application. bounded by: the lines that are read at once (`collector.ts`), as all below */
  readonly #hosts = new Map<string, Map<string, HostTally>>();
  /** bounded by: the lines */
  readonly #asked = new Map<string, Asked | null>();
  /** bounded by: the lines */
  readonly #clients = new Map<string, Client>();
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
    const asked = this.#askedBy(access.path);
    if (asked === null) return;
    const host = this.#hostOf(access.domain, asked.appId);
    const { hash, place } = this.#clientOf(access.clientIp);
    const { startedAt, bytes, fromMemory } = access;
    const first = startOf(SLOT, startedAt);
    host.request(first, place, hash, fromMemory);
    if (startedAt + access.durationMs < first + SLOT) host.deliver(first, place, bytes);
    else for (const share of sharesOf(first, access)) host.deliver(share.startsAt, place, share.bytes);
    if (!isServed(access.status)) return;
    host.served = true;
    const play = asked.playable !== 'not' && isPlayOf(asked.playable, access);
    const mobile = play && isMobile(access.userAgent);
    host.play(asked.videoId, startOf(HOUR, startedAt), startOf(DAY, startedAt), bytes, play, mobile, hash);
  }

  get traffic(): Iterable<Traffic> {
    return this.#all().flatMap((host) => host.traffic());
  }

  get regions(): Iterable<RegionTraffic> {
    return this.#all().flatMap((host) => host.regions());
  }

  get plays(): Iterable<Plays> {
    return this.#all().flatMap((host) => host.plays());
  }

  get hosts(): Iterable<SeenHost> {
    return this.#all().map((host) => host.seen());
  }

  #all(): HostTally[] {
    return [...this.#hosts.values()].flatMap((apps) => [...apps.values()]);
  }

  #askedBy(path: string): Asked | null {
    const known = this.#asked.get(path);
    if (known !== undefined) return known;
    const target = parseTarget(path);
    const asked =
      target && this.#isKnown(target.appId)
        ? { appId: target.appId, videoId: target.videoId, playable: isPlayable(target.name) }
        : null;
    this.#asked.set(path, asked);
    return asked;
  }

  #clientOf(ip: string): Client {
    const known = this.#clients.get(ip);
    if (known !== undefined) return known;
    const client = { hash: hashOf(ip), place: this.#placeOf(ip) };
    this.#clients.set(ip, client);
    return client;
  }

  #hostOf(domain: string, appId: string): HostTally {
    let apps = this.#hosts.get(domain);
    if (apps === undefined) {
      apps = new Map();
      this.#hosts.set(domain, apps);
    }
    const known = apps.get(appId);
    if (known !== undefined) return known;
    const host = new HostTally(appId, nameOf(domain));
    apps.set(appId, host);
    return host;
  }
}

/** What stands for domains that are not told apart. */
export const OTHER_HOST = 'other';

/** `Host` is what a client says. */
function nameOf(domain: string): string {
  return /^[a-z0-9.-]{1,100}$/.test(domain) ? domain : OTHER_HOST;
}

/** The longest that a delivery is spread over: an answer that is on its way for longer is rare. */
const SPREAD_MS = 12 * HOUR;

/** The slots that a delivery lasted through, from `first` on, with its bytes in equal shares of time. */
function sharesOf(first: number, { startedAt, durationMs, bytes }: Access) {
  const end = startedAt + Math.min(durationMs, SPREAD_MS);
  const shares: { startsAt: number; bytes: number }[] = [];
  let given = 0;
  for (let startsAt = first; startsAt < end; startsAt += SLOT) {
    const upTo = Math.round(bytes * ((Math.min(end, startsAt + SLOT) - startedAt) / (end - startedAt)));
    shares.push({ startsAt, bytes: upTo - given });
    given = upTo;
  }
  return shares;
}
