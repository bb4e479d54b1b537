/** Play addresses: the public origin, `/`, and an object's key. */
export interface Addresses {
  of(key: string): string;
}

/** `publicUrl` is an origin, with or without a path, e.g. `https://media.example.com`. */
export function createAddresses(publicUrl: string): Addresses {
  const base = publicUrl.replace(/\/+$/, '');
  return { of: (key) => `${base}/${key}` };
}
