import {homedir} from 'node:os';
import {expect, it} from 'vitest';
import {crashReport} from '../../src/commands/crash.ts';
import {createRedactor} from '../../src/core/redact.ts';

it('reports a crash with what helps to find it, and with nothing that is private', () => {
  const redactor = createRedactor();
  redactor.protect('held-secret-0123');
  const error = new Error('no held-secret-0123 for someone@example.com');
  error.stack = `${error.name}: ${error.message}\n    at draw (${homedir()}/program/dist/chunk.js:1:2)`;
  const report = crashReport(error, redactor.redact);
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
});
