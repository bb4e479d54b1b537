/**
 * Loaded before each test file. A file is ended as soon as its last test has, whatever it left open (`--test-force-exit`), and what its
 * pipe had no room for at that moment would be lost: so its writes wait for room. Without it the totals vary by some tests in three thousand.
 */
interface Handle {
  setBlocking?(isBlocking: boolean): void;
}

// Node has no public name for it. Where there is no pipe, as on a terminal, nothing waits to be written anyway.
(process.stdout as unknown as { _handle?: Handle })._handle?.setBlocking?.(true);
