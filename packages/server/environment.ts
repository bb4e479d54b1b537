/** What the programs of this package begin with. */
import { existsSync } from 'node:fs';
import { type Config, ConfigError, readConfig } from './config.ts';

/** Settings from the environment and the `.env` file of this folder. Ends the process with 2 when they are not right. */
export function configOrExit(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`openvod: the settings are not right:\n${error.message}\n`);
    process.exit(2);
  }
}
