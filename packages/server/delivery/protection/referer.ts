/** Which pages may play (docs/wire/delivery.md, Referer lists). */
export interface RefererRule {
  mode: 'off' | 'allow' | 'deny';
  /** In lower case, without scheme. */
  referers: readonly string[];
  /** Whether who names no page may. */
  blank: boolean;
}

/** Longer than any host with a path that an entry has. */
const MAX_COMPARED = 512;

/** Whether a request with this `Referer` may play. Pages of `ownHost`, the `Host` of the request, always may. */
export function mayPlay({ mode, referers, blank }: RefererRule, referer: string, ownHost: string): boolean {
  if (mode === 'off') return true;
  const address = referer
    .slice(0, MAX_COMPARED)
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '');
  if (address === '') return blank;
  if (ownHost !== '' && address.split('/', 1)[0] === ownHost.toLowerCase()) return true;
  return referers.some((entry) => beginsWith(address, entry)) === (mode === 'allow');
}

/** `abc.com` is the beginning of `abc.com.cn/page`; a star stands for any text within the host. */
function beginsWith(address: string, entry: string): boolean {
  if (!entry.includes('*')) return address.startsWith(entry);
  return patternOf(entry).test(address);
}

/** bounded by: MAX_PATTERNS */
const patterns = new Map<string, RegExp>();
const MAX_PATTERNS = 1000;

function patternOf(entry: string): RegExp {
  let pattern = patterns.get(entry);
  if (!pattern) {
    const parts = entry.split('*').map((text) => text.replace(/[^a-z0-9]/g, '\\$&'));
    pattern = new RegExp(`^${parts.join('[^/]*')}`);
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(entry, pattern);
  }
  return pattern;
}
