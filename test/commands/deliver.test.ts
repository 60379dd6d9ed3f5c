import {describe, expect, it, onTestFinished} from 'vitest';
import {startDelivery} from '../../src/commands/deliver.ts';
import type {AlertEvent, AlertSettings} from '../../src/core/alerts/event.ts';
import {createOutlet} from '../../src/core/alerts/outlet.ts';
import {defaultSettings} from '../../src/core/settings.ts';
import {createFakeClock, flush} from '../support/fake-clock.ts';
import {fakeProgram} from '../support/program.ts';
import {startService} from '../support/service.ts';
import {fresh, someNow} from '../support/state.ts';

process.env.TZ = 'UTC';
// The terminal that the tests run in is nobody's business.
for (const name of ['TMUX', 'STY', 'ZELLIJ', 'TERM_PROGRAM', 'WT_SESSION', 'KITTY_WINDOW_ID']) delete process.env[name];
process.env.TERM = 'foot';

const eventOf = (change: Partial<AlertEvent> = {}): AlertEvent => ({
  ...{event: 'threshold', at: someNow, provider: 'openai', account: 'openai:1', label: 'user@example.com'},
  ...{window: 'weekly', usedPercent: 91, usedBefore: null, resetsAt: null, threshold: 90, failure: null},
  forecast: null,
  ...change,
});

function delivery(alerts: Partial<AlertSettings>, {privacy = false, hasTerminal = true} = {}) {
  const reviews: number[] = [];
  const outlet = createOutlet(() => ({review: now => void reviews.push(now), given: () => []}));
  const display = {...defaultSettings.display, language: 'en' as const, privacy};
  const services = fakeProgram(fresh(), {alerts: {...defaultSettings.alerts, ...alerts}, display});
  const clock = createFakeClock();
  const written: string[] = [];
  const complaints: string[] = [];
  const given = startDelivery(
    {...services, alerts: outlet},
    {
      clock,
      terminal: () => (hasTerminal ? text => void written.push(text) : null),
      complain: text => void complaints.push(text),
    },
  );
  return {written, complaints, clock, reviews, tell: outlet.tell, close: given.close, services};
}

describe('giving alerts', () => {
  it('people get one message for what comes within ten seconds', async () => {
    const {written, clock, tell} = delivery({channels: ['terminal']});
    tell([eventOf()]);
    await clock.advance(5000);
    tell([eventOf({event: 'spent', window: '5h', usedPercent: 100, threshold: null})]);
    expect(written).toEqual([]);
    await clock.advance(5000);
    expect(written).toEqual([
      '\u001b]777;notify;2 alerts;OpenAI · Weekly limit: 91% used (alert at 90%) OpenAI · 5-hour limit: 100% used: the limit is reached\u0007',
    ]);
  });
  it('a bell rings once, also beside the terminal’s notification', async () => {
    for (const [channels, text] of [
      [['bell'], '\u0007'],
      [['bell', 'terminal'], '\u001b]777;notify;OpenAI · Weekly limit;91% used (alert at 90%)\u0007'],
    ] as const) {
      const {written, clock, tell} = delivery({channels: [...channels]});
      tell([eventOf()]);
      await clock.advance(10_000);
      expect(written).toEqual([text]);
    }
  });
  it('with no channel nothing leaves the program', async () => {
    const {written, complaints, clock, tell} = delivery({channels: []});
    tell([eventOf()]);
    await clock.advance(60_000);
    expect([written, complaints]).toEqual([[], []]);
  });
  it('what a channel cannot do is said once', async () => {
    const {complaints, clock, tell} = delivery({channels: ['terminal', 'command']}, {hasTerminal: false});
    for (let at = 0; at < 3; at += 1) {
      tell([eventOf()]);
      await clock.advance(20_000);
    }
    expect(complaints.sort()).toEqual(['command: alerts.command is not set', 'terminal: there is no terminal']);
  });
  it('what still waits is given at the end', async () => {
    const {written, clock, tell, close} = delivery({channels: ['bell']});
    tell([eventOf()]);
    const closing = close();
    await flush();
    await clock.advance(2000);
    await closing;
    expect(written).toEqual(['\u0007']);
    tell([eventOf()]);
    expect(clock.waiting()).toBe(0);
  });
  it('programs get each event at once, in English, and no name with privacy', async () => {
    const hook = await startService(() => ({status: 200, body: ''}));
    onTestFinished(() => hook.close());
    const {tell, close, services} = delivery({channels: ['webhook'], webhook: hook.origin}, {privacy: true});
    services.settings.update(all => ({...all, display: {...all.display, language: 'ja'}}));
    tell([eventOf(), eventOf({event: 'spent', usedPercent: 100})]);
    await expect.poll(() => hook.requests.length).toBe(2);
    const events = hook.requests.map(({body}) => JSON.parse(body));
    expect(events.map(({event}) => event).sort()).toEqual(['spent', 'threshold']);
    expect(JSON.stringify(events)).not.toContain('user@');
    expect(events[0].text).toMatch(/^OpenAI · Weekly limit: /);
    void close();
  });
  it('names the account where a provider has several', async () => {
    const {written, clock, tell, services} = delivery({channels: ['terminal']});
    const [first] = Object.keys(services.state.get().accounts);
    expect(first).toBeDefined();
    services.state.update(state => ({
      ...state,
      providers: state.providers.map(each =>
        each.id === 'openai' ? {...each, accounts: ['openai:1', 'openai:2']} : each,
      ),
    }));
    tell([eventOf()]);
    await clock.advance(10_000);
    expect(written.join('')).toContain('OpenAI · user@example.com · Weekly limit');
  });
});

describe('at the end of quiet hours', () => {
  it('what was held is decided again, and while nothing can be held nothing is done', async () => {
    const quiet = delivery({quiet: ['09:00-10:00']});
    await quiet.clock.advance(3 * 60_000);
    expect(quiet.reviews).toEqual([]);
    quiet.services.time.now += 3_600_000;
    await quiet.clock.advance(60_000);
    expect(quiet.reviews).toEqual([quiet.services.time.now]);
    const none = delivery({});
    await none.clock.advance(10 * 60_000);
    expect(none.reviews).toHaveLength(1);
  });
});
