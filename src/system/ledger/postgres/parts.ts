import type {AlertParts} from '../../../core/alerts/memory.ts';
import type {Clock} from '../../../core/clock.ts';
import type {Connection} from './connection.ts';
import type {Memory} from './memory.ts';
import type {OpenOwn, Own} from './own.ts';
import type {Replica} from './replica.ts';
import type {SessionParts} from './session.ts';

export type FleetOptions = {
  open(): Promise<Connection>;
  /** This machine's own file. */
  own: OpenOwn;
  /** As the others are to call this machine. */
  machine: string;
  /** Why it is not there, or may only be read; null: all is well (again). */
  onTrouble(trouble: Trouble | null): void;
  keepsHistory?: () => boolean;
  /** For a copy that gives alerts. */
  alerts?: AlertParts | undefined;
  /** Whether the past is read at the start: for a screen that draws and learns from it. */
  readsPast?: boolean;
  clock?: Clock;
  offsetOf?: SessionParts['offsetOf'] | undefined;
};

export type Trouble = {kind: 'away'; error: unknown} | {kind: 'read-only'};

/** What the parts of an open ledger share. */
export type FleetParts = Required<
  Pick<FleetOptions, 'open' | 'machine' | 'onTrouble' | 'keepsHistory' | 'readsPast' | 'clock'>
> &
  Pick<FleetOptions, 'alerts' | 'offsetOf'> & {
    owner: string;
    own: Own;
    replica: Replica;
    memory: Memory;
    /** Others wrote something. */
    heard(): void;
  };
