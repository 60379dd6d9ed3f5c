import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {whyNotReleased} from '../../scripts/release/check-tag.ts';
import {notesOf} from '../../scripts/release/notes.ts';
import {manifest} from '../../scripts/release/variables.ts';

type Step = {uses?: string; run?: string; with?: Record<string, unknown>};
type Job = {
  steps: Step[];
  permissions?: Record<string, string>;
  needs?: string | string[];
  'timeout-minutes'?: number;
  strategy?: {matrix: Record<string, string[]>};
};
type Workflow = {permissions: Record<string, string>; jobs: Record<string, Job>};

const read = <T>(path: string): T => parse(readFileSync(path, 'utf8'), {strict: true}) as T;
const directory = '.github/workflows';
const workflows = readdirSync(directory).map(name => [name, read<Workflow>(`${directory}/${name}`)] as const);
const jobs = workflows.flatMap(([file, {jobs}]) =>
  Object.entries(jobs).map(([id, job]) => ({name: `${file} ${id}`, job})),
);
const steps = jobs.flatMap(({name, job}) => job.steps.map(step => ({name, step})));
const runs = steps.flatMap(({step}) => step.run ?? []);
const own = manifest();
const floor = own.engines.node.replace('>=', '');

describe('the workflows', () => {
  it('are those of tests, releases and documentation', () => {
    expect(workflows.map(([name]) => name).sort()).toEqual(['ci.yml', 'docs.yml', 'release.yml']);
  });

  it('may read the repository and nothing else, unless a job says what it needs', () => {
    for (const [file, {permissions}] of workflows) expect([file, permissions]).toEqual([file, {contents: 'read'}]);
    const more = jobs.flatMap(({name, job}) =>
      Object.entries(job.permissions ?? {}).flatMap(([what, how]) => (how === 'write' ? `${name}: ${what}` : [])),
    );
    expect(more).toEqual([
      'docs.yml deploy: pages',
      'docs.yml deploy: id-token',
      'release.yml npm: id-token',
      'release.yml github: contents',
      'release.yml github: id-token',
      'release.yml github: attestations',
    ]);
  });

  it('name the version of every action, keep no credentials in the checkout, and end', () => {
    for (const {name, step} of steps) {
      if (step.uses === undefined) continue;
      expect([name, step.uses]).toEqual([name, expect.stringMatching(/^actions\/[a-z-]+@(?:v\d+|[0-9a-f]{40})$/)]);
      if (step.uses.startsWith('actions/checkout@'))
        expect([name, step.with]).toEqual([name, expect.objectContaining({'persist-credentials': false})]);
    }
    for (const {name, job} of jobs) expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
  });

  it('run only scripts that there are', () => {
    const scripts = runs.flatMap(run => [...run.matchAll(/\bnpm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => name));
    expect(scripts.filter(name => own.scripts[name] === undefined)).toEqual([]);
    expect(scripts).toEqual(expect.arrayContaining(['pack', 'site']));
    const files = runs.flatMap(run => [...run.matchAll(/\bnode ((?:scripts|bin)\/\S+)/g)].map(([, file = '']) => file));
    expect(files.filter(file => !existsSync(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(8);
  });

  it('put nothing into a shell that a stranger may write', () => {
    const foreign = /\$\{\{[^}]*github\.(?:event|head_ref|ref_name)/;
    expect(runs.filter(run => foreign.test(run))).toEqual([]);
  });

  it('try the package on the oldest Node that it is for, on three systems, before it is published', () => {
    const installed = jobs.filter(({name}) => name.endsWith(' installed'));
    expect(installed.map(({name}) => name)).toEqual(['ci.yml installed', 'release.yml installed']);
    for (const {job} of installed) {
      expect(job.strategy?.matrix.node).toEqual([floor, '24', 'latest']);
      expect(job.strategy?.matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
    }
    const {npm, github} = read<Workflow>(`${directory}/release.yml`).jobs;
    expect([npm?.needs, github?.needs]).toEqual([['installed', 'executable'], 'npm']);
    expect(npm?.steps.at(-1)?.run).toBe('npm publish ./release/*.tgz --provenance --access public');
  });
});

describe('the forms', () => {
  it('ask for the bundle, and every field has a name of its own', () => {
    for (const name of ['bug', 'provider']) {
      const {body} = read<{body: {id?: string; attributes: {description?: string}}[]}>(
        `.github/ISSUE_TEMPLATE/${name}.yml`,
      );
      const ids = body.map(({id}) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const bundle = body.find(({id}) => id === 'bundle');
      expect(bundle?.attributes.description).toContain('mystatus-tui doctor --bundle');
    }
    expect(read('.github/ISSUE_TEMPLATE/config.yml')).toEqual({blank_issues_enabled: false});
  });

  it('updates of packages and of actions are proposed', () => {
    const {updates} = read<{updates: {'package-ecosystem': string}[]}>('.github/dependabot.yml');
    expect(updates.map(each => each['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  });
});

describe('a release', () => {
  const changes =
    '# Changes\n\n## [Unreleased]\n\n## [1.2.10] - 2026-01-02\n\n- Ten.\n\n## [1.2.1]\n\n### Added\n\n- One.\n\n## 1.2.0\n\n- None.\n';
  const release = {
    repository: 'https://git.example.com/a/b',
    homepage: '',
    maintainer: {name: '', email: ''},
    keywords: [],
  };

  it('has the section of the changelog about it as its notes', () => {
    expect(notesOf(changes, '1.2.1')).toBe('### Added\n\n- One.\n');
    expect(notesOf(changes, '1.2.10')).toBe('- Ten.\n');
    expect(notesOf(changes, '1.2.0')).toBe('- None.\n');
    expect(() => notesOf(changes, '1.2')).toThrow('CHANGELOG.md has no section about 1.2');
    expect(notesOf(readFileSync('CHANGELOG.md', 'utf8'), '0.1.0')).toContain('The first version.');
  });

  it('is refused for a tag of another version, without a section, and without a place', () => {
    expect(whyNotReleased('v1.2.1', {...own, version: '1.2.1'}, release, changes)).toEqual([]);
    expect(whyNotReleased('v1.2.2', {...own, version: '1.2.1'}, release, changes)).toEqual([
      'the tag is v1.2.2, and package.json says 1.2.1',
    ]);
    expect(whyNotReleased('v3.0.0', {...own, version: '3.0.0'}, {...release, repository: ''}, changes)).toEqual([
      'packaging/release.json names no repository',
      'CHANGELOG.md has no section about 3.0.0',
    ]);
  });
});
