import type {Account} from '../../core/provider.ts';

/** What one place held. A hint explains why nothing can be asked there; it is shown only when nobody else can be asked. */
export type Find = {shown: Account[]; hints: Account[]};

export const nothing: Find = {shown: [], hints: []};
export const shown = (...accounts: Account[]): Find => ({shown: accounts, hints: []});
export const hint = (account: Account): Find => ({shown: [], hints: [account]});
/** What several places held, in their order. */
export const all = (finds: readonly Find[]): Find => ({
  shown: finds.flatMap(find => find.shown),
  hints: finds.flatMap(find => find.hints),
});
