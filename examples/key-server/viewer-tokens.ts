import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who may watch what, and until when. */
export interface Viewing {
  user: string;
  fileId: string;
  /** Unix seconds. */
  until: number;
}

/** Signs a viewing with a secret of the application's own: no token can be made up, and none is good for another video. */
export function signViewing(secret: string, viewing: Viewing): string {
  const said = Buffer.from(JSON.stringify(viewing)).toString('base64url');
  return `${said}~${mac(secret, said)}`;
}

/** What a token says; null when the secret did not sign it, or its time is over. */
export function readViewing(secret: string, token: string, now: Date): Viewing | null {
  const [said = '', given = ''] = token.split('~');
  const expected = Buffer.from(mac(secret, said));
  const signature = Buffer.from(given);
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
  const viewing = JSON.parse(Buffer.from(said, 'base64url').toString()) as Viewing;
  return now.getTime() <= viewing.until * 1000 ? viewing : null;
}

function mac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
