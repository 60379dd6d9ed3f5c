import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, it} from 'vitest';
import {type AlertEvent, alertNames} from '../../src/core/alerts/event.ts';
import {eventJson, testEventJson} from '../../src/output/event-json.ts';
import {forecastOf, noon} from '../core/alerts/support.ts';

const published = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8'));
const isValid = new Ajv2020({strict: true, allowUnionTypes: true, validateFormats: false})
  .addSchema(published('mystatus.v1'))
  .compile(published('mystatus-event.v1'));

const eventOf = (change: Partial<AlertEvent> = {}): AlertEvent => ({
  ...{event: 'run-out', at: noon, provider: 'openai', account: 'openai:1', label: 'user@example.com'},
  ...{window: 'spark/weekly', usedPercent: 91.4, usedBefore: 60, resetsAt: noon + 4 * 86_400_000, threshold: 90},
  ...{failure: null, forecast: forecastOf(0.723_456)},
  ...change,
});

describe('the JSON of an alert', () => {
  it('has every field, and no label with privacy', () => {
    expect(eventJson(eventOf(), 'text', false)).toEqual({
      ...{schema: 'mystatus-event/v1', event: 'run-out', at: '2026-03-04T12:00:00.000Z', provider: 'openai'},
      ...{account: 'openai:1', label: 'user@example.com', window: 'spark/weekly', usedPercent: 91.4, usedBefore: 60},
      ...{resetsAt: '2026-03-08T12:00:00.000Z', threshold: 90, status: null, text: 'text'},
      forecast: expect.objectContaining({probability: 0.7235, runOutAt: '2026-03-06T12:00:00.000Z'}),
    });
    expect(eventJson(eventOf(), 'text', true).label).toBeNull();
  });
  it('meets its published schema, whatever happened, a test too', () => {
    for (const event of alertNames) {
      const login = {window: null, usedPercent: null, resetsAt: null, threshold: null, forecast: null};
      const json = eventJson(
        eventOf({event, ...(event === 'login' ? {...login, failure: 'expired'} : {})}),
        'text',
        false,
      );
      expect([event, isValid(json), isValid.errors]).toEqual([event, true, null]);
    }
    expect([isValid(testEventJson(noon, 'text')), isValid.errors]).toEqual([true, null]);
    expect(isValid({...testEventJson(noon, 'text'), event: 'invented'})).toBe(false);
    const {text: _, ...incomplete} = testEventJson(noon, 'text');
    expect(isValid(incomplete)).toBe(false);
  });
});
