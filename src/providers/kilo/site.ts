import type {KeySite} from '../shared/keys.ts';

export const variables = ['KILO_API_KEY'] as const;
export const variablesNote = 'for the team that KILO_ORG_ID names, if it does';
export const cliPlace = 'Kilo CLI';

export const site = {
  id: 'kilo',
  hosts: ['api.kilo.ai', 'app.kilo.ai'],
  opencodeIds: ['kilo'],
  inEnvironment: env => variables.map(source => ({source, key: env[source], fields: teamOf(env.KILO_ORG_ID)})),
} as const satisfies KeySite;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What is asked for beside the key: a team's money is not its members'. Anything but the id of a team is refused there. */
export const teamOf = (id: unknown): Record<string, string> =>
  typeof id === 'string' && uuid.test(id.trim()) ? {organizationId: id.trim()} : {};
