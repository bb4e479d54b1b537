import { z } from 'zod';
import type { FieldsOf, Kind } from './kind.ts';

/** How media is encrypted: HLS with AES-128, so all there is to say is where players fetch the key. */
export interface EncryptionBody {
  /** Of the key server, http or https; it stands in playlists in quotes. */
  keyUrl: string;
}

const MAX_LENGTH = 1024;

const body = z.strictObject({
  keyUrl: z
    .string()
    .max(MAX_LENGTH, { error: `must have at most ${MAX_LENGTH} characters` })
    .refine(isKeyUrl, {
      error: 'must be an address of a key server, http:// or https://, without a fragment',
    }),
} satisfies FieldsOf<EncryptionBody>);

/** There is no key server that everybody has, so no presets. Own ones are numbered as in the documents (docs/wire/encryption.md). */
export const encryption: Kind<EncryptionBody> = { body, presets: [], limit: 10, firstOwnId: 10 };

/** Printable ASCII without what ends an attribute or begins a fragment: everything else has to be percent-encoded. */
function isKeyUrl(text: string): boolean {
  const url = /^[!$-~]+$/.test(text) ? URL.parse(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
}
