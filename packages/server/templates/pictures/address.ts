import type { Addresses } from '../../common/addresses.ts';
import { coverKey } from '../../common/object-keys.ts';

/** Where pictures are sent to, below the public address. */
export const UPLOADS = 'watermark-uploads';

/** A picture lies in a folder named after its id, like every uploaded picture that belongs to no video. */
export function pictureKey(appId: string, id: string, extension: string): string {
  return coverKey(appId, id, id, extension);
}

/** The address that takes a picture: `…/watermark-uploads/<appId>/<id>.<extension>?sign=…` */
export function uploadAddress(
  addresses: Addresses,
  { appId, id, extension, sign }: { appId: string; id: string; extension: string; sign: string },
): string {
  return addresses.of(`${UPLOADS}/${appId}/${id}.${extension}?sign=${sign}`);
}

/** `<appId>/<id>.<extension>`, and what follows: a signature after `?`, or after `&` as a sample of the documents has it. */
const UPLOADED = /^(\d{1,20})\/(\d{1,20})\.(jpg|png)(?:[?&].*)?$/;
/** `vod<appId>/<folder>/<id>.<extension>` */
const STORED = /^vod(\d{1,20})\/(\d{1,20})\/(\d{1,20})\.([a-z0-9]{1,16})(?:[?&].*)?$/;

/**
 * The object that an address of this service names: the address that a picture was sent to, with or without its signature, or
 * that of any uploaded picture. The scheme may be missing.
 *
 * @returns null when it is no such address, or another application's
 */
export function keyOfAddress(addresses: Addresses, appId: string, address: string): string | null {
  const bare = withoutScheme(address);
  const origin = withoutScheme(addresses.of(''));
  if (!bare.toLowerCase().startsWith(origin.toLowerCase())) return null;
  const path = bare.slice(origin.length);
  const sent = path.startsWith(`${UPLOADS}/`) ? UPLOADED.exec(path.slice(UPLOADS.length + 1)) : null;
  if (sent) {
    const [, app = '', id = '', extension = ''] = sent;
    return app === appId ? pictureKey(appId, id, extension) : null;
  }
  const [, app, folder = '', id = '', extension = ''] = STORED.exec(path) ?? [];
  return app === appId ? coverKey(appId, folder, id, extension) : null;
}

function withoutScheme(address: string): string {
  return address.trim().replace(/^https?:\/\//i, '');
}
