/** The parts of package-lock.json (version 3) that the rule looks at. */
export interface Lock {
  packages: Record<
    string,
    { optionalDependencies?: Record<string, string>; resolved?: string; link?: boolean }
  >;
}

/**
 * What would make `npm ci` fail or change the lock elsewhere, one line each: an optional package (that is how programs come, one for
 * each platform) that the lock does not hold, and an address of the registry that somebody happened to use.
 */
export function lockHoles({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([place, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !places(place, name).some((candidate) => candidate in packages))
      .map(
        (name) =>
          `package-lock.json: ${name}, which ${place} may need on another platform, is not in the lock`,
      ),
    ...(entry.resolved !== undefined && !entry.link
      ? [`package-lock.json: ${place} names a registry; npm reads .npmrc only in this folder`]
      : []),
  ]);
}

/** Where Node looks for a package that the package at `place` needs: beside its own dependencies, then further out. */
function places(place: string, name: string): string[] {
  const steps = place === '' ? [''] : [place, ''];
  for (let at = place.lastIndexOf('/node_modules/'); at > 0; at = place.lastIndexOf('/node_modules/', at - 1))
    steps.push(place.slice(0, at));
  return steps.map((step) => `${step === '' ? '' : `${step}/`}node_modules/${name}`);
}
