import {boundTo, type CustomProvider, takesLogin} from '../../core/custom/definition.ts';
import type {CustomGate} from '../../core/custom/gate.ts';
import type {LoginPlace} from '../../core/login-place.ts';
import type {Provider, ProviderFacts} from '../../core/provider.ts';
import {storedPlace} from '../shared/login-places.ts';

/** A provider that the user describes in config.json, like any other. Its code is loaded when it is used. */
export const customProvider = (definition: CustomProvider, gate: CustomGate): Provider => ({
  ...customFacts(definition),
  discover: async machine => (await import('./discover.ts')).discover(definition, gate, machine),
  fetch: async (account, wire) => (await import('./fetch.ts')).fetchCustom(definition, gate, account, wire),
  demo: async () => ({files: () => ({}), answer: () => ({status: 404, body: {}})}),
});

/** What it is, without what it does. */
export function customFacts(definition: CustomProvider): ProviderFacts {
  const {id, name, intervalSeconds, http, usageUrl = ''} = definition;
  return {
    id,
    name,
    usageUrl,
    custom: true,
    intervalSeconds: {default: intervalSeconds, floor: 60},
    hosts: http === undefined ? [] : [boundTo(definition)],
    windowIds: [],
    places: placesOf(definition),
    ...(takesLogin(definition) && {login: {secret: 'API key', boundTo: boundTo(definition), fields: []}}),
  };
}

function placesOf(definition: CustomProvider): LoginPlace[] {
  const {http, command} = definition;
  if (http?.auth?.env !== undefined) return [{name: 'environment', variables: [http.auth.env]}];
  if (takesLogin(definition)) return [storedPlace];
  const note = http === undefined ? `runs ${command?.run[0]}` : 'no login: nothing is sent but the request';
  return [{name: 'config.json', note}];
}
