import type { Place } from '../geo/names.ts';
import { DAY, HOUR, startOf } from '../spans.ts';
import { Visitors } from '../visitors.ts';

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
  /** Of the last request. */
  day: number;
}

interface Slot {
  startsAt: number;
  bytes: number;
  requests: number;
  hits: number;
  visitors: Visitors;
  places: Map<Place, { bytes: number; requests: number }>;
}

/** What was delivered of an application under one domain. */
export class HostTally {
  readonly #appId: string;
  readonly #host: string;
  /** Whether something was there for a client. */
  served = false;
  /** bounded by: the lines of a tally, as all in it */
  readonly #slots = new Map<number, Slot>();
  #lastSlot: Slot | null = null;
  /** By video, then by the beginning of the hour. bounded by: the lines of a tally */
  readonly #hours = new Map<string, Map<number, Plays>>();
  /** The same by day. bounded by: the lines of a tally */
  readonly #days = new Map<string, Map<number, Plays>>();

  constructor(appId: string, host: string) {
    this.#appId = appId;
    this.#host = host;
  }

  /** A request that began in a slot. */
  request(startsAt: number, place: Place, client: number, fromMemory: boolean): void {
    const slot = this.#slot(startsAt);
    slot.requests += 1;
    if (fromMemory) slot.hits += 1;
    slot.visitors.add(client);
    placeIn(slot, place).requests += 1;
  }

  /** Bytes that were delivered in a slot. */
  deliver(startsAt: number, place: Place, bytes: number): void {
    const slot = this.#slot(startsAt);
    slot.bytes += bytes;
    placeIn(slot, place).bytes += bytes;
  }

  /** Something that was delivered of a video, in an hour of a day. */
  play(
    videoId: string,
    hour: number,
    day: number,
    bytes: number,
    isPlay: boolean,
    isMobile: boolean,
    client: number,
  ): void {
    const inHour = this.#playsOf(this.#hours, videoId, HOUR, hour);
    const inDay = this.#playsOf(this.#days, videoId, DAY, day);
    inHour.bytes += bytes;
    inDay.bytes += bytes;
    inDay.visitors!.add(client);
    if (!isPlay) return;
    inHour.plays += 1;
    inDay.plays += 1;
    if (!isMobile) return;
    inHour.mobilePlays += 1;
    inDay.mobilePlays += 1;
  }

  traffic(): Traffic[] {
    return [...this.#slots.values()].map(({ startsAt, bytes, requests, hits, visitors }) => ({
      ...{ appId: this.#appId, host: this.#host, startsAt, bytes, requests, hits, visitors },
    }));
  }

  regions(): RegionTraffic[] {
    return [...this.#slots.values()].flatMap(({ startsAt, places }) =>
      [...places].map(([{ region, carrier }, { bytes, requests }]) => ({
        ...{ appId: this.#appId, host: this.#host, startsAt, region, carrier, bytes, requests },
      })),
    );
  }

  plays(): Plays[] {
    return [this.#hours, this.#days].flatMap((videos) =>
      [...videos.values()].flatMap((spans) => [...spans.values()]),
    );
  }

  seen(): SeenHost {
    const day = startOf(DAY, Math.max(...this.#slots.keys()));
    return { appId: this.#appId, host: this.#host, isServed: this.served, day };
  }

  #slot(startsAt: number): Slot {
    // Lines come in the order of time.
    if (this.#lastSlot?.startsAt === startsAt) return this.#lastSlot;
    let slot = this.#slots.get(startsAt);
    if (slot === undefined) {
      const counts = { bytes: 0, requests: 0, hits: 0 };
      slot = { startsAt, ...counts, visitors: new Visitors(), places: new Map() };
      this.#slots.set(startsAt, slot);
    }
    this.#lastSlot = slot;
    return slot;
  }

  #playsOf(videos: Map<string, Map<number, Plays>>, videoId: string, span: number, startsAt: number): Plays {
    let spans = videos.get(videoId);
    if (spans === undefined) {
      spans = new Map();
      videos.set(videoId, spans);
    }
    let plays = spans.get(startsAt);
    if (plays === undefined) {
      const counts = { bytes: 0, plays: 0, mobilePlays: 0 };
      const visitors = span === DAY ? new Visitors() : null;
      plays = { appId: this.#appId, host: this.#host, videoId, span, startsAt, ...counts, visitors };
      spans.set(startsAt, plays);
    }
    return plays;
  }
}

function placeIn({ places }: Slot, place: Place): { bytes: number; requests: number } {
  let found = places.get(place);
  if (found === undefined) {
    found = { bytes: 0, requests: 0 };
    places.set(place, found);
  }
  return found;
}
