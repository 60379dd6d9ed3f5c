import type {MonitorDeps} from '../core/polling/deps.ts';
import type {WireResponse} from '../core/provider.ts';

/** Hears every answer of a service, by the id of its provider. */
export type OnAnswer = (provider: string, answer: WireResponse) => void;

/** Wires on which somebody listens. */
export const heardBy =
  (onAnswer: OnAnswer, wireFor: MonitorDeps['wireFor']): MonitorDeps['wireFor'] =>
  (provider, ...rest) => {
    const wire = wireFor(provider, ...rest);
    return {
      ...wire,
      async send(request) {
        const answer = await wire.send(request);
        onAnswer(provider.id, answer);
        return answer;
      },
    };
  };
