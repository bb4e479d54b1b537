/**
 * One wish to end comes as several signals: Ctrl-C and service managers signal every process of the group, and npm and
 * scripts/bootstrap.mjs hand on what they get. Those that come so soon after the first, ms, are the same wish.
 */
export const SAME_WISH_MS = 1_000;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Calls `end` at the first wish to end the process, and `endAtOnce` at the second.
 * @param now ms that only go forward
 */
export function onWishToEnd(
  { end, endAtOnce }: { end(signal: NodeJS.Signals): void; endAtOnce(signal: NodeJS.Signals): void },
  now: () => number = () => performance.now(),
): void {
  let since: number | null = null;
  const heard = (signal: NodeJS.Signals) => {
    if (since === null) {
      since = now();
      end(signal);
    } else if (now() - since > SAME_WISH_MS) {
      endAtOnce(signal);
    }
  };
  for (const signal of SIGNALS) process.on(signal, heard);
}
