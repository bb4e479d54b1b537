import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What data keys are sealed with; it is never in the database. */
export interface MasterKey {
  /** Tells it from others without telling anything of it: 16 hex digits. */
  id: string;
  bytes: Buffer;
}

/** What a master key looks like to people. */
export const MASTER_KEY_FORM = '32 bytes in hexadecimal (64 digits) or Base64 (44 characters)';

/** A master key of its text; null when that is none. */
export function masterKeyOf(text: string): MasterKey | null {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return keyOf(Buffer.from(trimmed, 'hex'));
  if (/^[A-Za-z0-9+/]{43}=$/.test(trimmed)) return keyOf(Buffer.from(trimmed, 'base64'));
  return null;
}

/** A new one, and its text. */
export function newMasterKey(): { key: MasterKey; text: string } {
  const bytes = randomBytes(KEY_BYTES);
  return { key: keyOf(bytes), text: bytes.toString('hex') };
}

function keyOf(bytes: Buffer): MasterKey {
  const id = createHash('sha256').update('openvod master key').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
}

/** Seals a secret (AES-256-GCM). It opens with the same `name` only, so that nobody can put it in the place of another. */
export function seal(key: MasterKey, secret: Buffer, name: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
}

/** @throws Error when the key, the name or the sealed secret is another */
export function unseal(key: MasterKey, sealed: string, name: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** A key for another purpose (RFC 5869), of which the master key cannot be told. */
export function derivedKey(key: MasterKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, '', purpose, KEY_BYTES));
}
