import type {AlertMemory, AlertParts} from '../core/alerts/memory.ts';
import type {CredentialStore} from '../core/credentials.ts';
import type {CustomGate} from '../core/custom/gate.ts';
import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {MonitorState, Notice} from '../core/model.ts';
import type {MonitorDeps} from '../core/polling/deps.ts';
import type {Stirs} from '../core/polling/look-turns.ts';
import type {Machine, Provider} from '../core/provider.ts';
import type {Roster} from '../core/roster.ts';
import type {Settings} from '../core/settings.ts';
import type {Redactor} from '../core/text/redact.ts';
import type {OpenSettings} from '../system/settings/control.ts';
import type {OnAnswer} from './heard-answers.ts';

export type ComposeOptions = {
  env: Readonly<Record<string, string | undefined>>;
  /** Invented accounts, of some or all providers: no network, no credentials, nothing read or written. */
  demo: 'some' | 'all' | undefined;
  /** Only these providers; undefined: all. */
  providers: readonly string[] | undefined;
  /** What the command line says over the settings; it is not kept. */
  override(settings: Settings): Settings;
  /** What was noticed on the command line. */
  notices?: readonly Notice[];
  /** False for commands that neither poll nor remember. */
  ledger: boolean;
  /** The one that knows secrets already; without it, a new one. */
  redactor?: Redactor;
  /** What the monitor begins with instead of nothing. */
  seed?: MonitorState | undefined;
  /** True for the monitor and `watch`: alerts are given, and config.json edited by hand is picked up while it runs. */
  live?: boolean;
  onAnswer?: OnAnswer;
};

/** What differs between this computer and the demo's. */
export type World = Pick<MonitorDeps, 'wireFor' | 'ledger'> & {
  machine: Machine;
  /** What is heard of the places where logins are kept; only while somebody watches the screen. */
  places?: Stirs & {close(): void};
  /** Providers that the user describes, as config.json has them now. */
  custom(): readonly Provider[];
  endpointOf(provider: string): string | null;
  credentials: CredentialStore;
  settings: Omit<OpenSettings, 'kept'>;
  /** Writes down who stands on the screen; absent where nobody could read it. */
  keepRoster?(roster: Roster, state: MonitorState, lookedAt: number): void;
  /** Where providers of the user are described; the demo has none. */
  customPlace?: CustomPlace;
  /** Only of a copy that gives alerts. */
  alerts?: AlertMemory;
};
/** Where a copy that gives alerts hears of them. */
export type Outlet = Pick<AlertParts, 'tell' | 'changed'> & {forecasts(): ForecastOf};

/** `directory`: that of config.json and of the record of trust. */
export type CustomPlace = {directory: string; gate: CustomGate};
