import {homedir, userInfo} from 'node:os';
import {afterEach, expect, it, vi} from 'vitest';
import {crashReport} from '../../src/commands/crash.ts';
import {createRedactor} from '../../src/core/text/redact.ts';

afterEach(() => vi.unstubAllEnvs());

it('reports a crash with what helps to find it, and with nothing that is private', () => {
  const redactor = createRedactor();
  redactor.protect('held-secret-0123');
  const error = new Error('no held-secret-0123 for someone@example.com');
  error.stack = `${error.name}: ${error.message}\n    at draw (${homedir()}/program/dist/chunk.js:1:2)`;
  const report = crashReport(error, redactor);
  expect(report).toContain('Error: no [redacted] for [e-mail]');
  expect(report).toContain('~/program/dist/chunk.js:1:2');
  expect(report).toContain(process.versions.node);
  expect(report).toMatch(/report these lines/);
  expect(report).not.toContain(homedir());
});

it('knows the tokens of the services by their looks, also when nobody told it of them', () => {
  expect(crashReport(new Error('sent ghp_0123456789abcdef and eyJhbGciOiJub25l.eyJzdWIiOiIx.x'))).not.toMatch(
    /ghp_|eyJ/,
  );
});

it('reports what is no error, too', () => {
  expect(crashReport('something was thrown')).toContain('something was thrown');
  expect(crashReport(undefined)).toContain('undefined');
});

it('reports what throws when it is looked at', () => {
  const hostile = {
    toString() {
      throw new Error('no');
    },
  };
  expect(crashReport(hostile)).toContain('a value that cannot be printed');
});

it('holds no control character but line breaks, and no line that fills the screen', () => {
  const error = new Error(`red \u001b[31m title \u001b]0;mine\u0007 back\rover \u202e${'x'.repeat(9999)}`);
  const report = crashReport(error, {redact: text => text, before: ['\u001b[2Jcleared', 'two\nlines']});
  expect(report).not.toMatch(/[^\P{C}\n]/u);
  expect(Math.max(...report.split('\n').map(line => line.length))).toBeLessThanOrEqual(310);
  expect(report).toContain('    cleared');
  expect(report).toContain('    lines');
});

it('leaves out a secret of several lines, and one with an invisible character in it', () => {
  const redactor = createRedactor();
  redactor.protect('first-line-of-it\nsecond-line-of-it');
  redactor.protect('plain-held-secret');
  const report = crashReport(new Error('a first-line-of-it\nsecond-line-of-it b plain-\u200bheld-secret'), redactor);
  expect(report).not.toMatch(/line-of-it|held-secret/);
});

it('leaves out the password of a proxy', () => {
  expect(crashReport(new Error('connect http://alice:hunter22@proxy.example.com:8080'))).toContain(
    'http://[redacted]@proxy.example.com:8080',
  );
});

it('keeps paths readable where the home directory is the root of everything', () => {
  vi.stubEnv('HOME', '/');
  expect(crashReport(new Error('/usr/lib/x.js'))).toContain('/usr/lib/x.js');
});

it('names neither the home of the environment nor that of the account', () => {
  vi.stubEnv('HOME', '/somewhere/else');
  const {homedir: account} = userInfo();
  const report = crashReport(new Error(`/somewhere/else/a.js and ${account}/b.js`));
  expect(report).toContain('~/a.js and ~/b.js');
});
