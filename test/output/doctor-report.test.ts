import {describe, expect, it} from 'vitest';
import {type Check, doctorExitCode, doctorJson, doctorText} from '../../src/output/doctor-report.ts';
import {catalogue} from '../../src/providers/index.ts';
import {cellWidth} from '../../src/view/format/cells.ts';
import {stringsFor} from '../../src/view/strings/index.ts';

const node: Check = {id: 'node', title: 'Node', status: 'ok', detail: '24.21.0'};
const terminal: Check = {id: 'terminal', title: 'Terminal', status: 'info', detail: 'none here'};
const ledger: Check = {
  id: 'ledger',
  title: 'Shared ledger',
  status: 'warn',
  detail: 'other users can access it, which is more than they need to',
  hint: 'chmod 700',
};
const network: Check = {id: 'reach openai', title: 'OpenAI service', status: 'fail', detail: 'no answer'};

it('ends with 0 only when nothing needs attention', () => {
  expect(doctorExitCode([])).toBe(0);
  expect(doctorExitCode([node, terminal])).toBe(0);
  expect(doctorExitCode([node, ledger])).toBe(1);
  expect(doctorExitCode([node, network])).toBe(1);
});

describe('the text', () => {
  it('has a line for each check and the hint below it', () => {
    expect(doctorText([node, {...ledger, detail: 'open to all'}, network], {width: 80, color: false})).toBe(
      [
        'ok   Node            24.21.0',
        'warn Shared ledger   open to all',
        '                     → chmod 700',
        'fail OpenAI service  no answer',
        '',
        '2 things need attention.',
        '',
      ].join('\n'),
    );
  });

  it('says that all is well', () => {
    expect(doctorText([node], {width: 80, color: false})).toContain('All checks passed.');
  });

  it('fits every width in every language', () => {
    for (const language of ['en', 'zh', 'ja'] as const) {
      for (const width of [24, 40, 60, 100]) {
        const text = doctorText([node, terminal, ledger, network], {
          width,
          color: false,
          strings: stringsFor(language, catalogue),
        });
        for (const line of text.split('\n')) expect(cellWidth(line), line).toBeLessThanOrEqual(width);
        expect(text.replace(/\s/g, '')).toContain('chmod700');
      }
    }
  });

  it('colours the status only when told to', () => {
    expect(doctorText([network], {width: 80, color: true})).toContain('\u001b[1;31mfail\u001b[0m');
    expect(doctorText([network], {width: 80, color: false})).not.toContain('\u001b');
  });
});

it('is the same checks as JSON', () => {
  expect(JSON.parse(doctorJson([node, ledger]))).toEqual({schema: 'mystatus/v1', ok: false, checks: [node, ledger]});
});
