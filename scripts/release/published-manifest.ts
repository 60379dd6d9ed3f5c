import type {Bundled} from '../bundled-packages.ts';
import type {Manifest, ReleaseVariables} from './variables.ts';

/**
 * The package.json that is published: without what is bundled, and without what only a checkout can do. The keychain
 * library is native, cannot be bundled, and is as large as all the rest: who wants it installs it beside the package. It is
 * not even named, as npm would look for it on the network.
 */
export function publishedManifest(own: Manifest, {external}: Bundled, release: ReleaseVariables) {
  const {name, version, description, type, license, bin, man, engines} = own;
  return withoutEmpty({
    name,
    version,
    description,
    keywords: release.keywords,
    ...places(release),
    license,
    author: person(release.maintainer),
    type,
    bin,
    man,
    engines,
    dependencies: picked(own.dependencies, external),
    optionalDependencies: picked(own.optionalDependencies, external),
  });
}

/** Nothing points to a place that does not exist. */
function places({repository, homepage}: ReleaseVariables) {
  if (repository === '') return {homepage};
  return {
    homepage: homepage || `${repository}#readme`,
    repository: {type: 'git', url: `git+${repository}.git`},
    bugs: {url: `${repository}/issues`},
  };
}

const person = ({name, email}: ReleaseVariables['maintainer']): string =>
  email === '' ? name : `${name} <${email}>`.trim();

const picked = (versions: Record<string, string>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(versions).filter(([name]) => names.includes(name)));

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const withoutEmpty = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
