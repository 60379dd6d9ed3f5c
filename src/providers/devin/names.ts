export const id = 'devin';
export const place = 'Windsurf';

/** The editors' own directories, below that of the platform. */
export const editors = ['Windsurf', 'Windsurf - Next'] as const;
export const stateFile = 'User/globalStorage/state.vscdb';
/** Under which an editor notes the quotas in its store. */
export const infoKey = 'windsurf.settings.cachedPlanInfo';
