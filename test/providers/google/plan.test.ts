import {describe, expect, it} from 'vitest';
import {parsePlan} from '../../../src/providers/google/parse-plan.ts';
import {fixture} from './support.ts';

describe('plan, project and credits', () => {
  it('are read from the sample', () => {
    expect(parsePlan(fixture('plan-pro'))).toEqual({
      name: 'Google AI Pro',
      isFree: false,
      project: 'managed-invented-project',
      amounts: [{id: 'credits', value: 1000, unit: 'credits'}],
      refusal: null,
    });
  });

  it.each([
    [{paidTier: {name: 'Google AI Ultra', id: 'g1-pro-tier'}}, 'Google AI Ultra'],
    [{paidTier: {id: 'g1-ultra-lite-tier'}}, 'Google AI Ultra Lite'],
    [{paidTier: {id: 'g1-plus-tier'}}, 'Google AI Plus'],
    [{paidTier: {id: 'free-tier', name: 'Antigravity Starter Quota'}}, 'Antigravity Starter Quota'],
    [{paidTier: {id: 'free-tier'}}, 'Free'],
    [{planInfo: {planType: 'Pro'}, planStatus: {planInfo: {planName: 'Pro'}}}, null],
    [{paidTier: {id: 'g2-mega-tier'}}, 'G2 Mega'],
    [{currentTier: {id: 'standard-tier', name: 'Gemini Code Assist'}}, 'Paid'],
    [{currentTier: {id: 'free-tier'}}, 'Free'],
    [{currentTier: {id: 'legacy-tier'}}, 'Legacy'],
    [{currentTier: {id: 'new-tier', name: 'Brand New'}}, 'Brand New'],
    [{paidTier: {name: 'Pro\u001b[2J'}}, 'Pro'],
    [{}, null],
    [null, null],
    [{paidTier: 'x', currentTier: 7}, null],
  ])('%j is called %s', (body, name) => expect(parsePlan(body).name).toBe(name));

  it.each([
    [{currentTier: {id: 'free-tier'}}, true],
    [{currentTier: {id: 'standard-tier'}, paidTier: {id: 'free-tier', name: 'Antigravity Starter Quota'}}, true],
    [{currentTier: {id: 'free-tier'}, paidTier: {name: 'Antigravity Starter Quota'}}, true],
    [{currentTier: {id: 'free-tier'}, paidTier: {id: 'g1-pro-tier'}}, false],
    [{currentTier: {id: 'free-tier'}, paidTier: {name: 'Google AI Plus'}}, false],
    [{currentTier: {id: 'standard-tier'}}, false],
    [{currentTier: {id: 'legacy-tier'}}, false],
    [{}, false],
  ])('%j is free: %s', (body, isFree) => expect(parsePlan(body).isFree).toBe(isFree));

  it.each([
    ['p', 'p'],
    [{id: 'p'}, 'p'],
    [{projectId: 'p'}, 'p'],
    [null, null],
    ['', null],
    [{}, null],
  ])('knows the project in %j', (cloudaicompanionProject, project) => {
    expect(parsePlan({cloudaicompanionProject}).project).toBe(project);
    expect(parsePlan({response: {cloudaicompanionProject}}).project).toBe(project);
  });

  it('knows the project of the object form', () => {
    expect(parsePlan(fixture('plan-object-project')).project).toBe('managed-project-123');
  });

  it('adds the credits of one kind and leaves out what is no number', () => {
    const availableCredits = [
      {creditType: 'GOOGLE_ONE_AI', creditAmount: '40'},
      {creditType: 'GOOGLE_ONE_AI', creditAmount: 2},
      {creditType: 'GOOGLE_ONE_AI', creditAmount: 'many'},
      {creditType: 'OTHER', creditAmount: '9'},
      null,
    ];
    expect(parsePlan({paidTier: {availableCredits}}).amounts).toEqual([{id: 'credits', value: 42, unit: 'credits'}]);
    expect(parsePlan({paidTier: {availableCredits: []}}).amounts).toEqual([]);
    expect(parsePlan({paidTier: {availableCredits: [{creditType: 'GOOGLE_ONE_AI'}]}}).amounts).toEqual([]);
  });

  it('knows why an account is not served, and where to verify it', () => {
    expect(parsePlan(fixture('plan-ineligible')).refusal).toMatchObject({
      isToVerify: true,
      reason: 'Verify your account to continue.',
      url: expect.stringMatching(/^https:\/\/accounts\.google\.com\//),
    });
  });
});
