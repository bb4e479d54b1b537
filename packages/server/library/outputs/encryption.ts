import type { Output } from './types.ts';

/** How the files of an output are encrypted, among its details. */
export interface OutputEncryption {
  /** The template that it was asked with. */
  definition: number;
  /** Where players fetch the key. */
  keyUrl: string;
  /** Public name of the key. */
  edk: string;
}

/** What an encrypted output has as its details: a rendition, or a master playlist over such. */
export type EncryptedDetails = { encryption: OutputEncryption };

/** Null for an output that is not encrypted. */
export function encryptionOf({ kind, details }: Pick<Output, 'kind' | 'details'>): OutputEncryption | null {
  if (!details || (kind !== 'transcode' && kind !== 'masterPlaylist')) return null;
  return (details as EncryptedDetails).encryption;
}
