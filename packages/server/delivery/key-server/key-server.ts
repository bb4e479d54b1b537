import type { Addresses } from '../../common/addresses.ts';

/** Below the public address; templates of encryption name it as their key server. */
export const KEY_SERVER_PATH = 'drm/getkey';

/** Whether the address of a key leads to the service's own key server. */
export function isOwnKeyServer(keyUrl: string, addresses: Addresses): boolean {
  const own = addresses.of(KEY_SERVER_PATH);
  return keyUrl === own || keyUrl.startsWith(`${own}?`);
}
