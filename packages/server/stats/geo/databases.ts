import { readFile, stat } from 'node:fs/promises';
import { Reader, type Response } from 'mmdb-lib';
import { BoundedMap } from '../../common/bounds/bounded-map.ts';
import type { Logger } from '../../common/log.ts';
import type { Place } from './names.ts';
import { type AddressRecord, placeOfRecords } from './place-of.ts';

/** Files of the operator in the format of MaxMind; what is left out is not known of any address. */
export interface GeoFiles {
  /** Countries and their parts. */
  city?: string | undefined;
  /** Networks and whose they are. */
  network?: string | undefined;
}

/** Where clients are. */
export interface Geo {
  /** Which of both there are: without one, all is `Other`. */
  knows: { regions: boolean; carriers: boolean };
  placeOf(clientIp: string): Place;
  /** Reads files anew that have changed; what cannot be read leaves what was. */
  refresh(log: Logger): Promise<void>;
}

/** Clients whose place is remembered: an address is looked up once for a whole film. */
const REMEMBERED = 10_000;

/** Reads the files into memory. Rejects with an Error that says which one cannot be read, and why. */
export async function openGeo(files: GeoFiles): Promise<Geo> {
  let [city, network] = await Promise.all([open(files.city), open(files.network)]);
  const places = new BoundedMap<string, Place>(REMEMBERED);
  return {
    knows: { regions: files.city !== undefined, carriers: files.network !== undefined },
    placeOf(clientIp) {
      const known = places.get(clientIp);
      if (known) return known;
      const place = placeOfRecords(find(city, clientIp), find(network, clientIp));
      places.set(clientIp, place);
      return place;
    },
    async refresh(log) {
      try {
        const changed = await Promise.all([reopen(city), reopen(network)]);
        if (changed[0] === city && changed[1] === network) return;
        [city, network] = changed;
        for (const [address] of places) places.take(address);
      } catch (error) {
        log.warn({ err: error }, 'a database of addresses cannot be read: what was known of it stays');
      }
    },
  };
}

interface OpenFile {
  path: string;
  changedAt: number;
  reader: Reader<Response>;
}

async function open(path: string | undefined): Promise<OpenFile | null> {
  if (path === undefined) return null;
  try {
    const { mtimeMs } = await stat(path);
    return { path, changedAt: mtimeMs, reader: new Reader<Response>(await readFile(path)) };
  } catch (error) {
    throw new Error(`${path} cannot be read as a database of addresses: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function reopen(file: OpenFile | null): Promise<OpenFile | null> {
  if (file === null || (await stat(file.path)).mtimeMs === file.changedAt) return file;
  return open(file.path);
}

/** Behind a socket that takes both, an IPv4 address comes as `::ffff:1.2.3.4`. What is no address is nowhere. */
function find(file: OpenFile | null, clientIp: string): AddressRecord | null {
  if (file === null) return null;
  try {
    return file.reader.get(clientIp.replace(/^::ffff:(?=\d+\.)/i, '')) as AddressRecord | null;
  } catch {
    return null;
  }
}
