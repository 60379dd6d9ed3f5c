import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'management-api.x.ai';
export const variablesNote = 'for the team that XAI_TEAM_ID names, if it does';

export const site = {id: 'xai', variables: ['XAI_MANAGEMENT_API_KEY']} as const satisfies OwnKeySite;
