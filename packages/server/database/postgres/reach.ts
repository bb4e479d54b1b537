import pg from 'pg';

const TIMEOUT_MS = 5000;

/**
 * Connects once, without a pool's patience, for a start that says what it waits for.
 * @throws what the driver throws: the reason is the operator's to mend
 */
export async function reachPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}
