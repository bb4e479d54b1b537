/** Play addresses: the public origin, `/`, and an object's key. */
export interface Addresses {
  of(key: string): string;
}

/**
 * Addresses that begin with `publicUrl`, an origin with or without a path; where it is not configured, with the
 * origin that the service turns out to listen on, told through `fallBackTo`.
 */
export function createAddresses(publicUrl?: string): Addresses & { fallBackTo(origin: string): void } {
  let origin = (publicUrl ?? '').replace(/\/+$/, '');
  return {
    of: (key) => `${origin}/${key}`,
    fallBackTo: (listening) => {
      origin ||= listening;
    },
  };
}
