import {afterEach, describe, expect, it} from 'vitest';
import type {LoginForm} from '../../src/core/provider.ts';
import type {CredentialRow, ProviderInfo} from '../../src/core/services.ts';
import {catalogue} from '../../src/providers/index.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {account, failing, failure, fresh, monitorState, nothing, reading, window} from '../support/state.ts';

let screen: TestScreen;
let program: FakeProgram;
afterEach(() => screen.close());

const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const lacks = (text: string): Promise<void> => screen.until(shown => !shown.includes(text));
const secret = 'test-client-secret-9f31';

const row = (key: string, label: string, storedId: string | null): CredentialRow => ({
  account: {
    key,
    provider: key.split(':')[0] ?? '',
    label,
    source: '/home/someone/.codex/auth.json',
    credential: null,
    secrets: [],
    fingerprint: '',
    expiresAt: null,
    stored: storedId !== null,
  },
  hidden: false,
  masked: 'abcd…wxyz',
  storedId,
});

/** Short forms with every kind of field, whatever the providers ask for: what is tested here is the form. */
const forms: Record<string, LoginForm['fields']> = {
  copilot: [{name: 'username', label: 'User name', required: true}],
  google: [{name: 'clientSecret', label: 'OAuth client secret', required: false, secret: true}],
};
const withShortForms = (catalogue: readonly ProviderInfo[]): ProviderInfo[] =>
  catalogue.map(info => ({...info, login: {secret: 'API key', fields: forms[info.id] ?? []}}));

async function openLogins(shorten = withShortForms): Promise<void> {
  program = fakeProgram(failing());
  program.catalogue = shorten(program.catalogue);
  program.rows = [row('openai:3f2a91c0', 'user@example.com', null), row('zai:77fe0a12', 'Z.ai key', 'stored-1')];
  screen = openTestScreen(program, {columns: 100, rows: 40});
  await says('OpenAI');
  screen.send('c');
  await says('abcd…wxyz');
}

describe('the logins', () => {
  it('show where each was found, what it last answered and what to do', async () => {
    await openLogins();
    for (const text of [
      'user@example.com',
      'auth.json',
      'the login has expired',
      'run `codex`',
      'managed by another tool',
    ])
      await says(text);
  });
  it('say that their provider is switched off', async () => {
    await openLogins();
    program.state.update(before => ({...before, disabled: ['zai']}));
    await screen.until(text => /Z\.ai +Z\.ai key +switched off/.test(text));
  });
  it('of other tools can be hidden, and are never changed', async () => {
    await openLogins();
    for (const key of ['d', 'n', 'e']) {
      screen.send(key);
      await says('change it there');
    }
    screen.send('h');
    await screen.until(() => program.calls.includes('hidden openai:3f2a91c0 true'));
    expect(program.calls.filter(call => /^(remove|rename|replace)/.test(call))).toEqual([]);
  });
  it('select the last one when it was the last that was removed', async () => {
    await openLogins();
    screen.send('jd');
    await says('Remove Z.ai key?');
    program.rows = program.rows.slice(0, 1);
    screen.send('y');
    await says('▸ OpenAI');
  });
  it('are not renamed to a secret of theirs', async () => {
    await openLogins();
    program.rows = program.rows.map(each => ({...each, account: {...each.account, secrets: [secret]}}));
    screen.send('h');
    await screen.until(() => program.calls.includes('hidden openai:3f2a91c0 true'));
    screen.send('jn');
    await says('Name for this login');
    screen.send(`\u0015${secret}\r`);
    await says('do not put the secret there');
    screen.send(`\u0015${secret.slice(0, 11)}\r`);
    await screen.until(() => program.calls.includes(`rename stored-1 ${secret.slice(0, 11)}`));
    expect(program.calls.filter(call => call.startsWith('rename'))).toHaveLength(1);
  });
  it('are edited as in every shell', async () => {
    await openLogins();
    screen.send('jn');
    await says('▸ Z.ai key');
    // Ctrl+A, Delete ×2, then at the end Ctrl+W, and one letter back in between.
    screen.send('\u0001\u001b[3~\u001b[3~');
    await says('▸ ai key');
    screen.send('\u0005\u0017team');
    await says('▸ ai team');
    screen.send('\u001b[D\u001b[DX\u001b[HY\u001b[FZ\r');
    await screen.until(() => program.calls.includes('rename stored-1 Yai teXamZ'));
  });
  it('of our own can be renamed and removed', async () => {
    await openLogins();
    screen.send('jn');
    await says('Name for this login');
    screen.send('\u007f\u007f\u007fteam\r');
    await screen.until(() => program.calls.includes('rename stored-1 Z.ai team'));
    screen.send('d');
    await says('Remove Z.ai key?');
    screen.send('n');
    await lacks('Remove Z.ai key?');
    screen.send('d');
    await says('Remove Z.ai key?');
    screen.send('y');
    await screen.until(() => program.calls.includes('remove stored-1'));
  });
});

/** The form of a provider, after its first page was asked for. */
async function openForm(name = 'OpenAI'): Promise<void> {
  await openLogins();
  screen.send('a');
  await says('Which provider?');
  screen.send(`${name}\r`);
  await says('API key (hidden');
}
const copilot = 'GitHub Copilot';
const google = 'Google Antigravity';

describe('a new login', () => {
  it('is asked for with its secret first, then its fields, checked once, and kept', async () => {
    await openForm(copilot);
    await says('GitHub Copilot · 1 of 3');
    screen.send('\r');
    await says('nothing was entered');
    screen.send(secret);
    await says('••••');
    screen.send('\r');
    await says('User name');
    screen.send('\r');
    await says('User name is required');
    screen.send('octo\r');
    await says('Name for this login · optional');
    await says('3 of 3');
    screen.send('\r');
    await screen.until(() => program.calls.includes('add copilot'));
    expect(program.drafts).toEqual([{provider: 'copilot', secret, fields: {username: 'octo'}}]);
    await says('saved');
    await screen.until(() => program.calls.includes('rediscover'));
    expect(screen.bytes()).not.toContain(secret);
  });
  const addable = catalogue.flatMap(({name, login}) => (login === undefined ? [] : [{name, login}]));
  it.each(addable.map(({name, login}) => ({name, pages: login.fields.length + 2})))(
    'of $name is asked for with its secret first, and then everything that this provider takes',
    async ({name, pages}) => {
      await openLogins(() => [...catalogue]);
      screen.send('a');
      await says('Which provider?');
      screen.send(`${name}\r`);
      await says(`${name} · 1 of ${pages}`);
      screen.send(secret);
      await says('••••');
      for (let page = 2; page < pages; page += 1) {
        screen.send('\r');
        await says(`${page} of ${pages}`);
      }
      screen.send('\r');
      await says('Name for this login');
      expect(screen.bytes()).not.toContain(secret);
    },
  );
  it('is selected when it is there', async () => {
    await openForm();
    program.rows = [...program.rows, row('openai:0000aaaa', 'the new one', 'stored-new')];
    screen.send(`${secret}\r`);
    await says('Name for this login');
    screen.send('\r');
    await screen.until(text => /▸ OpenAI +the new one/.test(text));
  });
  it('draws no field that is a secret, either', async () => {
    await openForm(google);
    screen.send(`${secret}\r`);
    await says('OAuth client secret');
    screen.send(`${secret}-client`);
    await says('••••');
    screen.send('\r');
    await says('Name for this login');
    screen.send('\r');
    await screen.until(() => program.drafts.length === 1);
    expect(program.drafts[0]?.fields).toEqual({clientSecret: `${secret}-client`});
    expect(screen.bytes()).not.toContain(secret);
  });
  it('may be pasted, with the line break that comes along', async () => {
    await openForm();
    screen.send(`\u001b[200~${secret}\r\u001b[201~`);
    await says('••••');
    screen.send('\r');
    await says('Name for this login');
    screen.send('\r');
    await screen.until(() => program.drafts.length === 1);
    expect(program.drafts[0]?.secret).toBe(secret);
    expect(screen.bytes()).not.toContain(secret);
  });
  it('takes none of two lines that were pasted for its secret', async () => {
    await openForm();
    screen.send(`\u001b[200~${secret}\rand something else\u001b[201~`);
    await says('paste only the secret');
    expect(screen.text()).not.toContain('•');
    screen.send('\r');
    await says('nothing was entered');
    expect(screen.bytes()).not.toContain('something');
  });
  it.each([
    ['the secret itself', (key: string) => key],
    ['with the secret in it', (key: string) => `work ${key} (mine)`],
    ['with a part of the secret in it', (key: string) => `work ${key.slice(3, 15)}`],
    ['the secret in other letters', (key: string) => ` ${key.toUpperCase()} `],
    ['a token of another kind', () => `ghp_${'x1'.repeat(18)}`],
    ['a long row of letters and digits', () => '0123456789abcdef01234567'],
  ])('is not called by a name that is %s', async (_, nameFrom) => {
    await openForm();
    screen.send(`${secret}\r`);
    await says('Name for this login');
    screen.send(`\u001b[200~${nameFrom(secret)}\u001b[201~\r`);
    await says('Name for this login is shown on screen');
    expect(program.drafts).toEqual([]);
    screen.send('\u0015work\r');
    await screen.until(() => program.drafts[0]?.label === 'work');
  });
  it('has no secret in a field that is shown, whether it is its own or only looks like one', async () => {
    await openForm(copilot);
    screen.send(`${secret}\r`);
    await says('User name');
    screen.send(`${secret}\r`);
    await says('User name is shown on screen: do not put the secret there');
    screen.send(`\u0015github_pat_${'11AB'.repeat(6)}\r`);
    await says('User name is shown on screen, and this looks like a secret');
    expect(program.drafts).toEqual([]);
  });
  it('is not kept when the service refuses it, unless the user insists', async () => {
    await openForm();
    program.verdict = `the key ${secret} was refused`;
    screen.send(`${secret}\r`);
    await says('Name for this login');
    screen.send('\r');
    await says('not saved: the key **** was refused');
    expect(program.calls).not.toContain('add openai');
    screen.send('n');
    await lacks('not saved');
    await says('abcd…wxyz');
    expect(program.calls).not.toContain('add openai');
    expect(screen.bytes()).not.toContain(secret);
  });
  it('goes back a step with Esc, and keeps what was typed', async () => {
    await openForm(copilot);
    screen.send(`${secret}\r`);
    await says('User name');
    screen.send('octo\r');
    await says('Name for this login');
    screen.send('work');
    await says('▸ work');
    screen.send('\u001b');
    await says('▸ GitHub Copilot');
    screen.send('\r');
    await says('▸ work');
    screen.send('\u001b[Z');
    await says('▸ octo');
    screen.send('cat\r');
    await says('▸ work');
    screen.send('\r');
    await screen.until(() => program.drafts.length === 1);
    expect(program.drafts).toEqual([{provider: 'copilot', secret, label: 'work', fields: {username: 'octocat'}}]);
  });
  it('goes back from a refusal, so that only what was wrong has to be typed again', async () => {
    await openForm(copilot);
    program.verdict = 'refused';
    screen.send(`${secret}\r`);
    await says('User name');
    screen.send('octo\r');
    await says('Name for this login');
    screen.send('\r');
    await says('not saved: refused');
    screen.send('\u001b');
    await says('3 of 3');
    screen.send('\u001b[A');
    await says('▸ octo');
    screen.send('cat\r');
    await says('3 of 3');
    screen.send('\r');
    await screen.until(() => program.drafts.length === 2);
    expect(program.drafts[1]).toEqual({provider: 'copilot', secret, fields: {username: 'octocat'}});
  });
  it.each([
    ['40×12', {columns: 40, rows: 12}],
    ['20×5', {columns: 20, rows: 5}],
  ])(
    'can be entered in %s, where the field with the cursor and what is wrong with it stay in view',
    async (_, size) => {
      program = fakeProgram(fresh());
      program.catalogue = withShortForms(program.catalogue);
      screen = openTestScreen(program, size);
      screen.send('ca');
      await screen.until(text => text.includes('▸ OpenAI'));
      screen.send('\u001b[B\r\r');
      await says('nothing was entered');
      screen.send(`${secret}\r`);
      await screen.until(text => /User name/.test(text) && text.includes('▸'));
      screen.send('\r');
      await screen.until(text => /User name is\s+required/.test(text));
      screen.send('octo');
      await says('▸ octo');
      screen.send('\t');
      await screen.until(text => /Name for this\s+login/.test(text) && /▸ ▏/.test(text));
      screen.send('a name that is wider than all of it, in a row');
      await says('a row▏');
      screen.send('\r');
      await screen.until(() => program.drafts.length === 1);
      expect(program.drafts[0]).toMatchObject({
        fields: {username: 'octo'},
        label: 'a name that is wider than all of it, in a row',
      });
      expect(screen.bytes()).not.toContain(secret);
    },
  );
  it('shows all its fields at once, goes through them, and says first what is wrong with any', async () => {
    await openForm(copilot);
    await says('User name');
    await says('Name for this login · optional');
    screen.send('\u001b[A');
    await says('3 of 3');
    screen.send('work\r');
    await says('1 of 3');
    await says('nothing was entered');
    await says('Name for this login: work');
    screen.send(`${secret}\t`);
    await says('2 of 3');
    screen.send('\u001b[B\u001b[B');
    await says('1 of 3');
    expect(program.drafts).toEqual([]);
  });
  it('of a field with choices is chosen with the arrows', async () => {
    await openLogins(() => [...catalogue]);
    screen.send('aGitHub Copilot\r');
    await says('GitHub Copilot · 1 of ');
    for (let at = 0; at < 10 && !/choose/.test(screen.text()); at += 1) {
      screen.send('\t');
      await screen.until(text => text.includes(`${at + 2} of `));
    }
    const [, first = ''] = /\((\w+), /.exec(screen.text()) ?? [];
    screen.send('\u001b[C');
    await says(`▸ ${first}▏`);
    screen.send('\u001b[D');
    await says('▸ ▏');
  });
  it('is not given to another provider after going back', async () => {
    await openForm(copilot);
    screen.send(secret);
    await says('••••');
    screen.send('\u001b');
    await says(':GitHub Copilot');
    screen.send('\u0015OpenAI\r');
    await says('OpenAI · 1 of 2');
    expect(screen.text()).not.toContain('•');
    // And is still there for its own.
    screen.send('\u001b');
    await says(':OpenAI');
    screen.send('\u0015GitHub Copilot\r');
    await says('GitHub Copilot · 1 of 3');
    await says('••••');
  });
  it('is forgotten when the form is left', async () => {
    await openForm();
    screen.send(secret);
    await says('••••');
    screen.send('\u001b');
    await says(':OpenAI');
    screen.send('\u001b');
    await says('Discard what you typed? (y/n)');
    screen.send('n');
    await says(':OpenAI');
    screen.send('\u001b');
    await says('Discard what you typed? (y/n)');
    screen.send('\u001b');
    await says(':OpenAI');
    screen.send('\u001b');
    await says('Discard what you typed? (y/n)');
    screen.send('y');
    await says('abcd…wxyz');
    screen.send('a');
    await says('Which provider?');
    screen.send('OpenAI\r');
    await says('1 of 2');
    expect(screen.text()).not.toContain('•');
    expect(program.drafts).toEqual([]);
    expect(screen.bytes()).not.toContain(secret);
  });
  it('shows the keys of its form alone, and a click on one means that key', async () => {
    await openLogins();
    screen.send('a');
    await says('Which provider?');
    const foot = (): string => screen.rows().at(-1) ?? '';
    expect(foot()).toMatch(/Enter next.*Esc back/);
    expect(foot()).not.toMatch(/remove|help/);
    const click = (word: string): void => {
      const at = `${foot().indexOf(word) + 1};${screen.rows().length}`;
      screen.send(`\u001b[<0;${at}M\u001b[<0;${at}m`);
    };
    click('Enter');
    await says('API key');
    click('Esc');
    await says('Which provider?');
    click('Esc');
    // The form is closed, and nothing else: keys are heard again.
    await says('abcd…wxyz');
    screen.send('?');
    await says('this help');
  });
  it('lets the provider be chosen with the arrows, and the wheel', async () => {
    await openLogins();
    screen.send('a\u001b[B\u001b[B\u001b[A');
    await says('▸ Google');
    screen.send('\u001b[<65;5;5M');
    await says('▸ Zhipu');
  });
  it('offers first what is not set up yet, and says of the others that they are', async () => {
    await openLogins();
    screen.send('a');
    await says('▸ GitHub Copilot');
    const names = screen
      .rows()
      .flatMap(line => /^[│┃] [▸ ] (OpenAI|GitHub Copilot|Google|Zhipu|Z\.ai)/.exec(line)?.[1] ?? []);
    expect(names).toEqual(['GitHub Copilot', 'Google', 'Zhipu', 'OpenAI', 'Z.ai']);
    expect(screen.text()).toMatch(/OpenAI +set up/);
    expect(screen.text()).not.toMatch(/Google.*set up/);
  });
  it.each([
    ['40×12', {columns: 40, rows: 12}],
    ['80×24', {columns: 80, rows: 24}],
  ])('finds one of all providers by what is typed, in %s, and a click takes it', async (_, size) => {
    program = fakeProgram(fresh());
    program.catalogue = [...catalogue];
    screen = openTestScreen(program, size);
    screen.send('c');
    await says('No logins found');
    screen.send('a');
    await says('Which provider?');
    screen.send('dpsk');
    await screen.until(text => /:dpsk▏ +1/.test(text));
    await says('▸ DeepSeek');
    screen.send('\u0015moon');
    await says('▸ Moonshot');
    screen.send('\u0015zzzz');
    await says('nothing matches “zzzz”');
    screen.send('\r\u0015\u001b[B');
    await says('▸ GitHub Copilot');
    const at = (): number => screen.rows().findIndex(line => line.includes('▸'));
    const name = screen.rows()[at() + 1]?.replace(/[│┃]/g, '').trim() ?? '';
    screen.send(`\u001b[<0;6;${at() + 2}M\u001b[<0;6;${at() + 2}m`);
    await says(`${name} · 1 of`);
  });
  it('draws no secret that is pasted into the search', async () => {
    await openLogins();
    screen.send('a');
    await says('▸ GitHub Copilot');
    screen.send(`\u001b[200~sk-ant-${'test0'.repeat(8)}\u001b[201~zai`);
    await says(':zai');
    expect(screen.bytes()).not.toContain('sk-ant');
  });
  it('can be added at the very first start', async () => {
    program = fakeProgram(nothing());
    screen = openTestScreen(program);
    await says('No logins found');
    screen.send('ca');
    await says('Which provider?');
  });
});

describe('privacy', () => {
  const names = ['user@example.com', 'person@corp.example', 'octocat-of-the-house', '/home/someone', 'someone'];
  const state = () =>
    monitorState([
      account(
        'openai:3f2a91c0',
        'user@example.com',
        reading('Plus', [window('5h', 62, 1000000)], [], [{code: 'message', text: 'hello person@corp.example'}]),
        {
          source: '/home/someone/.codex/auth.json',
          failure: failure('expired', {
            detail: 'user@example.com at /home/someone/.codex/auth.json',
            remedy: {code: 'fix-file', name: '/home/someone/.codex/auth.json'},
          }),
        },
      ),
      account('copilot:8d01be77', 'octocat-of-the-house', reading('Pro', [window('premium/monthly', 12, 100000000)])),
    ]);
  const leaks = (): string[] => names.filter(name => screen.bytes().includes(name));

  it('hides e-mails, names and paths in every view', async () => {
    program = fakeProgram(state());
    program.rows = [row('openai:3f2a91c0', 'user@example.com', 'stored-1')];
    screen = openTestScreen(program, {columns: 120, rows: 40, flags: {privacy: true}});
    await says('u***@');
    await says('o***');
    for (const [keys, shown] of [
      ['\r', 'Found in'],
      ['\u001b\u001b', '1 OpenAI'],
      ['c', 'abcd…wxyz'],
      ['d', 'Remove'],
      ['n', 'found in'],
      ['n', 'Name for this login'],
      ['\u001b\u001b', 'found in'],
      ['\u001b\u001b', '1 OpenAI'],
      ['y', 'copied'],
    ] as const) {
      screen.send(keys);
      await says(shown);
    }
    const copied = /\u001b\]52;c;([^\u0007]+)\u0007/.exec(screen.bytes())?.[1] ?? '';
    expect(names.filter(name => Buffer.from(copied, 'base64').toString('utf8').includes(name))).toEqual([]);
    expect(leaks()).toEqual([]);
  });
  it('hides them in what a service or the system says of a new login', async () => {
    program = fakeProgram(nothing());
    program.catalogue = withShortForms(program.catalogue);
    program.verdict = 'HTTP 403: person@corp.example may not';
    program.credentials.add = () => Promise.reject(new Error("EACCES: open '/home/someone/.config/credentials.json'"));
    screen = openTestScreen(program, {flags: {privacy: true}});
    await says('No logins found');
    screen.send('ca\r');
    await says('API key');
    screen.send(`${secret}\r`);
    await says('Name for this login');
    screen.send('\r');
    await says('p***@c***.example may not');
    screen.send('y');
    await says('EACCES');
    expect(leaks()).toEqual([]);
  });
  it('hides them at once with x, and shows them again', async () => {
    program = fakeProgram(fresh());
    screen = openTestScreen(program, {columns: 120, rows: 40});
    await says('user@example.com');
    screen.send('x');
    await lacks('user@example.com');
    await says('identities hidden');
    expect(program.settings.store.get().settings.display.privacy).toBe(true);
    screen.send('x');
    await says('user@example.com');
  });
});
