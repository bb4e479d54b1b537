/** Longer waits overflow in `setTimeout`, which then fires at once. About 24.8 days, ms. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Timeout {
  /** Begins anew. */
  refresh(): void;
  clear(): void;
}

/** Calls back once after `ms`, however long that is; weeks are walked in steps. */
export function timeoutAfter(ms: number, callback: () => void): Timeout {
  let timer: NodeJS.Timeout;
  const walk = (left: number) => {
    const step = Math.min(left, LONGEST_MS);
    timer = setTimeout(() => (left > step ? walk(left - step) : callback()), step);
  };
  walk(ms);
  return {
    refresh() {
      clearTimeout(timer);
      walk(ms);
    },
    clear: () => clearTimeout(timer),
  };
}
