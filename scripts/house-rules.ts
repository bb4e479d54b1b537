/** Prints every import that breaks the house's one-way arrows, and every file that reads another room's tables. */
import { findViolations } from './house-rules/violations.ts';

const violations = await findViolations(process.cwd());
for (const violation of violations) console.error(violation);
process.exitCode = violations.length > 0 ? 1 : 0;
