import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, hint, remedyFor} from '../shared/held.ts';
import {heldToken, type TokenLogin} from '../shared/token-login.ts';
import type {Server} from './fetch.ts';
import {id, type Product, servers} from './names.ts';

/** A key goes to the server of its product, unless its login names another one that is known. */
export const loginOf = (machine: Machine, login: TokenLogin, product: Product, host: string = servers[product]): Held =>
  heldToken(machine, id, login, {host, product} satisfies Server);

/** The places stand in for each other: one that cannot be read is told of where none has a login. */
export const unreadable = (machine: Machine, source: string, read: Unreadable): Held<never, Account> =>
  hint(problemAccount(machine, id, {source, why: read.why, remedy: remedyFor(read)}));
