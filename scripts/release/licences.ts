import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

type Described = {name: string; version: string; license?: string; author?: string | {name?: string}};

const isLicence = (name: string): boolean => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(name);

/** The licences of packages, by their directories: what their authors ask to have handed on with copies of their work. */
export function licencesOf(root: string, directories: readonly string[]): string {
  const all = directories.map(directory => licenceOf(join(root, directory)));
  return `This program contains the packages below, each under its own licence.\n\n${[...new Set(all)].join('\n')}`;
}

function licenceOf(directory: string): string {
  const described = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Described;
  const {name, version, license} = described;
  if (license === undefined) throw new Error(`${name} does not say under which licence it is`);
  const texts = readdirSync(directory)
    .filter(isLicence)
    .map(file => readFileSync(join(directory, file), 'utf8').trim());
  const told = texts.length > 0 ? texts : [authorOf(described)];
  return ['-'.repeat(80), `${name} ${version} (${license})`, '', ...told, ''].join('\n');
}

/** Of a package without the text of its licence. */
function authorOf({author, name}: Described): string {
  const person = typeof author === 'string' ? author : author?.name;
  return `Copyright ${person || `the authors of ${name}`}`;
}
