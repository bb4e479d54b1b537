/** Prints every broken rule of the house: see scripts/house-rules/, one file a rule. */
import { judgeCheckout } from './house-rules/violations.ts';

const { violations, stale } = await judgeCheckout(process.cwd());
for (const violation of violations) console.error(violation);
for (const entry of stale) console.log(`no longer needed in scripts/house-rules/baseline.ts: ${entry}`);
process.exitCode = violations.length > 0 ? 1 : 0;
