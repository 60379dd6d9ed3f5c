import type {Manifest, ReleaseVariables} from './variables.ts';

/** Checksums by file name, as `sha256sum` writes them. */
export const checksumsIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)].map(([, sum = '', file = '']) => [file, sum]));

/** What the templates in packaging/templates may name. Throws where there is nothing to download from. */
export function valuesFor(own: Manifest, release: ReleaseVariables): Record<string, string> {
  const {repository, homepage, maintainer} = release;
  if (repository === '')
    throw new Error('packaging/release.json names no repository: there is nothing to download from');
  return {
    version: own.version,
    description: own.description,
    license: own.license,
    node: own.engines.node.replace('>=', ''),
    bin: Object.values(own.bin)[0] ?? '',
    repository,
    homepage: homepage || repository,
    download: `${repository}/releases/download/v${own.version}`,
    owner: new URL(repository).pathname.split('/')[1] ?? '',
    maintainer: maintainer.email === '' ? maintainer.name : `${maintainer.name} <${maintainer.email}>`,
  };
}

/** A template with its values; `{{sha256 file}}` and `{{sri file}}` are a file's checksum. Throws for what is not known. */
export function filledIn(
  template: string,
  values: Readonly<Record<string, string>>,
  checksums: ReadonlyMap<string, string>,
): string {
  const named = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => knownAs(name, values[name]));
  return named
    .replace(/\{\{sha256 (\S+)\}\}/g, (_, file: string) => knownAs(file, checksums.get(file)))
    .replace(/\{\{sri (\S+)\}\}/g, (_, file: string) => inBase64(knownAs(file, checksums.get(file))));
}

const inBase64 = (hex: string): string => `sha256-${Buffer.from(hex, 'hex').toString('base64')}`;

function knownAs(name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`nothing is known of ${name}`);
  return value;
}
