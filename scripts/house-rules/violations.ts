import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as contract from '../../packages/contract/v2/index.ts';
import { CODES_IN_DIGITS, GROWING_COLLECTIONS, METHODS_WAITING, MISSING_CITATIONS } from './baseline.ts';
import { type Checkout, readCheckout } from './checkout.ts';
import { citationsOf, exists } from './citations.ts';
import { codeViolations } from './codes.ts';
import { growthViolations } from './growth.ts';
import { importViolations } from './imports.ts';
import { lockHoles } from './lock.ts';
import { uncalledMethods } from './members.ts';
import { lateWaits } from './test-files.ts';

export interface Judgement {
  /** Broken rules, one line each. */
  violations: string[];
  /** Entries of the baseline that nothing needs any more. */
  stale: string[];
}

/** Every broken rule in the checkout at `root`. */
export async function judgeCheckout(root: string): Promise<Judgement> {
  const checkout = await readCheckout(root);
  const known = new Set<string>();
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  const violations = [
    ...[...checkout.sources].flatMap(([file, text]) => importViolations(file, text)),
    ...[...checkout.sources].flatMap(([file, text]) => lateWaits(file, text)),
    ...growth(checkout, known),
    ...codes(checkout, known),
    ...citations(checkout, known),
    ...methods(checkout, known),
    ...lockHoles(lock),
  ];
  const stale = [...MISSING_CITATIONS, ...CODES_IN_DIGITS, ...GROWING_COLLECTIONS, ...METHODS_WAITING].filter(
    (entry) => !known.has(entry),
  );
  return { violations: violations.sort(), stale };
}

/** `known` gathers the entries of the baseline that were needed. */
function codes({ sources }: Checkout, known: Set<string>): string[] {
  const documented = documentedCodes();
  return [...sources].flatMap(([file, text]) => {
    const found = file.endsWith('.ts') ? codeViolations(file, text, documented) : [];
    if (found.length === 0 || !CODES_IN_DIGITS.includes(file)) return found;
    known.add(file);
    return [];
  });
}

function growth({ sources }: Checkout, known: Set<string>): string[] {
  return [...sources].flatMap(([file, text]) => {
    const found = growthViolations(file, text);
    if (found.length === 0 || !GROWING_COLLECTIONS.includes(file)) return found;
    known.add(file);
    return [];
  });
}

function documentedCodes(): Set<number> {
  const lists = [
    contract.UPLOAD_ERROR_LIST,
    contract.PROCESSING_ERRORS,
    ...contract.ACTIONS.map(({ errors }) => errors),
  ];
  return new Set([
    ...Object.values(contract.PUBLIC_ERRORS),
    ...Object.values(contract.FLOW_ERRORS),
    ...lists.flat().map(({ code }) => code),
  ]);
}

function citations({ sources, paths }: Checkout, known: Set<string>): string[] {
  return [...sources].flatMap(([file, text]) =>
    // Tests of this rule cite what does not exist.
    file.startsWith('scripts/house-rules/citations.')
      ? []
      : citationsOf(file, text).flatMap(({ target, line }) => {
          if (exists(file, target, paths)) return [];
          if (!MISSING_CITATIONS.includes(target)) return [`${file}:${line}: ${target} does not exist`];
          known.add(target);
          return [];
        }),
  );
}

function methods({ sources }: Checkout, known: Set<string>): string[] {
  return uncalledMethods(sources).flatMap(({ name, place }) => {
    if (!METHODS_WAITING.includes(name)) return [`${place}: nothing but tests calls ${name}`];
    known.add(name);
    return [];
  });
}
