import {describe, expect, it} from 'vitest';
import {parsePlan} from '../../../src/providers/google/parse-plan.ts';
import {fixture} from './support.ts';

describe('plan, project and credits', () => {
  it('are read from the sample', () => {
    expect(parsePlan(fixture('plan-pro'))).toEqual({
      name: 'Google AI Pro',
      project: 'rising-fact-p41fc',
      amounts: [{id: 'credits', value: 1000, unit: 'credits'}],
      refusal: null,
    });
  });

  it.each([
    [{paidTier: {name: 'Google AI Ultra', id: 'g1-pro-tier'}}, 'Google AI Ultra'],
    [{paidTier: {id: 'g1-ultra-lite-tier'}}, 'Google AI Ultra Lite'],
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
